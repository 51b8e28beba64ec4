import type { Clock } from '../../shared/clock.ts';

/** A test is over after this, whatever the page does; it asks again while somebody watches it. */
const TEST_MS = 20_000;

/** Lets the admin page listen while its microphone test runs, and at no other time. */
export interface MicrophoneTest {
  /** Begins or goes on, or ends; for how long the page may listen now. */
  set(on: boolean): number;
  runs(): boolean;
}

/** Off at first; measured on the monotonic clock. */
export function createMicrophoneTest(clock: Clock): MicrophoneTest {
  let untilMs = Number.NEGATIVE_INFINITY;
  return {
    set: (on) => {
      untilMs = on ? clock.monotonicMs() + TEST_MS : Number.NEGATIVE_INFINITY;
      return on ? TEST_MS : 0;
    },
    runs: () => clock.monotonicMs() < untilMs,
  };
}
