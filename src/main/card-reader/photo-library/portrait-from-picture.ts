import type { PhotoLibrary } from '../../../shared/domain/photo-decoding.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { DecodedPhoto } from '../photo-decoder.ts';
import type { LibraryPicture } from './photo-contract.ts';
import { orderedPixels, type PixelOrderVotes } from './pixel-order.ts';
import { implausibility } from './plausible-portrait.ts';
import { readPortraitBmp, writePortraitBmp } from './portrait-bmp.ts';

/**
 * Makes a bitmap of what a library wrote. A bitmap says its own order of rows and colours, so the setting and the
 * votes are about raw pixels only. Fails with `decoder.implausible` for what can't be a portrait.
 */
export function portraitFromPicture(
  picture: LibraryPicture,
  asked: Pick<PhotoLibrary, 'channels' | 'rows'>,
  votes: PixelOrderVotes,
): Result<DecodedPhoto, Failure> {
  const read = picture.form === 'bmp' ? readPortraitBmp(picture.bytes) : ok(picture.bytes);
  if (!read.ok) return read;
  const refused = implausibility(read.value);
  if (refused) return err(refused);
  const rgb = picture.form === 'bmp' ? read.value : orderedPixels(read.value, votes.orderOf(read.value, asked));
  return ok({ image: writePortraitBmp(rgb), mediaType: 'image/bmp' });
}
