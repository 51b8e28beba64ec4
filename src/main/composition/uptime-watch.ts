import type { Clock } from '../../shared/clock.ts';
import { UPTIME_PARTS } from '../../shared/domain/report.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { PartStates, UptimeRows } from '../store/uptime-rows.ts';

/** How soon a change is written down. */
export const LOOK_EVERY_MS = 5_000;
/** A pulled plug is known to within this. */
export const SIGN_EVERY_MS = 60_000;
/** Wall time that runs away from the monotonic clock by more was set, or the machine slept. */
const SET_CLOCK_MS = 10_000;

export interface UptimeWatchParts {
  readonly rows: UptimeRows;
  readonly clock: Clock;
  readonly states: () => PartStates;
  /** @returns how to end it */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  readonly log: (event: string, failure?: Failure) => void;
}

/** Writes down when which part of the terminal works, at every change and as a sign of life in between. */
export function createUptimeWatch(parts: UptimeWatchParts): { start(): void; stop(): void } {
  const { rows, clock, log } = parts;
  let shown: PartStates | null = null;
  let lastLook = { wallMs: 0, monotonicMs: 0 };
  let lastSignMs = 0;
  let cancel: (() => void) | null = null;
  let isFailing = false;

  function wrote(result: Result<null, Failure>): boolean {
    if (!result.ok && !isFailing) log('uptime', result.error);
    isFailing = !result.ok;
    return result.ok;
  }

  function open(states: PartStates, wallMs: number): void {
    // Where it couldn't be written, the next look tries again.
    shown = wrote(rows.open(states, wallMs)) ? states : null;
  }

  function look(): void {
    const now = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
    const expectedMs = lastLook.wallMs + (now.monotonicMs - lastLook.monotonicMs);
    const wasSet = Math.abs(now.wallMs - expectedMs) > SET_CLOCK_MS;
    const states = parts.states();
    lastLook = now;
    if (shown === null) open(states, now.wallMs);
    else if (wasSet) {
      if (expectedMs < now.wallMs) wrote(rows.extend(expectedMs));
      open(states, now.wallMs);
    } else if (UPTIME_PARTS.some((part) => states[part] !== shown?.[part])) {
      wrote(rows.extend(now.wallMs));
      open(states, now.wallMs);
    } else if (now.monotonicMs - lastSignMs >= SIGN_EVERY_MS) wrote(rows.extend(now.wallMs));
    else return;
    lastSignMs = now.monotonicMs;
  }

  function repeat(): void {
    look();
    cancel = parts.startTimer(repeat, LOOK_EVERY_MS);
  }

  return {
    start: () => {
      lastLook = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
      wrote(rows.begin(lastLook.wallMs));
      repeat();
    },
    stop: () => {
      cancel?.();
      cancel = null;
      if (shown !== null) wrote(rows.end(clock.wallMs()));
      shown = null;
    },
  };
}
