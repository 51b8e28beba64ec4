import type { Frame } from './frame.ts';

const FILE_HEADER_BYTES = 14;
const MIN_INFO_HEADER_BYTES = 40;
const UNCOMPRESSED = 0;

/**
 * Decodes an uncompressed Windows bitmap (BITMAPINFOHEADER or later; 8-bit palette, 24 or 32 bits), the form in
 * which card libraries hand out portraits. Alpha is ignored.
 *
 * @param maxPixels larger pictures are refused before anything is allocated.
 * @returns null when the bytes are anything else, incomplete or too large.
 */
export function decodeBmp(bytes: Uint8Array, maxPixels: number): Frame | null {
  if (bytes.length < FILE_HEADER_BYTES + MIN_INFO_HEADER_BYTES || bytes[0] !== 0x42 || bytes[1] !== 0x4d) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(14, true);
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  if (headerBytes < MIN_INFO_HEADER_BYTES || view.getUint32(30, true) !== UNCOMPRESSED) return null;
  if (width <= 0 || height === 0 || width * height > maxPixels || ![8, 24, 32].includes(bits)) return null;
  const pixelsAt = view.getUint32(10, true);
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (pixelsAt + stride * height > bytes.length) return null;
  const paletteAt = FILE_HEADER_BYTES + headerBytes;
  if (bits === 8 && paletteAt + 4 * 256 > pixelsAt) return null;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = pixelsAt + stride * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      const from = bits === 8 ? paletteAt + 4 * bytes[row + x]! : row + (x * bits) / 8;
      const to = (y * width + x) * 3;
      rgb[to] = bytes[from + 2]!;
      rgb[to + 1] = bytes[from + 1]!;
      rgb[to + 2] = bytes[from]!;
    }
  }
  return { width, height, rgb };
}
