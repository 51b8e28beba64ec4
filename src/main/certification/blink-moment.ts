import type { ChallengeProgress } from '../../shared/domain/challenge.ts';
import type { ClipMoment } from '../../shared/domain/clip.ts';

/** No blink that counts is longer; the watch of actions allows as much. */
const LONGEST_BLINK_MS = 1_000;

/** Learns from a challenge's answers when the blink that it asked for was done. */
export interface BlinkWatch {
  /** How the challenge stands after a frame that was captured at this time. */
  see(progress: ChallengeProgress, capturedAtMs: number): void;
  /** The last one; null before. Its end is exact, its begin not later than the lids began to close. */
  moment(): ClipMoment | null;
}

/** Watches one challenge; a challenge that asks for no blink has no moment. */
export function watchBlink(): BlinkWatch {
  let asked: { readonly index: number; readonly sinceMs: number } | null = null;
  let done: ClipMoment | null = null;
  return {
    see: (progress, capturedAtMs) => {
      if (progress.kind !== 'action') return;
      const { action, index } = progress;
      if (asked && index > asked.index) {
        done = { fromMs: Math.max(asked.sinceMs, capturedAtMs - LONGEST_BLINK_MS), toMs: capturedAtMs };
      }
      if (action !== 'blink') asked = null;
      else if (asked?.index !== index) asked = { index, sinceMs: capturedAtMs };
    },
    moment: () => done,
  };
}
