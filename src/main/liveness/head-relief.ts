import { CANONICAL_VERTICES } from '../../shared/domain/canonical-face.ts';
import { RIGID_POINTS } from './head-orientation.ts';

/** How the picture of a head changed between two orientations. */
export interface HeadRelief {
  /**
   * What the best affine map from one mesh to the other leaves, root mean square as a share of the distance between
   * the outer corners of the eyes. A flat picture leaves the tracker's noise alone.
   */
  readonly affineResidual: number;
  /**
   * Degrees of turn that the depth of the face itself shows: how far points shifted in proportion to their depth,
   * after everything that a flat or evenly bent picture could do (a quadratic map) has been taken away.
   */
  readonly degrees: number;
}

const OUTER_EYE_CORNERS = [33, 263] as const;
const COUNT = RIGID_POINTS.length;
const DEPTHS = Float64Array.from(RIGID_POINTS, (i) => CANONICAL_VERTICES[3 * i + 2]!);

/**
 * Compares a turned mesh with the same face's frontal one.
 *
 * @param scale pixels in one centimetre of the canonical face in the frontal mesh.
 */
export function reliefBetween(frontal: Float32Array, turned: Float32Array, scale: number): HeadRelief {
  const x = column(frontal, 0);
  const y = column(frontal, 1);
  const shifts = [column(turned, 0), column(turned, 1)];
  const affine = orthonormal([x.map(() => 1), x, y]);
  const quadratic = orthonormal([x.map(() => 1), x, y, product(x, x), product(x, y), product(y, y)]);
  const left = shifts.reduce((sum, shift) => sum + squares(without(shift, affine)), 0);
  const depth = without(DEPTHS, quadratic);
  const perDepth = shifts.map((shift) => dot(without(shift, quadratic), depth) / squares(depth));
  const sine = Math.min(1, Math.hypot(...perDepth) / Math.max(scale, 1e-6));
  const [a, b] = OUTER_EYE_CORNERS;
  const across = Math.hypot(frontal[3 * a]! - frontal[3 * b]!, frontal[3 * a + 1]! - frontal[3 * b + 1]!);
  return {
    affineResidual: Math.sqrt(left / COUNT) / Math.max(across, 1e-6),
    degrees: (Math.asin(sine) * 180) / Math.PI,
  };
}

/** Point by point mean of several meshes of a face that keeps still; null of none. */
export function meanMesh(meshes: readonly Float32Array[]): Float32Array | null {
  const first = meshes[0];
  if (!first) return null;
  const mean = new Float32Array(first.length);
  for (const mesh of meshes) for (let i = 0; i < mean.length; i++) mean[i]! += mesh[i]! / meshes.length;
  return mean;
}

/** One coordinate of the rigid points around its mean. */
function column(mesh: Float32Array, axis: 0 | 1): Float64Array {
  const values = Float64Array.from(RIGID_POINTS, (i) => mesh[3 * i + axis]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / COUNT;
  return values.map((value) => value - mean);
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * b[i]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function squares(a: Float64Array): number {
  return Math.max(dot(a, a), 1e-12);
}

/** Modified Gram–Schmidt. */
function orthonormal(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of columns) {
    const rest = without(vector, basis);
    const length = Math.sqrt(squares(rest));
    basis.push(rest.map((value) => value / length));
  }
  return basis;
}

function without(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  let rest = vector;
  for (const direction of basis) {
    const share = dot(rest, direction);
    rest = rest.map((value, i) => value - share * direction[i]!);
  }
  return rest;
}
