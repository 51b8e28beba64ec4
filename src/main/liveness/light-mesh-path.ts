import { CANONICAL_POINTS } from '../../shared/domain/canonical-face.ts';
import type { PixelBox } from '../../shared/domain/liveness.ts';

/** A face's mesh at one time. */
export interface TimedMesh {
  readonly timeMs: number;
  /** x, y, z a point, pixels. */
  readonly points: Float32Array;
}

/** A mesh says where the face is for this long; further away nobody knows. */
export const MESH_HOLD_MS = 200;

/** Whether a mesh has all its points, as numbers. */
export function isWholeMesh(points: Float32Array): boolean {
  return points.length === 3 * CANONICAL_POINTS && points.every(Number.isFinite);
}

/**
 * The mesh at a time between two others, or near to one; null further than `MESH_HOLD_MS` from both. Between two
 * that are not more than twice that apart the face is taken to move evenly.
 */
export function meshAt(timeMs: number, before: TimedMesh | null, after: TimedMesh | null): Float32Array | null {
  if (before && after && after.timeMs > before.timeMs && after.timeMs - before.timeMs <= 2 * MESH_HOLD_MS) {
    const share = Math.min(1, Math.max(0, (timeMs - before.timeMs) / (after.timeMs - before.timeMs)));
    return before.points.map((value, i) => value + share * (after.points[i]! - value));
  }
  if (before && timeMs - before.timeMs <= MESH_HOLD_MS) return before.points;
  return after && after.timeMs - timeMs <= MESH_HOLD_MS ? after.points : null;
}

/** Middle of a mesh and its extent from left to right, pixels. */
export interface MeshPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** @param points x, y, z one after the other, pixels. */
export function placeOf(points: Float32Array): MeshPlace {
  let [x, y, left, right] = [0, 0, Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 3) {
    x += points[at]!;
    y += points[at + 1]!;
    left = Math.min(left, points[at]!);
    right = Math.max(right, points[at]!);
  }
  return { x: (3 * x) / points.length, y: (3 * y) / points.length, width: Math.max(right - left, 1) };
}

/** The face's box moved and scaled as its mesh has since the box was measured. */
export function movedBox(box: PixelBox, first: MeshPlace, now: MeshPlace): PixelBox {
  const scale = now.width / first.width;
  return {
    x: now.x + scale * (box.x - first.x),
    y: now.y + scale * (box.y - first.y),
    width: scale * box.width,
    height: scale * box.height,
  };
}

/** How far the middle is from where it was, as a share of the face's width. */
export function distanceMoved(first: MeshPlace, now: MeshPlace): number {
  return Math.hypot(now.x - first.x, now.y - first.y) / first.width;
}
