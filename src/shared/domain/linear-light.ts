import type { Srgb } from './challenge.ts';

/** Linear-light colour, 0–1 a channel, sRGB primaries. */
export type LinearRgb = readonly [number, number, number];

function decode(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** sRGB byte → linear light, 0–1 (IEC 61966-2-1). */
export const LINEAR_OF_BYTE: Float64Array = Float64Array.from({ length: 256 }, (_, byte) => decode(byte));

/** Takes whole bytes, 0–255 a channel. */
export function toLinear(rgb: Srgb): LinearRgb {
  return [LINEAR_OF_BYTE[rgb[0]]!, LINEAR_OF_BYTE[rgb[1]]!, LINEAR_OF_BYTE[rgb[2]]!];
}

/** Linear light, clamped to 0–1, → nearest sRGB bytes. */
export function toSrgb(linear: LinearRgb): Srgb {
  const encode = (value: number): number => {
    const v = Math.min(1, Math.max(0, value));
    return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
  };
  return [encode(linear[0]), encode(linear[1]), encode(linear[2])];
}

/** Relative luminance 0–1 (WCAG 2.x, ITU-R BT.709 weights). */
export function luminanceOf([red, green, blue]: LinearRgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
