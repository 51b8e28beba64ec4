import type { Frame } from '../../frame.ts';
import { lumaOf } from './card-cells.ts';

/** Brightness alone, 0..255, row by row. */
export interface LumaPlane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The brightness of a picture. */
export function lumaPlaneOf({ width, height, rgb }: Frame): LumaPlane {
  const values = new Float32Array(width * height);
  for (let i = 0, at = 0; i < values.length; i++, at += 3) values[i] = lumaOf(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!);
  return { width, height, values };
}

/** A plane softened by the kernel 1-2-1 in both directions, which takes the single pixel's noise from it. */
export function softened({ width, height, values }: LumaPlane): LumaPlane {
  const across = new Float32Array(values);
  for (let y = 0; y < height; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      across[at] = (values[at - 1]! + 2 * values[at]! + values[at + 1]!) / 4;
    }
  }
  const both = new Float32Array(across);
  for (let at = width; at < (height - 1) * width; at++) {
    both[at] = (across[at - width]! + 2 * across[at]! + across[at + width]!) / 4;
  }
  return { width, height, values: both };
}
