import type { Clock } from '../../src/shared/clock.ts';

/** A clock that moves only when told. */
export interface ManualClock extends Clock {
  /** Moves both clocks. */
  advance(ms: number): void;
  /** Moves the wall clock alone, as somebody who sets it does. */
  setWall(ms: number): void;
}

export function manualClock(startMs: number): ManualClock {
  let wall = startMs;
  let monotonic = 1_000;
  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    advance: (ms) => {
      wall += ms;
      monotonic += ms;
    },
    setWall: (ms) => {
      wall = ms;
    },
  };
}
