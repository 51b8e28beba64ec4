import type { Point } from './simulated-face.ts';

/** Numbers a vertex of a surface. */
export const VERTEX_LENGTH = 8;

/** What stands before the camera at a moment, ready to be drawn: triangles over a photo. */
export interface Surface {
  readonly triangles: Uint16Array;
  readonly vertices: number;
  /**
   * `VERTEX_LENGTH` numbers a vertex: place (x, y, depth, −1 … 1), place in the photo (0–1), the screen's light, how
   * much the vertex looks to where it would mirror the screen (0–1), and what of all light is seen, which is less than
   * 1 in the mouth. The same array is filled again the next time.
   */
  at(timeMs: number): Float32Array;
}

/** A picture plane: its size in pixels and pixels per unit of the angle's tangent. */
export interface PicturePlane {
  readonly width: number;
  readonly height: number;
  readonly focal: number;
}

const NEAREST = 0.15;
const FARTHEST = 3;

/** Where a point is seen, in pixels of the picture: x to the right, y down. */
export function projected([x, y, z]: Point, { width, height, focal }: PicturePlane): [x: number, y: number] {
  return [width / 2 - (focal * x) / z, height / 2 + (focal * y) / z];
}

/** The point that is seen at a pixel from a distance. */
export function seenPoint(x: number, y: number, distance: number, { width, height, focal }: PicturePlane): Point {
  return [((x - width / 2) * distance) / focal, (-(y - height / 2) * distance) / focal, -distance];
}

/** Pixels and metres of depth in the units of a graphics card: −1 … 1, y up, nearest −1. */
export function clipPlace(x: number, y: number, distance: number, { width, height }: PicturePlane): Point {
  const depth = (distance - NEAREST) / (FARTHEST - NEAREST);
  return [(2 * x) / width - 1, 1 - (2 * y) / height, 2 * Math.min(1, Math.max(0, depth)) - 1];
}

/** Turns about the origin: first roll, then pitch, then yaw; see `SimulatedPose` for their signs. */
export function turned([x, y, z]: Point, yaw: number, pitch: number, roll: number): Point {
  const x1 = x * Math.cos(roll) + y * Math.sin(roll);
  const y1 = y * Math.cos(roll) - x * Math.sin(roll);
  const y2 = y1 * Math.cos(pitch) - z * Math.sin(pitch);
  const z2 = y1 * Math.sin(pitch) + z * Math.cos(pitch);
  return [x1 * Math.cos(yaw) + z2 * Math.sin(yaw), y2, z2 * Math.cos(yaw) - x1 * Math.sin(yaw)];
}
