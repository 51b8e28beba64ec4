/**
 * Time as a dependency. Wall time is for people and records; monotonic time is for every deadline,
 * because the wall clock of a kiosk can jump.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  wallMs(): number;
  /** Milliseconds on a clock that never goes backwards; only differences have a meaning. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
