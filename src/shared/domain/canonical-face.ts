import { TRIANGLE_TABLE, VERTEX_TABLE } from './canonical-face-table.ts';

/** Points of the canonical face mesh; index by index the same points as a face mesh model's 468 landmarks. */
export const CANONICAL_POINTS = 468;

/**
 * Points of the canonical face as x, y, z in centimetres: x to the right of who looks at the face (the person's own
 * left), y up, z towards who looks.
 */
export const CANONICAL_VERTICES: Float32Array = Float32Array.from(VERTEX_TABLE, (value) => value / 1_000);

/** Three indices of points a triangle, counter-clockwise seen from outside. The eyes and the mouth are closed skin. */
export const CANONICAL_TRIANGLES: Uint16Array = Uint16Array.from(TRIANGLE_TABLE);

/**
 * Unit normals of a mesh's points, outwards: the mean of the triangles' normals around each, weighted by their areas.
 * A point that no triangle uses has the normal 0, 0, 0.
 *
 * @param vertices x, y, z a point, in the axes of `CANONICAL_VERTICES`.
 */
export function vertexNormals(
  vertices: Float32Array,
  triangles: Uint16Array = CANONICAL_TRIANGLES,
): Float32Array<ArrayBuffer> {
  const normals = new Float32Array(vertices.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t]!, 3 * triangles[t + 1]!, 3 * triangles[t + 2]!];
    const side = (axis: number, to: number): number => vertices[to + axis]! - vertices[a + axis]!;
    const [ux, uy, uz] = [side(0, b), side(1, b), side(2, b)];
    const [vx, vy, vz] = [side(0, c), side(1, c), side(2, c)];
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    for (const point of [a, b, c]) for (let axis = 0; axis < 3; axis++) normals[point + axis]! += normal[axis]!;
  }
  for (let at = 0; at < normals.length; at += 3) {
    const length = Math.hypot(normals[at]!, normals[at + 1]!, normals[at + 2]!);
    if (length > 0) for (let axis = 0; axis < 3; axis++) normals[at + axis]! /= length;
  }
  return normals;
}

/** Unit normals of `CANONICAL_VERTICES`, in the same axes: a forehead looks towards +z, a nose's tip too. */
export const CANONICAL_NORMALS: Float32Array = vertexNormals(CANONICAL_VERTICES);
