import sharp from 'sharp';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { EncodedPicture } from '../../../shared/domain/document-reading.ts';
import type { ChipDocument } from '../../../shared/domain/travel-document.ts';
import { readFaceFile, type ChipFace } from './face-record.ts';
import { decodeJpeg2000, MOST_PIXELS } from './jpeg2000.ts';

// Faces must not outlive their call, so the library's own cache of pictures stays off.
sharp.cache(false);

/** The portrait of DG2 as something that everything else can show; why not, where it can't be. */
export async function readPortrait(file: Uint8Array): Promise<ChipDocument['portrait']> {
  const face = readFaceFile(file);
  if (!face.ok) return { state: 'not-decoded', reason: face.error };
  const picture = await pictureOf(face.value);
  if (!picture.ok) return { state: 'not-decoded', reason: picture.error };
  return { state: 'decoded', picture: picture.value, original: face.value.format };
}

async function pictureOf({ format, bytes }: ChipFace): Promise<Result<EncodedPicture, Failure>> {
  try {
    if (format === 'jpeg') {
      // Every pixel is decoded once: a picture that is cut off is no portrait.
      const { info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      return ok({ bytes, mediaType: 'image/jpeg', width: info.width, height: info.height });
    }
    const decoded = await decodeJpeg2000(bytes);
    if (!decoded.ok) return decoded;
    const { width, height, channels, pixels } = decoded.value;
    const png = await sharp(pixels, { raw: { width, height, channels } }).png({ palette: false }).toBuffer();
    return ok({ bytes: new Uint8Array(png), mediaType: 'image/png', width, height });
  } catch {
    return err(failure('chip.malformed', 'portrait: damaged'));
  }
}
