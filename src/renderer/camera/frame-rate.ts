/** What `requestVideoFrameCallback` tells of a frame, as far as its rate goes. */
export interface PresentedFrame {
  readonly nowMs: number;
  /** Counts every frame that was handed to the page, seen or not. */
  readonly presented: number;
}

export interface FrameRate {
  /** Frames a second over the last seconds; null before two frames. */
  readonly perSecond: number | null;
  /** Frames that came and weren't shown, since the beginning. */
  readonly dropped: number;
}

const WINDOW_MS = 2_000;

/** Counts what a camera really delivers. */
export function createFrameRate(): { readonly see: (frame: PresentedFrame) => void; readonly now: () => FrameRate } {
  let seen: PresentedFrame[] = [];
  let dropped = 0;
  return {
    see: (frame) => {
      const before = seen.at(-1);
      if (before) dropped += Math.max(0, frame.presented - before.presented - 1);
      seen = [...seen.filter(({ nowMs }) => frame.nowMs - nowMs <= WINDOW_MS), frame];
    },
    now: () => {
      const [first] = seen;
      const last = seen.at(-1);
      if (!first || !last || last.nowMs <= first.nowMs) return { perSecond: null, dropped };
      const frames = last.presented - first.presented;
      return { perSecond: (frames * 1_000) / (last.nowMs - first.nowMs), dropped };
    },
  };
}
