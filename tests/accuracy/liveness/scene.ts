import type { Texture } from './texture.ts';
import type { Matrix3, Vector3 } from './vector.ts';

/** What a screen sends out by itself: `steady`, plus `driven` times a light that changes. Same size as the texture. */
export interface Emission {
  readonly steady: Texture;
  readonly driven: Texture;
}

/** How a surface takes light. Colours are of the camera's channels. */
export interface Material {
  readonly texture: Texture;
  /** Factor on the texture. */
  readonly gain: Vector3;
  /** Share of the screen's light that comes out elsewhere than it went in. */
  readonly scatter: Vector3;
  /** Strength of the mirror image. */
  readonly gloss: number;
  readonly sharpness: number;
  readonly emission: Emission | null;
}

/** A surface in the axes of its subject (metres; x to the viewer's right, y up, z towards the camera). */
export interface Part {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly triangles: Uint16Array;
  /** Place in the texture for each vertex, pixels. */
  readonly uv: Float32Array;
  readonly neighbours: readonly Uint16Array[] | null;
  readonly unshade: Float32Array | null;
  readonly material: Material;
}

/** Whatever stands in front of the camera. */
export interface Subject {
  readonly parts: readonly Part[];
  /** The face mesh's points on it. */
  readonly points: Float32Array;
  /** Depth that a mesh model believes in, metres towards the camera; null where it is the points' own. */
  readonly relief: Float32Array | null;
  /** Eye centres for glints; null where nothing mirrors like an eye. */
  readonly eyes: readonly [Vector3, Vector3] | null;
}

export interface Pose {
  readonly turn: Matrix3;
  readonly move: Vector3;
}

export const SKIN_SCATTER: Vector3 = [0.22, 0.12, 0.07];
export const NO_SCATTER: Vector3 = [0, 0, 0];

/** A grid of `columns × rows` vertices and its triangles; `place` gives a vertex for shares of both sides, 0–1. */
export function gridOf(
  columns: number,
  rows: number,
  place: (across: number, down: number) => Vector3,
): { readonly positions: Float32Array; readonly triangles: Uint16Array } {
  const positions = new Float32Array(3 * columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      positions.set(place(column / (columns - 1), row / (rows - 1)), 3 * (row * columns + column));
    }
  }
  const triangles: number[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      triangles.push(at, at + columns, at + 1, at + 1, at + columns, at + columns + 1);
    }
  }
  return { positions, triangles: Uint16Array.from(triangles) };
}
