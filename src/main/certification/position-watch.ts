import type { Clock } from '../../shared/clock.ts';
import type { PositionHint } from '../../shared/ipc/kiosk-guidance.ts';
import type { GuideAnswer } from './ports/face-inference.ts';
import { HOLD_MS, NEUTRAL_FRAMES } from './timing.ts';

export interface PositionWatch {
  reset(): void;
  /** Takes one guidance answer; returns the progress 0..1 towards the start of the challenge. */
  see(answer: GuideAnswer): number;
  countNeutral(): void;
  hint(answer: GuideAnswer): PositionHint | null;
}

/** Follows how long a face has been well placed and how many neutral frames are in. */
export function createPositionWatch(clock: Clock): PositionWatch {
  let readySinceMs: number | null = null;
  let neutral = 0;
  return {
    reset: () => {
      readySinceMs = null;
      neutral = 0;
    },
    see: (answer) => {
      const nowMs = clock.monotonicMs();
      if (!answer.ready) {
        readySinceMs = null;
        return 0;
      }
      readySinceMs ??= nowMs;
      return Math.min(1, (nowMs - readySinceMs) / HOLD_MS, neutral / NEUTRAL_FRAMES);
    },
    countNeutral: () => {
      neutral += 1;
    },
    hint: (answer) => answer.hint ?? (answer.ready ? 'hold-still' : null),
  };
}
