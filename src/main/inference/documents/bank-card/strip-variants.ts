import type { Frame } from '../../frame.ts';
import type { Quad } from '../contract.ts';
import { fromRectangle } from '../outline/homography.ts';
import { warped } from '../outline/perspective-warp.ts';

/** Height of the strips that digits are read from: what the recogniser takes. */
export const STRIP_HEIGHT = 48;
const MOST_WIDTH = 1600;

/** Cuts a quad out of the card and draws it straight. */
export function stripOf(card: Frame, quad: Quad, high = STRIP_HEIGHT): Frame {
  const [a, b, , d] = quad;
  const height = Math.max(1, Math.hypot(d[0] - a[0], d[1] - a[1]));
  const width = (Math.hypot(b[0] - a[0], b[1] - a[1]) / height) * high;
  const across = Math.max(high, Math.min(MOST_WIDTH * (high / STRIP_HEIGHT), Math.round(width)));
  return warped(card, fromRectangle(across, high, quad), across, high);
}

/**
 * Other looks of a strip, in which digits that its plain look hides may stand out.
 *
 * - `even`: brightness less its surroundings' mean, over their deviation: takes shadows and slow patterns away
 * - `inverse`: the same with dark and light changed
 */
export const STRIP_LOOKS = ['plain', 'even', 'inverse'] as const;
export type StripLook = (typeof STRIP_LOOKS)[number];

/** A strip in another look, grey and of the same size; `plain` gives the strip itself, not a copy. */
export function lookOf(strip: Frame, look: StripLook): Frame {
  if (look === 'plain') return strip;
  const even = evened(lumaOf(strip), strip.width, strip.height);
  return grey(strip, look === 'even' ? even : even.map((value) => 255 - value));
}

function lumaOf({ rgb, width, height }: Frame): Float32Array {
  const out = new Float32Array(width * height);
  for (let at = 0; at < out.length; at++)
    out[at] = 0.299 * rgb[3 * at]! + 0.587 * rgb[3 * at + 1]! + 0.114 * rgb[3 * at + 2]!;
  return out;
}

function grey({ width, height }: Frame, values: Float32Array): Frame {
  const rgb = new Uint8Array(3 * width * height);
  for (let at = 0; at < values.length; at++) rgb.fill(Math.max(0, Math.min(255, values[at]!)), 3 * at, 3 * at + 3);
  return { width, height, rgb };
}

/** Means over windows of `2 · radius + 1` pixels both ways, by sums of sums. */
function means(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - radius) * (width + 1), Math.min(height, y + radius + 1) * (width + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const area = ((bottom - top) / (width + 1)) * (right - left);
      out[y * width + x] =
        (sums[bottom + right]! - sums[top + right]! - sums[bottom + left]! + sums[top + left]!) / area;
    }
  }
  return out;
}

function evened(luma: Float32Array, width: number, height: number): Float32Array {
  const radius = height >> 1;
  const mean = means(luma, width, height, radius);
  const square = means(
    luma.map((value) => value * value),
    width,
    height,
    radius,
  );
  return luma.map((value, at) => {
    const deviation = Math.sqrt(Math.max(0, square[at]! - mean[at]! ** 2));
    return 128 + (55 * (value - mean[at]!)) / Math.max(6, deviation);
  });
}
