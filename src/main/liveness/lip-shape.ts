import type { LipSample } from './lip-sync.ts';

/** Points of the canonical face mesh: pairs of the upper and the lower lip's inner edge. */
const INNER_LIPS = [
  [13, 14],
  [81, 178],
  [311, 402],
] as const;
const MOUTH_CORNERS = [61, 291] as const;
const OUTER_EYE_CORNERS = [33, 263] as const;

/** The mouth's gap and width in distances of the outer eye corners, from a mesh of 468 points `x, y, z`. */
export function lipsOf(mesh: Float32Array): Pick<LipSample, 'gap' | 'width'> {
  const distance = ([a, b]: readonly [number, number]): number =>
    Math.hypot(mesh[3 * a]! - mesh[3 * b]!, mesh[3 * a + 1]! - mesh[3 * b + 1]!);
  const unit = Math.max(1, distance(OUTER_EYE_CORNERS));
  const gap = INNER_LIPS.reduce((sum, pair) => sum + distance(pair), 0) / INNER_LIPS.length;
  return { gap: gap / unit, width: distance(MOUTH_CORNERS) / unit };
}
