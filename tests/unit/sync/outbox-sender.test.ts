import { beforeEach, describe, expect, it } from 'vitest';
import { createOutboxSender, PROBE_EVERY_MS, type OutboxSender } from '../../../src/main/sync/outbox-sender.ts';
import type { Delivery, Outbox } from '../../../src/main/sync/ports.ts';
import type { DeliveryProblem } from '../../../src/shared/protocol/delivery.ts';
import type { BatchResult, Submission } from '../../../src/shared/protocol/kv1.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';

/** An outbox in memory: ids in order. */
function memoryOutbox(ids: readonly string[]): Outbox & { queued: string[]; halted: string[] } {
  const queued = [...ids];
  const halted: string[] = [];
  return {
    queued,
    halted,
    due: (limit) => ok(queued.slice(0, limit).map((certifyId) => ({ certifyId }) as Submission)),
    confirm: (countersignatures) => {
      for (const { certifyId } of countersignatures) queued.splice(queued.indexOf(certifyId), 1);
      return ok(null);
    },
    postpone: () => ok(null),
    stop: (certifyId) => {
      queued.splice(queued.indexOf(certifyId), 1);
      halted.push(certifyId);
      return ok(null);
    },
    resume: () => ok(queued.push(...halted.splice(0))),
    state: () =>
      ok({
        unsent: queued.length + halted.length,
        stopped: halted.length,
        oldestAtMs: null,
        lastFailure: halted.length > 0 ? failure('verifier.refused', 'receipt_invalid') : null,
      }),
  };
}

const accepted = (item: Submission): BatchResult =>
  ({ certifyId: item.certifyId, outcome: 'accepted', countersignature: { certifyId: item.certifyId } }) as BatchResult;
const down: DeliveryProblem = { failure: failure('verifier.unreachable'), scope: 'transient', retryAfterMs: null };
const refusal: DeliveryProblem = { failure: failure('verifier.refused'), scope: 'items', retryAfterMs: null };

type Submit = (items: readonly Submission[]) => Result<readonly BatchResult[], DeliveryProblem>;

let clock: ManualClock;
let timers: { run: () => void; delayMs: number; cancelled: boolean }[];
let batches: string[][];
let probes: number;

beforeEach(() => {
  clock = manualClock(1_700_000_000_000);
  timers = [];
  batches = [];
  probes = 0;
});

function start(outbox: Outbox, submit: Submit, enrolled = true): OutboxSender {
  const delivery: Delivery = {
    submit: async (items) => {
      batches.push(items.map((item) => item.certifyId));
      return submit(items);
    },
    probe: async () => {
      probes += 1;
      return ok(null);
    },
  };
  return createOutboxSender({
    outbox,
    delivery: () => (enrolled ? delivery : null),
    latestCheckpoint: () => ok(null),
    clock,
    startTimer: (run, delayMs) => {
      const timer = { run, delayMs, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
    random: () => 0.5,
  });
}

/** Lets the time of the one pending timer pass and runs it. */
async function fireTimer(): Promise<number> {
  const timer = timers.findLast((pending) => !pending.cancelled);
  if (timer === undefined) throw new Error('no timer is pending');
  timer.cancelled = true;
  clock.advance(timer.delayMs);
  timer.run();
  await new Promise((resolve) => setImmediate(resolve));
  return timer.delayMs;
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `r${index}`);

describe('the sender', () => {
  it('sends everything in order, at most 50 at a time', async () => {
    const outbox = memoryOutbox(ids(120));
    await start(outbox, (items) => ok(items.map(accepted))).kick();
    expect(batches.map((batch) => batch.length)).toEqual([50, 50, 20]);
    expect(batches.flat()).toEqual(ids(120));
    expect(outbox.queued).toEqual([]);
  });

  it('waits longer after each failure, and not at all after a success', async () => {
    let fail = true;
    const outbox = memoryOutbox(ids(1));
    start(outbox, (items) => (fail ? err(down) : ok(items.map(accepted))));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) waits.push(await fireTimer());
    expect(waits).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 150_000, 150_000]);
    fail = false;
    await fireTimer();
    expect(outbox.queued).toEqual([]);
    expect(await fireTimer()).toBe(PROBE_EVERY_MS);
  });

  it('leaves the verifier alone for as long as it asks', async () => {
    start(memoryOutbox(ids(1)), () => err({ ...down, retryAfterMs: 90_000 }));
    await fireTimer();
    expect(await fireTimer()).toBe(90_000);
  });

  it('does not start early because a record was committed, but does when it is told to', async () => {
    const sender = start(memoryOutbox(ids(1)), () => err({ ...down, retryAfterMs: 60_000 }));
    await fireTimer();
    for (let commit = 0; commit < 100; commit += 1) sender.recordQueued();
    await sender.stop();
    expect(batches).toHaveLength(1);
    const other = start(memoryOutbox(ids(1)), () => err(down));
    await other.kick();
    await other.kick();
    expect(batches).toHaveLength(3);
  });

  it('finds the one record that the verifier refuses and delivers the others', async () => {
    const outbox = memoryOutbox(ids(10));
    const sender = start(outbox, (items) =>
      items.some((item) => item.certifyId === 'r6') ? err(refusal) : ok(items.map(accepted)),
    );
    await sender.kick();
    expect(outbox.queued).toEqual([]);
    expect(outbox.halted).toEqual(['r6']);
    expect(batches.length).toBeLessThanOrEqual(12);
    expect(sender.status()).toEqual({
      ok: true,
      value: {
        unsent: 1,
        stopped: 1,
        oldestAtMs: null,
        lastSyncAtMs: clock.wallMs(),
        lastFailure: failure('verifier.refused', 'receipt_invalid'),
      },
    });
  });

  it('keeps every record when the device itself is refused, and asks rarely', async () => {
    const outbox = memoryOutbox(ids(3));
    start(outbox, () =>
      err({ failure: failure('verifier.refused', 'device_revoked'), scope: 'device', retryAfterMs: null }),
    );
    await fireTimer();
    expect(await fireTimer()).toBe(300_000);
    expect(outbox.queued).toEqual(ids(3));
  });

  it('says that it is not enrolled instead of sending', async () => {
    const sender = start(memoryOutbox(ids(1)), (items) => ok(items.map(accepted)), false);
    await sender.kick();
    expect(batches).toEqual([]);
    expect(sender.status()).toMatchObject({ value: { unsent: 1, lastFailure: { code: 'verifier.not-enrolled' } } });
  });

  it('probes an idle verifier, so that being online is known', async () => {
    const sender = start(memoryOutbox([]), () => err(down));
    expect(sender.onlineWithin(600_000)).toBe(false);
    await fireTimer();
    expect(sender.onlineWithin(600_000)).toBe(true);
    await fireTimer();
    await fireTimer();
    expect(probes).toBe(3);
    clock.advance(600_001);
    expect(sender.onlineWithin(600_000)).toBe(false);
  });

  it('is not held up by a wall clock that was set back', async () => {
    const sender = start(memoryOutbox(ids(1)), () => err(down));
    await fireTimer();
    clock.setWall(0);
    clock.advance(10_000);
    sender.recordQueued();
    await sender.stop();
    expect(batches).toHaveLength(2);
  });

  it('starts nothing after it was stopped', async () => {
    const sender = start(memoryOutbox(ids(1)), () => err(down));
    await sender.stop();
    sender.recordQueued();
    await sender.kick();
    expect(batches).toEqual([]);
    expect(timers.every((timer) => timer.cancelled)).toBe(true);
  });
});
