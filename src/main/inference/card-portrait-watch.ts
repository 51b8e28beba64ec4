import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { Frame } from './frame.ts';

/** Good pictures in a row, of a card that is held still, before its portrait is taken. */
export const STEADY_SIGHTS = 3;
/** A face that moved or grew by more than this share of its height since the last picture was not held still. */
const MOST_MOVED = 0.12;

interface Sight {
  readonly face: PixelBox;
  readonly sharpness: number;
  /** Owned by the watch from here on. */
  readonly portrait: Frame;
}

/** Waits until several pictures of a card agree, and keeps the sharpest of them. */
export interface CardPortraitWatch {
  /** Null for a picture that wasn't good. Gives the portrait with the last of the pictures that are needed. */
  see(sight: Sight | null): { readonly progress: number; readonly portrait: Frame | null };
  /** Zeroes and drops what was kept. */
  wipe(): void;
}

/**
 * `progress` counts in steps of `STEADY_SIGHTS` up to 1. The portrait that is given is the caller's; all others are
 * zeroed here.
 */
export function createCardPortraitWatch(): CardPortraitWatch {
  let count = 0;
  let last: PixelBox | null = null;
  let best: Sight | null = null;

  const wipe = (): void => {
    best?.portrait.rgb.fill(0);
    best = null;
    last = null;
    count = 0;
  };
  return {
    wipe,
    see: (sight) => {
      if (!sight || (last && !isSteady(last, sight.face))) wipe();
      if (!sight) return { progress: 0, portrait: null };
      last = sight.face;
      count++;
      if (!best || sight.sharpness > best.sharpness) {
        best?.portrait.rgb.fill(0);
        best = sight;
      } else sight.portrait.rgb.fill(0);
      if (count < STEADY_SIGHTS) return { progress: count / STEADY_SIGHTS, portrait: null };
      const { portrait } = best;
      best = null;
      wipe();
      return { progress: 1, portrait };
    },
  };
}

function isSteady(before: PixelBox, now: PixelBox): boolean {
  const moved = Math.hypot(
    before.x + before.width / 2 - now.x - now.width / 2,
    before.y + before.height / 2 - now.y - now.height / 2,
  );
  return Math.max(moved, Math.abs(before.height - now.height)) <= MOST_MOVED * before.height;
}
