import { CANONICAL_VERTICES } from '../../shared/domain/canonical-face.ts';

/** How a head is held, from the mesh's `x, y` alone: the depths that a mesh model guesses are not used. */
export interface HeadOrientation {
  /** Degrees. Positive yaw: towards the person's own left. Positive pitch: up. Positive roll: clockwise in the image. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Pixels of the picture in one centimetre of the canonical face. */
  readonly scale: number;
  /** Scale across over scale upwards. A head keeps it while it turns; a flat picture is foreshortened. */
  readonly aspect: number;
}

/**
 * Points that talking, chewing and the jaw don't move: above the upper lip, in centimetres of the canonical face.
 */
const RIGID_ABOVE_Y = -2;

/** The indices of the points that move with the skull. */
export const RIGID_POINTS: readonly number[] = Array.from(
  { length: CANONICAL_VERTICES.length / 3 },
  (_, i) => i,
).filter((i) => CANONICAL_VERTICES[3 * i + 1]! > RIGID_ABOVE_Y);

/** Maps the rigid points' image coordinates to the rows of the camera matrix (least squares): 3 numbers a point. */
const INVERSE = inverseOfRigid();

/**
 * Fits scaled orthographic projection of the canonical face (POS, DeMenthon & Davis 1995) to the mesh's rigid points.
 * A flat picture of a face, however it is turned, only shears and shrinks: it reads as the same orientation throughout.
 *
 * @param mesh 468 points `x, y, z`; y grows downwards.
 */
export function orientationOf(mesh: Float32Array): HeadOrientation {
  let [meanX, meanY] = [0, 0];
  for (const i of RIGID_POINTS) {
    meanX += mesh[3 * i]! / RIGID_POINTS.length;
    meanY += mesh[3 * i + 1]! / RIGID_POINTS.length;
  }
  const across: [number, number, number] = [0, 0, 0];
  const up: [number, number, number] = [0, 0, 0];
  RIGID_POINTS.forEach((i, k) => {
    const x = mesh[3 * i]! - meanX;
    const y = meanY - mesh[3 * i + 1]!;
    for (let axis = 0; axis < 3; axis++) {
      across[axis]! += INVERSE[3 * k + axis]! * x;
      up[axis]! += INVERSE[3 * k + axis]! * y;
    }
  });
  const aspect = Math.hypot(...across) / Math.max(Math.hypot(...up), 1e-6);
  const scale = (Math.hypot(...across) + Math.hypot(...up)) / 2;
  const sine = (value: number): number => Math.asin(Math.max(-1, Math.min(1, value / Math.max(scale, 1e-6))));
  // The depth axis as it appears in the picture, taken back by the roll so that a tilted head turns about its own neck.
  const roll = Math.atan2(-up[0], up[1]);
  const depthAcross = Math.cos(roll) * across[2] + Math.sin(roll) * up[2];
  const depthUp = Math.cos(roll) * up[2] - Math.sin(roll) * across[2];
  const degrees = 180 / Math.PI;
  return { yaw: degrees * sine(depthAcross), pitch: degrees * sine(depthUp), roll: degrees * -roll, scale, aspect };
}

function inverseOfRigid(): Float64Array {
  const count = RIGID_POINTS.length;
  const mean = [0, 1, 2].map(
    (axis) => RIGID_POINTS.reduce((sum, i) => sum + CANONICAL_VERTICES[3 * i + axis]!, 0) / count,
  );
  const centred = RIGID_POINTS.map((i) => [0, 1, 2].map((axis) => CANONICAL_VERTICES[3 * i + axis]! - mean[axis]!));
  const normal = [0, 1, 2].map((a) => [0, 1, 2].map((b) => centred.reduce((sum, p) => sum + p[a]! * p[b]!, 0)));
  const inverse = inverted(normal);
  return Float64Array.from(
    centred.flatMap((point) => inverse.map((row) => row.reduce((sum, value, axis) => sum + value * point[axis]!, 0))),
  );
}

function inverted(m: readonly (readonly number[])[]): number[][] {
  const at = (row: number, column: number): number => m[row % 3]![column % 3]!;
  const cofactor = (row: number, column: number): number =>
    at(row + 1, column + 1) * at(row + 2, column + 2) - at(row + 1, column + 2) * at(row + 2, column + 1);
  const determinant = [0, 1, 2].reduce((sum, column) => sum + at(0, column) * cofactor(0, column), 0);
  return [0, 1, 2].map((row) => [0, 1, 2].map((column) => cofactor(column, row) / determinant));
}
