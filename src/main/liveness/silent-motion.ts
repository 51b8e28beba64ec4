import type { FaceSignals } from './action-signals.ts';

/** How a face moved in itself while nobody asked it to. */
export interface SilentMotion {
  /** What the best affine map to the mean mesh leaves: root mean square as a share of the eye corners' distance. */
  readonly nonRigid: number;
  /** How far the eyes closed at most, as a share of their median opening. */
  readonly eyeDip: number;
  /** Largest less smallest lips' gap over the eye corners' distance. */
  readonly mouthRange: number;
  /** Largest change of the head's direction in degrees. */
  readonly swayDegrees: number;
}

interface SeenFace {
  readonly face: FaceSignals;
  readonly mesh: Float32Array;
}

/** @param seen at least two frames. */
export function motionOf(seen: readonly SeenFace[]): SilentMotion {
  const aligned = seen.map(({ mesh }) => standardised(mesh));
  const points = aligned[0]!.length / 2;
  const mean = new Float64Array(2 * points);
  for (const shape of aligned) for (let i = 0; i < mean.length; i++) mean[i]! += shape[i]! / aligned.length;
  let squares = 0;
  for (const shape of aligned) squares += residualOf(shape, mean) / aligned.length;
  const faces = seen.map(({ face }) => face);
  return {
    nonRigid: Math.sqrt(squares / points),
    eyeDip: dip(faces.map(({ leftEye, rightEye }) => (leftEye + rightEye) / 2)),
    mouthRange: range(faces.map(({ mouth }) => mouth)),
    swayDegrees: Math.max(range(faces.map(({ yaw }) => yaw)), range(faces.map(({ pitch }) => pitch))),
  };
}

function dip(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return 1 - sorted[0]! / Math.max(sorted[sorted.length >> 1]!, 1e-6);
}

function range(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

const OUTER_EYE_CORNERS = [33, 263] as const;

/** `x, y` pairs around their mean, in units of the eye corners' distance. */
function standardised(mesh: Float32Array): Float64Array {
  const [a, b] = OUTER_EYE_CORNERS;
  const unit = Math.max(Math.hypot(mesh[3 * a]! - mesh[3 * b]!, mesh[3 * a + 1]! - mesh[3 * b + 1]!), 1e-6);
  const points = mesh.length / 3;
  const out = new Float64Array(2 * points);
  for (const axis of [0, 1]) {
    let mean = 0;
    for (let i = 0; i < points; i++) mean += mesh[3 * i + axis]! / points;
    for (let i = 0; i < points; i++) out[2 * i + axis] = (mesh[3 * i + axis]! - mean) / unit;
  }
  return out;
}

/** Sum of squares that the best linear map from `mean` to `shape` leaves; both are centred. */
function residualOf(shape: Float64Array, mean: Float64Array): number {
  let [xx, xy, yy] = [0, 0, 0];
  const onto = [0, 0, 0, 0];
  for (let i = 0; i < mean.length; i += 2) {
    const [x, y] = [mean[i]!, mean[i + 1]!];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    for (const axis of [0, 1]) {
      onto[2 * axis]! += shape[i + axis]! * x;
      onto[2 * axis + 1]! += shape[i + axis]! * y;
    }
  }
  const determinant = Math.max(xx * yy - xy * xy, 1e-12);
  let left = 0;
  for (const axis of [0, 1]) {
    const [sx, sy] = [onto[2 * axis]!, onto[2 * axis + 1]!];
    const a = (sx * yy - sy * xy) / determinant;
    const b = (sy * xx - sx * xy) / determinant;
    for (let i = 0; i < mean.length; i += 2) left += (shape[i + axis]! - a * mean[i]! - b * mean[i + 1]!) ** 2;
  }
  return left;
}
