import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUptimeWatch, LOOK_EVERY_MS, SIGN_EVERY_MS } from '../../../src/main/composition/uptime-watch.ts';
import { partStates } from '../../../src/main/composition/part-states.ts';
import { createUptimeRows, readUptime, type PartStates } from '../../../src/main/store/uptime-rows.ts';
import type { UptimePart } from '../../../src/shared/domain/report.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 1, 8);
const WORKING: PartStates = { terminal: 'up', reader: 'up', camera: 'unknown', inference: 'up', verifier: 'up' };

let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;
let wallMs: number;
let monotonicMs: number;
let states: PartStates;
let pending: (() => void) | null;
beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path);
  [wallMs, monotonicMs, states, pending] = [START, 0, WORKING, null];
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

function watch() {
  return createUptimeWatch({
    rows: createUptimeRows(store.database),
    clock: { wallMs: () => wallMs, monotonicMs: () => monotonicMs },
    states: () => states,
    startTimer: (run) => {
      pending = run;
      return () => (pending = null);
    },
    log: (event, why) => {
      throw new Error(`${event} ${why?.code}`);
    },
  });
}

/** Lets time run as long as that, looking as often as the program does. */
function run(lastsMs: number): void {
  for (let passed = 0; passed < lastsMs; passed += LOOK_EVERY_MS) {
    wallMs += LOOK_EVERY_MS;
    monotonicMs += LOOK_EVERY_MS;
    pending?.();
  }
}

function minutes(part: UptimePart, fromMs = START, toMs = wallMs) {
  const found = expectOk(readUptime(store.database, { fromMs, toMs })).find((one) => one.part === part)!;
  const { upMs, downMs, unknownMs, failures } = found;
  return [upMs / MINUTE, downMs / MINUTE, unknownMs / MINUTE, failures];
}

describe('uptime', () => {
  it('knows what worked, what didn’t and what nobody heard of, and the three add up', () => {
    const program = watch();
    program.start();
    run(10 * MINUTE);
    states = { ...WORKING, reader: 'down' };
    run(5 * MINUTE);
    states = WORKING;
    run(5 * MINUTE);
    program.stop();
    expect([minutes('terminal'), minutes('camera')]).toEqual([
      [20, 0, 0, 0],
      [0, 0, 20, 0],
    ]);
    const [up, down, unknown, failures] = minutes('reader');
    expect([Math.round(up!), Math.round(down!), unknown, failures]).toEqual([15, 5, 0, 1]);
  });

  it('takes a pulled plug for down from the last sign of life, and only what was watched', () => {
    watch().start();
    run(10 * MINUTE);
    wallMs += 3 * 60 * MINUTE;
    monotonicMs = 0;
    const again = watch();
    again.start();
    run(10 * MINUTE);
    again.stop();
    const [up, down, unknown, failures] = minutes('terminal');
    expect([up! + down! + unknown!, unknown, failures]).toEqual([200, 0, 1]);
    expect(down).toBeGreaterThanOrEqual(180);
    expect(down).toBeLessThanOrEqual(180 + SIGN_EVERY_MS / MINUTE);
    expect(minutes('camera')).toEqual([0, 0, 200, 0]);
  });

  it('takes an orderly end for unknown, and a sleep too', () => {
    const program = watch();
    program.start();
    run(10 * MINUTE);
    program.stop();
    wallMs += 60 * MINUTE;
    const again = watch();
    again.start();
    run(10 * MINUTE);
    // The monotonic clock stands still while the machine sleeps.
    wallMs += 30 * MINUTE;
    run(10 * MINUTE);
    again.stop();
    expect(minutes('terminal').map((value) => Math.round(value))).toEqual([30, 0, 90, 0]);
  });

  it('counts no minute twice when the clock is set back', () => {
    const program = watch();
    program.start();
    run(60 * MINUTE);
    wallMs -= 30 * MINUTE;
    states = { ...WORKING, verifier: 'down' };
    run(60 * MINUTE);
    program.stop();
    expect(minutes('terminal').map((value) => Math.round(value))).toEqual([90, 0, 0, 0]);
    expect(minutes('verifier').map((value) => Math.round(value))).toEqual([30, 60, 0, 1]);
  });

  it('is cut to the span that is asked for', () => {
    const program = watch();
    program.start();
    run(60 * MINUTE);
    program.stop();
    expect(minutes('reader', START + 10 * MINUTE, START + 30 * MINUTE)).toEqual([20, 0, 0, 0]);
    expect(minutes('reader', START - 30 * MINUTE, START)).toEqual([0, 0, 30, 0]);
  });
});

describe('what a part is known to be', () => {
  const status = {
    address: 'https://verifier.example',
    enrolled: true,
    deviceId: null,
    serverKeyFingerprint: null,
    unsent: 0,
    lastSyncAtMs: START,
    lastFailure: null,
  };
  const camera = { type: 'failed', code: 'camera.lost' } as const;
  const well = {
    reader: () => ({ state: 'ready' as const }),
    camera: () => null,
    inference: () => 'ready' as const,
    verifier: () => ok(status),
    nowMs: () => START + MINUTE,
  };

  it('is unknown where nothing is set up or was heard', () => {
    expect(partStates(well)).toEqual({ ...WORKING, camera: 'unknown' });
    expect(
      partStates({
        ...well,
        reader: () => ({ state: 'off' }),
        inference: () => 'loading',
        verifier: () => ok({ ...status, enrolled: false }),
      }),
    ).toEqual({ terminal: 'up', reader: 'unknown', camera: 'unknown', inference: 'unknown', verifier: 'unknown' });
    expect(partStates({ ...well, nowMs: () => START + 60 * MINUTE }).verifier).toBe('unknown');
    expect(partStates({ ...well, verifier: () => err(failure('store.unavailable')) }).verifier).toBe('unknown');
  });

  it('is down where it says so itself', () => {
    expect(
      partStates({
        ...well,
        reader: () => ({ state: 'missing' }),
        camera: () => camera,
        inference: () => failure('inference.crashed'),
        verifier: () => ok({ ...status, lastFailure: failure('verifier.unreachable') }),
      }),
    ).toEqual({ terminal: 'up', reader: 'down', camera: 'down', inference: 'down', verifier: 'down' });
  });
});
