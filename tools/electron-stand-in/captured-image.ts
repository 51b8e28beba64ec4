import { strictObject } from './not-provided.ts';

export interface CapturedImage {
  toPNG(): Buffer;
  toDataURL(): string;
  isEmpty(): boolean;
  getSize(): { width: number; height: number };
}

// IHDR is always the first chunk: width and height are big-endian at these offsets (PNG, section 11.2.2).
const PNG_WIDTH_AT = 16;
const PNG_HEIGHT_AT = 20;

/** `NativeImage` as far as a screenshot needs it. */
export function capturedImage(png: Buffer): CapturedImage {
  return strictObject('NativeImage', {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    isEmpty: () => png.length === 0,
    getSize: () => ({ width: png.readUInt32BE(PNG_WIDTH_AT), height: png.readUInt32BE(PNG_HEIGHT_AT) }),
  });
}
