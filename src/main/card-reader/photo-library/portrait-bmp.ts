import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import {
  BMP_BYTES,
  BMP_HEADER_BYTES,
  BMP_ROW_BYTES,
  PORTRAIT_HEIGHT,
  PORTRAIT_WIDTH,
  RAW_BYTES,
} from './picture-size.ts';

const INFO_HEADER_BYTES = 40;
const BITS_PER_PIXEL = 24;

/**
 * Reads a bitmap as vendors' libraries write it: 102×126, 24 bits, uncompressed, 38,862 bytes, rows from the bottom
 * (or, with a negative height, from the top), two bytes of padding with any content.
 *
 * @returns RGB, rows from the top; `decoder.implausible` for any other bitmap.
 */
export function readPortraitBmp(bytes: Uint8Array): Result<Uint8Array, Failure> {
  if (bytes.length !== BMP_BYTES) return implausible(`a bitmap of ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const height = view.getInt32(22, true);
  const header = {
    magic: view.getUint16(0, false),
    pixelsAt: view.getUint32(10, true),
    infoBytes: view.getUint32(14, true),
    width: view.getInt32(18, true),
    height: Math.abs(height),
    bits: view.getUint16(28, true),
    compression: view.getUint32(30, true),
  };
  for (const [name, expected] of Object.entries(EXPECTED)) {
    const found = header[name as keyof typeof EXPECTED];
    if (found !== expected) return implausible(`the bitmap’s ${name} is ${found}, not ${expected}`);
  }
  const rgb = new Uint8Array(RAW_BYTES);
  for (let y = 0; y < PORTRAIT_HEIGHT; y++) {
    const row = BMP_HEADER_BYTES + BMP_ROW_BYTES * (height > 0 ? PORTRAIT_HEIGHT - 1 - y : y);
    for (let x = 0; x < PORTRAIT_WIDTH; x++) {
      const to = 3 * (y * PORTRAIT_WIDTH + x);
      rgb[to] = bytes[row + 3 * x + 2]!;
      rgb[to + 1] = bytes[row + 3 * x + 1]!;
      rgb[to + 2] = bytes[row + 3 * x]!;
    }
  }
  return ok(rgb);
}

const EXPECTED = {
  magic: 0x424d,
  pixelsAt: BMP_HEADER_BYTES,
  infoBytes: INFO_HEADER_BYTES,
  width: PORTRAIT_WIDTH,
  height: PORTRAIT_HEIGHT,
  bits: BITS_PER_PIXEL,
  compression: 0,
} as const;

/**
 * Writes a portrait as a bitmap that any browser shows.
 *
 * @param rgb 38,556 bytes, rows from the top.
 */
export function writePortraitBmp(rgb: Uint8Array): Uint8Array {
  const bmp = new Uint8Array(BMP_BYTES);
  const view = new DataView(bmp.buffer);
  view.setUint16(0, EXPECTED.magic, false);
  view.setUint32(2, BMP_BYTES, true);
  view.setUint32(10, BMP_HEADER_BYTES, true);
  view.setUint32(14, INFO_HEADER_BYTES, true);
  view.setInt32(18, PORTRAIT_WIDTH, true);
  view.setInt32(22, PORTRAIT_HEIGHT, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, BITS_PER_PIXEL, true);
  view.setUint32(34, BMP_BYTES - BMP_HEADER_BYTES, true);
  for (let y = 0; y < PORTRAIT_HEIGHT; y++) {
    const row = BMP_HEADER_BYTES + BMP_ROW_BYTES * (PORTRAIT_HEIGHT - 1 - y);
    for (let x = 0; x < PORTRAIT_WIDTH; x++) {
      const from = 3 * (y * PORTRAIT_WIDTH + x);
      bmp[row + 3 * x] = rgb[from + 2]!;
      bmp[row + 3 * x + 1] = rgb[from + 1]!;
      bmp[row + 3 * x + 2] = rgb[from]!;
    }
  }
  return bmp;
}

function implausible(detail: string): Result<never, Failure> {
  return err(failure('decoder.implausible', detail));
}
