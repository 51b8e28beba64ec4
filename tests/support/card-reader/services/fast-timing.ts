import type { Timing } from '../../../../src/main/card-reader/timing.ts';

/** Real time, but so many times as fast: waits of seconds pass in a fraction over real sockets. */
export function fastTiming(times: number): Timing {
  return {
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() * times },
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms / times);
      return () => clearTimeout(timer);
    },
  };
}
