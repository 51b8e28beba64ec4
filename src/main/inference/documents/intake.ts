import sharp from 'sharp';
import { failure, type Failure, type FailureCode } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MAX_DOCUMENT_FILE_BYTES } from '../../../shared/ipc/document-capture.ts';
import { decodeBmp } from '../bmp-codec.ts';
import type { Frame } from '../frame.ts';
import { MAX_PIXELS } from '../image-codec.ts';
import { kindOfFile } from './file-kind.ts';

/** What reading needs of a picture's long side; larger ones are decoded smaller. */
export const DOCUMENT_LONG_SIDE = 2600;
/** On fewer pixels a whole card's characters can't be told apart. */
export const LEAST_LONG_SIDE = 320;
const LEAST_SHORT_SIDE = 180;

/**
 * Opens a picture of a document, from a camera or a file that staff chose: JPEG, PNG, WebP or BMP by its first bytes,
 * upright by its EXIF orientation, transparency on white, made smaller while it is decoded. Fails with
 * `document.file-unsupported`, `document.file-damaged`, `document.file-too-large` or `document.too-small`.
 */
export async function openDocumentFile(bytes: Uint8Array): Promise<Result<Frame, Failure>> {
  if (bytes.byteLength > MAX_DOCUMENT_FILE_BYTES) {
    return refused('document.file-too-large', `${bytes.byteLength} of at most ${MAX_DOCUMENT_FILE_BYTES} bytes`);
  }
  if (bytes.byteLength === 0) return refused('document.file-damaged', 'an empty file');
  const kind = kindOfFile(bytes);
  if (!kind.picture) return refused('document.file-unsupported', kind.name);
  return kind.picture === 'bmp' ? openBmp(bytes) : openWithSharp(bytes, kind.picture);
}

async function openWithSharp(bytes: Uint8Array, format: string): Promise<Result<Frame, Failure>> {
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (!header) return refused('document.file-damaged', `damaged ${format} header`);
  const unfit = unfitSize(header.width, header.height);
  if (unfit) return unfit;
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
      .rotate()
      .resize(DOCUMENT_LONG_SIDE, DOCUMENT_LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels === 3) return ok({ width: info.width, height: info.height, rgb: data });
    if (info.channels === 1) return ok(fromGrey(data, info.width, info.height));
    return refused('document.file-damaged', `${format} with ${info.channels} channels`);
  } catch {
    return refused('document.file-damaged', `truncated or damaged ${format}`);
  }
}

async function openBmp(bytes: Uint8Array): Promise<Result<Frame, Failure>> {
  if (bytes.byteLength >= 26) {
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const unfit = unfitSize(Math.abs(header.getInt32(18, true)), Math.abs(header.getInt32(22, true)));
    if (unfit) return unfit;
  }
  const frame = decodeBmp(bytes, MAX_PIXELS);
  if (!frame) return refused('document.file-damaged', 'truncated, damaged or compressed BMP');
  if (Math.max(frame.width, frame.height) <= DOCUMENT_LONG_SIDE) return ok(frame);
  const { width, height, rgb } = frame;
  const { data, info } = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(DOCUMENT_LONG_SIDE, DOCUMENT_LONG_SIDE, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  rgb.fill(0);
  return ok({ width: info.width, height: info.height, rgb: data });
}

function unfitSize(width: number, height: number): Result<never, Failure> | null {
  const size = `${width} × ${height} pixels`;
  if (width * height > MAX_PIXELS) return refused('document.file-too-large', `${size}, at most ${MAX_PIXELS} in all`);
  if (Math.max(width, height) >= LEAST_LONG_SIDE && Math.min(width, height) >= LEAST_SHORT_SIDE) return null;
  return refused('document.too-small', `${size}, at least ${LEAST_LONG_SIDE} × ${LEAST_SHORT_SIDE}`);
}

function fromGrey(grey: Uint8Array, width: number, height: number): Frame {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.fill(grey[i]!, 3 * i, 3 * i + 3);
  grey.fill(0);
  return { width, height, rgb };
}

function refused(code: FailureCode, detail: string): Result<never, Failure> {
  return err(failure(code, detail));
}
