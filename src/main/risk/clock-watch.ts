import type { Clock } from '../../shared/clock.ts';

/** Differences of less are the two clocks' own. */
const NOTICEABLE_MS = 2_000;
/** A jump is held against certifications for this long. */
const REMEMBERED_MS = 24 * 3_600_000;
/** Windows reach back further by what the clock jumped, but not by more: a wrong clock at the start may be years off. */
const MOST_SHIFT_MS = 48 * 3_600_000;

/** Compares the wall clock with the monotonic one. Restarts are not seen by this, so records have to tell of those. */
export interface ClockWatch {
  /** Looks at both clocks; called before anything that counts by time. */
  observe(): void;
  /** How far the wall clock was moved lately, in either direction and in sum, in milliseconds. */
  movedMs(): number;
  /** By how much the wall clock was moved forward on balance, bounded: windows of time reach back by as much more. */
  shiftMs(): number;
  /** The machine has slept: the wall clock has a cause to be ahead of the monotonic one. */
  excuse(): void;
}

/** Takes both clocks as right at this moment: only what is moved from now on is seen. */
export function createClockWatch(clock: Clock): ClockWatch {
  let last = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  let jumps: readonly { readonly byMs: number; readonly atMs: number }[] = [];

  function differenceMs(): number {
    return clock.wallMs() - last.wallMs - (clock.monotonicMs() - last.monotonicMs);
  }

  function settle(): void {
    last = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  }

  return {
    observe: () => {
      const byMs = differenceMs();
      const atMs = clock.monotonicMs();
      jumps = jumps.filter((jump) => atMs - jump.atMs <= REMEMBERED_MS);
      // What is too small to notice is left to add up: a clock can be moved in small steps too.
      if (Math.abs(byMs) < NOTICEABLE_MS) return;
      jumps = [...jumps, { byMs, atMs }];
      settle();
    },
    movedMs: () => jumps.reduce((sum, { byMs }) => sum + Math.abs(byMs), 0),
    shiftMs: () =>
      Math.min(
        MOST_SHIFT_MS,
        Math.max(
          0,
          jumps.reduce((sum, { byMs }) => sum + byMs, 0),
        ),
      ),
    excuse: settle,
  };
}
