import type { BrightnessSample } from '../../shared/domain/camera-challenge.ts';

/** sRGB byte → linear light (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/**
 * Luminance of a raw picture, three bytes a pixel: the mean of the middle half of its pixels, so that neither glare nor
 * a black corner decides. It changes in proportion to the exposure. Null when the bytes are no whole pixels.
 */
export function brightnessOf(rgb: Uint8Array, capturedAtMs: number): BrightnessSample | null {
  if (rgb.length === 0 || rgb.length % 3 !== 0) return null;
  const pixels = new Float64Array(rgb.length / 3);
  for (let i = 0; i < pixels.length; i += 1) {
    const at = 3 * i;
    pixels[i] = 0.2126 * LINEAR[rgb[at]!]! + 0.7152 * LINEAR[rgb[at + 1]!]! + 0.0722 * LINEAR[rgb[at + 2]!]!;
  }
  const middle = pixels.sort().subarray(Math.floor(pixels.length / 4), Math.ceil((3 * pixels.length) / 4));
  return { capturedAtMs, luminance: middle.reduce((sum, value) => sum + value, 0) / middle.length };
}
