import type { LightFrame } from '../../shared/domain/liveness.ts';
import { LINEAR_OF_BYTE } from '../../shared/domain/linear-light.ts';
import { EYE_POINTS, SIDE_POINTS, SKIN_POINTS } from './skin-points.ts';

/** Where a frame is sampled: skin first, then temples and jaw, then the middles of both eyes. */
export const SAMPLED_POINTS: readonly number[] = [...SKIN_POINTS, ...SIDE_POINTS];
export const EYE_SAMPLES_FROM: number = SAMPLED_POINTS.length;
export const SAMPLE_COUNT: number = SAMPLED_POINTS.length + EYE_POINTS.length;

const SATURATED_BYTE = 250;
/** Darker than this in its brightest channel a patch is noise. */
const DARK_BYTE = 8;
/** Half of a patch's side as a share of the face's width: 5 × 5 pixels on the usual 90 pixels. */
const HALF_PATCH_SHARE = 0.02;
const EAR_POINTS = [234, 454] as const;

/** Mean linear light of a small square; all three NaN where it is dark, at the sensor's limit or outside. */
function samplePatch(frame: LightFrame, x: number, y: number, half: number, out: Float32Array, at: number): void {
  const left = Math.round(x) - half;
  const top = Math.round(y) - half;
  const side = 2 * half + 1;
  if (!(left >= 0 && top >= 0 && left + side <= frame.width && top + side <= frame.height)) {
    out.fill(NaN, at, at + 3);
    return;
  }
  const sums = [0, 0, 0];
  let brightest = 0;
  for (let row = top; row < top + side; row++) {
    for (let from = (row * frame.width + left) * 3, end = from + 3 * side; from < end; from += 3) {
      for (let channel = 0; channel < 3; channel++) {
        const byte = frame.rgb[from + channel]!;
        sums[channel]! += LINEAR_OF_BYTE[byte]!;
        if (byte > brightest) brightest = byte;
      }
    }
  }
  const usable = brightest < SATURATED_BYTE && brightest >= DARK_BYTE;
  for (let channel = 0; channel < 3; channel++) out[at + channel] = usable ? sums[channel]! / (side * side) : NaN;
}

/** Mean linear light at each sampled point, three channels each; NaN where nothing can be said. */
export function samplePatches(frame: LightFrame, mesh: Float32Array): Float32Array {
  const out = new Float32Array(3 * SAMPLE_COUNT);
  const [a, b] = EAR_POINTS;
  const width = Math.hypot(mesh[3 * a]! - mesh[3 * b]!, mesh[3 * a + 1]! - mesh[3 * b + 1]!);
  const half = Math.max(1, Math.round(HALF_PATCH_SHARE * width));
  SAMPLED_POINTS.forEach((point, i) => samplePatch(frame, mesh[3 * point]!, mesh[3 * point + 1]!, half, out, 3 * i));
  EYE_POINTS.forEach((eye, i) => {
    const mean = (axis: 0 | 1): number => eye.reduce((sum, point) => sum + mesh[3 * point + axis]!, 0) / eye.length;
    samplePatch(frame, mean(0), mean(1), 1, out, 3 * (EYE_SAMPLES_FROM + i));
  });
  return out;
}
