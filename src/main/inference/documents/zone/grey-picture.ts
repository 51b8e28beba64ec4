import type { Frame } from '../../frame.ts';
import type { Point } from '../contract.ts';

/** How dark a picture is, 0 (white) to 255 (black) for each pixel. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
}

/** 255 less the luma of ITU-R BT.601, fractions dropped. */
export function greyOf({ width, height, rgb }: Frame): GreyPicture {
  const values = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < values.length; i++, at += 3) {
    values[i] = 255 - (0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!);
  }
  return { width, height, values };
}

/** Darkness between the four nearest pixels' middles; outside as at the edge. */
export function darkness({ width, height, values }: GreyPicture, [x, y]: Point): number {
  const px = Math.max(0, Math.min(width - 1.001, x - 0.5));
  const py = Math.max(0, Math.min(height - 1.001, y - 0.5));
  const [left, top] = [px | 0, py | 0];
  const at = top * width + left;
  const [fx, fy] = [px - left, py - top];
  const under = at + width;
  const upper = values[at]! + (values[at + 1]! - values[at]!) * fx;
  const lower = values[under]! + (values[under + 1]! - values[under]!) * fx;
  return upper + (lower - upper) * fy;
}
