import sharp from 'sharp';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeBmp } from './bmp-codec.ts';
import type { Frame } from './frame.ts';

/** Larger pictures are refused from their header alone. */
export const MAX_PIXELS = 40_000_000;

// Decoded faces must not outlive their call, so the library's own cache of pictures stays off.
sharp.cache(false);

type ImageFormat = 'jpeg' | 'png' | 'webp' | 'bmp';

/**
 * Decodes a JPEG, PNG, WebP or BMP file into sRGB: first page only, EXIF orientation applied, transparency on white.
 * Everything else, and every incomplete, damaged or oversized picture, is `inference.image-invalid`.
 */
export async function decodeImage(bytes: Uint8Array): Promise<Result<Frame, Failure>> {
  const format = formatOf(bytes);
  if (!format) return invalid('not a JPEG, PNG, WebP or BMP file');
  if (format === 'bmp') {
    const frame = decodeBmp(bytes, MAX_PIXELS);
    return frame ? ok(frame) : invalid('damaged, compressed or oversized BMP');
  }
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels === 3) return ok({ width: info.width, height: info.height, rgb: data });
    if (info.channels === 1) return ok(fromGrey(data, info.width, info.height));
    return invalid(`${format} with ${info.channels} channels`);
  } catch {
    return invalid(`damaged or oversized ${format}`);
  }
}

/**
 * Enlarges a small picture with a bicubic filter.
 *
 * @param factor at least 1.
 */
export async function enlarged(frame: Frame, factor: number): Promise<Frame> {
  const width = Math.round(frame.width * factor);
  const height = Math.round(frame.height * factor);
  const rgb = await sharp(frame.rgb, { raw: { width: frame.width, height: frame.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { width, height, rgb };
}

/** Encodes pixels as a PNG from which `decodeImage` gives exactly the same pixels. */
export async function encodePng({ rgb, width, height }: Frame): Promise<Uint8Array> {
  const png = sharp(rgb, { raw: { width, height, channels: 3 } }).png({ compressionLevel: 6, palette: false });
  return new Uint8Array(await png.toBuffer());
}

/** Width and height as a picture's header says; null for what isn't one that `decodeImage` would look at. */
export async function sizeOfPicture(bytes: Uint8Array): Promise<{ width: number; height: number } | null> {
  const format = formatOf(bytes);
  if (!format || format === 'bmp') return null;
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
    return { width, height };
  } catch {
    return null;
  }
}

/** The format by the file's first bytes, so that no other decoder is ever reached. */
function formatOf(bytes: Uint8Array): ImageFormat | null {
  const starts = (text: string, at = 0): boolean =>
    bytes.length >= at + text.length && [...text].every((char, i) => bytes[at + i] === char.charCodeAt(0));
  if (starts('\xff\xd8\xff')) return 'jpeg';
  if (starts('\x89PNG\r\n\x1a\n')) return 'png';
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp';
  if (starts('BM')) return 'bmp';
  return null;
}

function fromGrey(grey: Uint8Array, width: number, height: number): Frame {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.fill(grey[i]!, 3 * i, 3 * i + 3);
  return { width, height, rgb };
}

function invalid(detail: string): Result<never, Failure> {
  return err(failure('inference.image-invalid', detail));
}
