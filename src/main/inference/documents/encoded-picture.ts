import sharp from 'sharp';
import type { EncodedPicture } from '../../../shared/domain/document-reading.ts';
import type { Frame } from '../frame.ts';

/** Small print survives this; a card takes about 150 kB. */
const QUALITY = 90;

/** A picture as a JPEG file with its colours in full resolution. */
export async function encodeJpeg({ rgb, width, height }: Frame): Promise<EncodedPicture> {
  const jpeg = sharp(rgb, { raw: { width, height, channels: 3 } }).jpeg({
    quality: QUALITY,
    chromaSubsampling: '4:4:4',
  });
  return { bytes: new Uint8Array(await jpeg.toBuffer()), mediaType: 'image/jpeg', width, height };
}
