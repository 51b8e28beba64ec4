import { distanceBetween } from '../outline/homography.ts';
import type { Point, Quad } from '../contract.ts';

/** A card whose corners stay within this share of its width is held still. */
const STILL = 0.012;
/** A movement of this share of the width is followed at once; smaller ones are the finder's own unrest. */
const FOLLOWED_AT_ONCE = 0.02;
const LEAST_FOLLOWED = 0.35;

/** One card from picture to picture. */
export interface FollowedOutline {
  /** @param quad as it was found; its corners may begin anywhere. */
  see(quad: Quad, capturedAtMs: number): OutlineState;
  forget(): void;
}

export interface OutlineState {
  /** For drawing: quiet, yet not behind. */
  readonly shown: Quad;
  /** How far the corner that went furthest went since the last picture, as a share of the card's width; 0 at first. */
  readonly moved: number;
  /** How long all corners have been within one place. */
  readonly stillMs: number;
}

/**
 * Follows one card through pictures of one size that come in their order; `forget` when it has left. A card's width is
 * the longer of two neighbouring sides.
 */
export function createFollowedOutline(): FollowedOutline {
  let last: Quad | null = null;
  let shown: Quad | null = null;
  let anchor: { readonly quad: Quad; readonly sinceMs: number } | null = null;
  return {
    forget: () => {
      last = null;
      shown = null;
      anchor = null;
    },
    see: (found, capturedAtMs) => {
      const quad = last ? sameOrder(found, last) : found;
      const width = Math.max(distanceBetween(quad[0], quad[1]), distanceBetween(quad[1], quad[2]));
      const moved = last ? furthest(quad, last) / width : 0;
      last = quad;
      const drift = shown ? furthest(quad, shown) / width : Infinity;
      const follow = Math.min(1, LEAST_FOLLOWED + (1 - LEAST_FOLLOWED) * (drift / FOLLOWED_AT_ONCE));
      shown = shown ? between(shown, quad, follow) : quad;
      if (!anchor || furthest(quad, anchor.quad) > STILL * width) anchor = { quad, sinceMs: capturedAtMs };
      return { shown, moved, stillMs: capturedAtMs - anchor.sinceMs };
    },
  };
}

/** The corners in the order that is nearest to another one: turning a card past 45° must not look like a jump. */
function sameOrder(quad: Quad, other: Quad): Quad {
  let best = quad;
  for (let first = 1; first < 4; first++) {
    const rotated: Quad = [quad[first]!, quad[(first + 1) % 4]!, quad[(first + 2) % 4]!, quad[(first + 3) % 4]!];
    if (furthest(rotated, other) < furthest(best, other)) best = rotated;
  }
  return best;
}

function furthest(a: Quad, b: Quad): number {
  return Math.max(...a.map((point, i) => distanceBetween(point, b[i]!)));
}

function between(from: Quad, to: Quad, share: number): Quad {
  const point = (i: 0 | 1 | 2 | 3): Point => [
    from[i][0] + (to[i][0] - from[i][0]) * share,
    from[i][1] + (to[i][1] - from[i][1]) * share,
  ];
  return [point(0), point(1), point(2), point(3)];
}
