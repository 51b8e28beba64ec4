import { beforeEach, expect, it } from 'vitest';
import { createMachineClock, HOLDING_JUMP_MS } from '../../../src/main/composition/machine-clock.ts';
import { ok } from '../../../src/shared/result.ts';

const HOUR_MS = 3_600_000;
let wallMs = 0;
let monotonicMs = 0;
let noted: unknown[] = [];
let offsetMs: number | null = null;

function clockWith(newestAtMs: number | null = null) {
  const machineClock = createMachineClock({
    clock: { wallMs: () => wallMs, monotonicMs: () => monotonicMs },
    startTimer: () => () => undefined,
    audit: {
      append: (kind, detail) => {
        noted.push([kind, detail]);
        return ok(null);
      },
    },
    newestEntryAtMs: () => ok(newestAtMs),
    verifierOffsetMs: () => offsetMs,
    log: () => undefined,
  });
  machineClock.start();
  return machineClock;
}

function pass(ms: number): void {
  wallMs += ms;
  monotonicMs += ms;
}

beforeEach(() => {
  wallMs = 1_764_000_000_000;
  monotonicMs = 0;
  noted = [];
  offsetMs = null;
});

it('says nothing while both clocks go together', () => {
  const watch = clockWith(wallMs - 1_000);
  pass(100 * HOUR_MS);
  expect(watch.state()).toEqual({ jump: null, holding: false });
  expect(noted).toEqual([]);
});

it('tells of a clock that was set back, and goes on erasing: nothing is due early', () => {
  const watch = clockWith();
  wallMs -= 72 * HOUR_MS;
  expect(watch.state()).toEqual({ jump: { byMs: -72 * HOUR_MS, atMs: wallMs }, holding: false });
  expect(watch.mayErase()).toBe(true);
  expect(noted).toEqual([['clock.jumped', { byMs: -72 * HOUR_MS }]]);
});

it('holds erasing back after 72 hours in one step, until somebody says that the time is right', () => {
  const watch = clockWith();
  wallMs += 72 * HOUR_MS;
  expect(watch.mayErase()).toBe(false);
  pass(HOUR_MS);
  expect(watch.mayErase()).toBe(false);
  expect(watch.confirm()).toEqual(ok(null));
  expect(watch.mayErase()).toBe(true);
  expect(watch.state().jump).toBe(null);
});

it('goes on by itself when the verifier has the same time', () => {
  const watch = clockWith();
  wallMs += HOLDING_JUMP_MS;
  expect(watch.mayErase()).toBe(false);
  offsetMs = -72 * HOUR_MS;
  expect(watch.mayErase()).toBe(false);
  offsetMs = 1_200;
  expect(watch.mayErase()).toBe(true);
});

it('takes sleep for what it is', () => {
  const watch = clockWith();
  wallMs += 9 * HOUR_MS;
  watch.resumed();
  expect(watch.state()).toEqual({ jump: null, holding: false });
});

it('notices at the start that the clock was set back while the program was off', () => {
  expect(clockWith(wallMs + HOUR_MS).state().jump?.byMs).toBe(-HOUR_MS);
});
