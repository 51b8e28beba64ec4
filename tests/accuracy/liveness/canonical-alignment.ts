import { CANONICAL_POINTS, CANONICAL_VERTICES } from '../../../src/shared/domain/canonical-face.ts';
import { mapVector, nearestRotation, type Matrix3, type Vector3 } from './vector.ts';

/** A mesh as a model finds it, turned and scaled onto the canonical face. */
export interface AlignedShape {
  /** x, y, z in centimetres. */
  readonly shape: Float32Array;
  /** How far the face looked away. */
  readonly turnDegrees: number;
}

function meanOf(points: Float32Array): Vector3 {
  return mapVector((axis) => {
    let sum = 0;
    for (let i = axis; i < points.length; i += 3) sum += points[i]!;
    return (3 * sum) / points.length;
  });
}

function spread(points: Float32Array, mean: Vector3): number {
  let sum = 0;
  points.forEach((value, i) => (sum += (value - mean[(i % 3) as 0 | 1 | 2]) ** 2));
  return Math.sqrt(sum);
}

/** Rigid fit with scale of a mesh (x, y, z in pixels; y down, smaller z nearer) to the canonical face. */
export function alignToCanonical(mesh: Float32Array): AlignedShape {
  const seen = Float32Array.from(mesh, (value, i) => (i % 3 === 0 ? value : -value));
  const seenMean = meanOf(seen);
  const aimMean = meanOf(CANONICAL_VERTICES);
  const row = (i: 0 | 1 | 2): Vector3 =>
    mapVector((j) => {
      let sum = 0;
      for (let p = 0; p < CANONICAL_POINTS; p++) {
        sum += (CANONICAL_VERTICES[3 * p + i]! - aimMean[i]) * (seen[3 * p + j]! - seenMean[j]);
      }
      return sum;
    });
  const turn: Matrix3 = nearestRotation([row(0), row(1), row(2)]);
  const scale = spread(CANONICAL_VERTICES, aimMean) / spread(seen, seenMean);
  const shape = new Float32Array(seen.length);
  for (let p = 0; p < CANONICAL_POINTS; p++) {
    for (const axis of [0, 1, 2] as const) {
      const [a, b, c] = turn[axis];
      const x = seen[3 * p]! - seenMean[0];
      const y = seen[3 * p + 1]! - seenMean[1];
      const z = seen[3 * p + 2]! - seenMean[2];
      shape[3 * p + axis] = scale * (a * x + b * y + c * z) + aimMean[axis];
    }
  }
  return { shape, turnDegrees: (Math.acos(Math.min(1, Math.max(-1, turn[2][2]))) * 180) / Math.PI };
}
