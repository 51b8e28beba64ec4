import { ATTRIBUTES } from './gbuffer.ts';
import type { Vector3 } from './vector.ts';

/** A flat light source as points with an area each, in metres; it faces −z. */
export interface ScreenPatches {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Lit area of each, m². */
  readonly area: number;
  readonly z: number;
  /** Of a white field, cd/m². */
  readonly luminance: number;
}

/** Ambient light by spherical harmonics of order 1: `lux · (1 + n · direction)`, never below an eighth. */
export interface AmbientLight {
  readonly lux: number;
  readonly direction: Vector3;
}

export interface Lighting {
  readonly screen: ScreenPatches;
  readonly ambient: AmbientLight;
}

/** Points of a surface and how it takes light. */
export interface LitSurface {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** Blinn's exponent of the mirror image. */
  readonly sharpness: number;
  /** For each vertex `count`, then the neighbours' indices; null for surfaces that scatter nothing. */
  readonly neighbours: readonly Uint16Array[] | null;
  /** Factor on both lights at each vertex: takes out the shading that a photo already had. */
  readonly unshade: Float32Array | null;
}

const SCATTER_ROUNDS = 3;

/** A screen of `columns × rows` patches whose upper edge is `below` the camera's axis. */
export function screenPatches(
  size: { readonly width: number; readonly height: number; readonly below: number },
  distance: number,
  lit: { readonly share: number; readonly luminance: number },
): ScreenPatches {
  const columns = 4;
  const rows = 3;
  const x = new Float64Array(columns * rows);
  const y = new Float64Array(columns * rows);
  for (let i = 0; i < columns * rows; i++) {
    x[i] = (((i % columns) + 0.5) / columns - 0.5) * size.width;
    y[i] = -size.below - ((Math.floor(i / columns) + 0.5) / rows) * size.height;
  }
  const area = (size.width * size.height * lit.share) / (columns * rows);
  return { x, y, area, z: distance, luminance: lit.luminance };
}

/** Light of the white screen that falls on a small plane, lux; seen head-on. */
export function luxAt(screen: ScreenPatches, distance: number): number {
  const solid = screen.area * screen.x.length;
  return (0.8 * screen.luminance * solid) / (distance * distance);
}

/** Writes the light on every vertex into `values` (see `ATTRIBUTES`); `u` and `v` are left alone. */
export function lightSurface(surface: LitSurface, { screen, ambient }: Lighting, values: Float32Array): void {
  const { positions, normals, sharpness, unshade } = surface;
  const count = positions.length / 3;
  const gloss = (sharpness + 8) / (8 * Math.PI);
  // Outside of this the mirror image is below a thousandth of its peak.
  const leastHalf = Math.exp(-6.9 / sharpness);
  for (let i = 0; i < count; i++) {
    const [px, py, pz] = [positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!];
    const [nx, ny, nz] = [normals[3 * i]!, normals[3 * i + 1]!, normals[3 * i + 2]!];
    const factor = unshade?.[i] ?? 1;
    // Towards the camera, which is at the origin of the screen's plane.
    const vLength = Math.hypot(px, py, screen.z - pz);
    const [vx, vy, vz] = [-px / vLength, -py / vLength, (screen.z - pz) / vLength];
    let diffuse = 0;
    let mirrored = 0;
    for (let k = 0; k < screen.x.length; k++) {
      const lx = screen.x[k]! - px;
      const ly = screen.y[k]! - py;
      const lz = screen.z - pz;
      const r2 = lx * lx + ly * ly + lz * lz;
      const r = Math.sqrt(r2);
      const facing = (nx * lx + ny * ly + nz * lz) / r;
      if (facing <= 0) continue;
      const light = ((facing * lz) / r / r2) * screen.area;
      diffuse += light;
      const hx = lx / r + vx;
      const hy = ly / r + vy;
      const hz = lz / r + vz;
      const half = (nx * hx + ny * hy + nz * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz);
      if (half > leastHalf) mirrored += light * half ** sharpness;
    }
    const { direction: d } = ambient;
    const at = ATTRIBUTES * i;
    values[at + 2] = factor * ambient.lux * Math.max(0.12, 1 + nx * d[0] + ny * d[1] + nz * d[2]);
    values[at + 3] = factor * screen.luminance * diffuse;
    values[at + 5] = screen.luminance * mirrored * gloss;
  }
  scatter(values, count, surface.neighbours);
}

/** The scattered light is the sharp one averaged over neighbouring points, a few times. */
function scatter(values: Float32Array, count: number, neighbours: readonly Uint16Array[] | null): void {
  for (let i = 0; i < count; i++) values[ATTRIBUTES * i + 4] = values[ATTRIBUTES * i + 3]!;
  if (!neighbours) return;
  const next = new Float32Array(count);
  for (let round = 0; round < SCATTER_ROUNDS; round++) {
    for (let i = 0; i < count; i++) {
      const near = neighbours[i]!;
      let sum = 2 * values[ATTRIBUTES * i + 4]!;
      for (const j of near) sum += values[ATTRIBUTES * j + 4]!;
      next[i] = sum / (near.length + 2);
    }
    for (let i = 0; i < count; i++) values[ATTRIBUTES * i + 4] = next[i]!;
  }
}

/** The vertices that share an edge with each. */
export function neighboursOf(count: number, triangles: Uint16Array): Uint16Array[] {
  const sets = Array.from({ length: count }, () => new Set<number>());
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
    for (const a of corners) for (const b of corners) if (a !== b) sets[a]!.add(b);
  }
  return sets.map((set) => Uint16Array.from(set));
}
