import type { FaceBox } from '../../shared/ipc/kiosk-guidance.ts';

/** Where the face is now, between one answer of the guidance and the next. */
export interface BoxTracker {
  /** Takes an answer: where the face was at `capturedAtMs` (`performance.now()` clock), or that there was none. */
  see(box: FaceBox | null, capturedAtMs: number): void;
  /** The place to draw at `nowMs`, for every frame of the display; null when the face has been gone for a while. */
  at(nowMs: number): FaceBox | null;
}

/** The drawing closes in on the predicted place with this time constant: quick, yet without the detector's jitter. */
const CLOSES_IN_MS = 70;
/** A movement is followed no further ahead than this: two answers at ten a second. */
const FARTHEST_AHEAD_MS = 200;
/** Share of a newly measured speed in the one that is followed: a detector's jitter mostly cancels, a walk adds up. */
const NEW_SPEED = 0.3;
/** One or two answers without a face are a blink of the detector. */
const FORGOTTEN_AFTER_MS = 400;

const SIDES = ['x', 'y', 'width', 'height'] as const;

function mapped(make: (side: (typeof SIDES)[number]) => number): FaceBox {
  return { x: make('x'), y: make('y'), width: make('width'), height: make('height') };
}

/** Predicts from the last two answers and smooths exponentially. */
export function createBoxTracker(): BoxTracker {
  let last: { readonly box: FaceBox; readonly atMs: number } | null = null;
  /** Per millisecond. */
  let speed = mapped(() => 0);
  let drawn: { readonly box: FaceBox; readonly atMs: number } | null = null;

  const forget = (): null => {
    last = drawn = null;
    return null;
  };
  return {
    see: (box, capturedAtMs) => {
      if (!box) return;
      const before = last;
      const sinceMs = before ? capturedAtMs - before.atMs : 0;
      if (before && sinceMs <= 0) return;
      const known = before !== null && sinceMs <= FORGOTTEN_AFTER_MS;
      const was = speed;
      speed = mapped((side) =>
        known ? was[side] + NEW_SPEED * ((box[side] - before.box[side]) / sinceMs - was[side]) : 0,
      );
      last = { box, atMs: capturedAtMs };
    },
    at: (nowMs) => {
      if (!last || nowMs - last.atMs > FORGOTTEN_AFTER_MS) return forget();
      const { box, atMs } = last;
      const aheadMs = Math.min(FARTHEST_AHEAD_MS, Math.max(0, nowMs - atMs));
      const target = mapped((side) => box[side] + speed[side] * aheadMs);
      const from = drawn;
      const share = from ? 1 - Math.exp(-Math.max(0, nowMs - from.atMs) / CLOSES_IN_MS) : 1;
      const place = from ? mapped((side) => from.box[side] + share * (target[side] - from.box[side])) : target;
      drawn = { box: place, atMs: nowMs };
      return place;
    },
  };
}
