import type { Frame } from '../../frame.ts';

/** Scores from which digits are raised, and up to which they are flat; between them it can't be told. */
export const RELIEF_LIMITS = { raised: 0.27, flat: 0.14 } as const;

const DIRECTIONS = 8;
/** Steps of brightness under this share of the greatest are the ground's pattern and noise. */
const QUIET = 0.25;

/**
 * How raised the digits of a strip look, 0..1. The edges of flat print rise as steeply as they fall, in every
 * direction. Of a raised stroke one flank is lit and the other in shade, so that in the direction of the light the
 * steps one way are few and steep, and the other way many and gentle: their third moment is not zero.
 */
export function reliefScore(strip: Frame): number {
  const { width, height, rgb } = strip;
  const luma = softened(rgb, width, height);
  const [dx, dy] = [new Float32Array(luma.length), new Float32Array(luma.length)];
  const steps: number[] = [];
  for (let y = 2; y < height - 2; y++) {
    for (let at = y * width + 2; at < (y + 1) * width - 2; at++) {
      dx[at] = luma[at + 2]! - luma[at - 2]!;
      dy[at] = luma[at + 2 * width]! - luma[at - 2 * width]!;
      if (at % 5 === 0) steps.push(Math.hypot(dx[at]!, dy[at]!));
    }
  }
  steps.sort((a, b) => a - b);
  const quiet = QUIET * (steps[Math.floor(0.98 * steps.length)] ?? 0);
  let most = 0;
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    const angle = (Math.PI * direction) / DIRECTIONS;
    most = Math.max(most, asymmetry(dx, dy, [Math.cos(angle), Math.sin(angle)], quiet));
  }
  return most;
}

/** Third moment of the steps in a direction over that of their sizes. */
function asymmetry(
  dx: Float32Array,
  dy: Float32Array,
  [cosine, sine]: readonly [number, number],
  quiet: number,
): number {
  let [signed, size] = [0, 0];
  for (let at = 0; at < dx.length; at++) {
    const step = dx[at]! * cosine + dy[at]! * sine;
    if (Math.abs(step) < quiet) continue;
    const cube = step * step * step;
    signed += cube;
    size += Math.abs(cube);
  }
  return size > 0 ? Math.abs(signed) / size : 0;
}

/** Brightness, softened over 3 × 3 pixels. */
function softened(rgb: Uint8Array, width: number, height: number): Float32Array {
  const luma = new Float32Array(width * height);
  for (let at = 0; at < luma.length; at++) luma[at] = (rgb[3 * at]! + 2 * rgb[3 * at + 1]! + rgb[3 * at + 2]!) / 4;
  const out = new Float32Array(luma);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      let sum = 0;
      for (let row = at - width; row <= at + width; row += width) sum += luma[row - 1]! + luma[row]! + luma[row + 1]!;
      out[at] = sum / 9;
    }
  }
  return out;
}
