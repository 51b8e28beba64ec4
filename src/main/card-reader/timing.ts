import { systemClock, type Clock } from '../../shared/clock.ts';

/** Time as the card reader needs it: a clock, and timers that can be cancelled. */
export interface Timing {
  readonly clock: Clock;
  /** Runs `run` once after `ms`; the result cancels it. */
  readonly setTimer: (run: () => void, ms: number) => () => void;
}

export const systemTiming: Timing = {
  clock: systemClock,
  setTimer: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`, or at once when `signal` is aborted. */
export function pause(timing: Timing, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = (): void => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = timing.setTimer(finish, ms);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
