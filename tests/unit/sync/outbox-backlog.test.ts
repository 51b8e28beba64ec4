import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_CAPS } from '../../../src/main/sync/offline-caps.ts';
import type { Delivery } from '../../../src/main/sync/ports.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { ok } from '../../../src/shared/result.ts';
import { openOutboxBench, type OutboxBench } from '../../support/outbox-bench.ts';
import { sampleOutcome } from '../../support/sample-checks.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk } from '../../support/sample-store.ts';
import { problem, scriptedDelivery } from '../../support/scripted-delivery.ts';

let bench: OutboxBench;
afterEach(() => bench.close());

const HOUR_MS = 3_600_000;
const caps = () => ({ ...DEFAULT_CAPS, maxCount: 3 });
const away: Delivery = {
  submit: async () => problem('verifier.unreachable'),
  probe: async () => problem('verifier.unreachable'),
};
const silent = scriptedDelivery({ answer: async () => problem('verifier.unreachable') });

function commit(from: number, to: number): void {
  for (let number = from; number <= to; number += 1) expectOk(bench.store.records.commit(sampleRecord(number)));
}

describe('the caps count', () => {
  it('no records where nobody takes any, although a vendor answers questions', () => {
    bench = openOutboxBench({ checkDelivery: () => silent, parts: { caps } });
    commit(1, 9);
    bench.clock.setWall(bench.clock.wallMs() + 400 * HOUR_MS);
    expect(bench.service.refusal()).toBeNull();
    for (const number of [10, 11, 12]) bench.queue(number);
    expect(bench.service.refusal()).toEqual(failure('outbox.full', 'count'));
    expect(expectOk(bench.service.view()).refusal).toEqual(failure('outbox.full', 'count'));
  });

  it('records where a verifier takes them, and from when on it does', () => {
    let isEnrolled = false;
    bench = openOutboxBench({
      checkDelivery: () => null,
      delivery: () => (isEnrolled ? away : null),
      parts: { caps },
    });
    commit(1, 3);
    expect(bench.service.refusal()).toBeNull();
    isEnrolled = true;
    expect(bench.service.refusal()).toEqual(failure('outbox.full', 'count'));
  });

  it('what waits for a person, but not how long it does', async () => {
    const unknown = sampleOutcome('outcome.unknown', { retry: 'clerk' });
    const questions = scriptedDelivery({ answer: async () => ok({ state: 'unknown', outcome: unknown }) });
    bench = openOutboxBench({ checkDelivery: () => questions, delivery: () => away, parts: { caps } });
    const { store, service, clock, pass } = bench;
    commit(1, 1);
    expectOk(store.outbox.stop(sampleCertifyId(1), failure('verifier.refused')));
    bench.queue(2);
    expectOk(store.outbox.stop(sampleCertifyId(2), failure('verifier.refused')));
    await service.sendNow();
    for (const number of [1, 2]) expectOk(store.outbox.stop(sampleCertifyId(number), failure('verifier.refused')));
    clock.setWall(clock.wallMs() + 72 * HOUR_MS);
    await pass(HOUR_MS);
    const { lanes, refusal } = expectOk(service.view());
    expect(lanes).toMatchObject([
      { waiting: 0, stopped: 2 },
      // Its materials have expired, and a clerk still has to look at it.
      { waiting: 0, unknown: 1, bytes: 0 },
    ]);
    expect(refusal).toBeNull();
    commit(3, 3);
    expect(service.refusal()).toEqual(failure('outbox.full', 'count'));
  });

  it('a stopped record once, and its real bytes', () => {
    bench = openOutboxBench({ checkDelivery: () => null, delivery: () => away, parts: { caps } });
    const { store } = bench;
    commit(1, 1);
    const stop = (): unknown => expectOk(store.outbox.stop(sampleCertifyId(1), failure('verifier.refused')));
    stop();
    stop();
    const kept = store.database
      .prepare<[], number>(
        'SELECT sum(length(CAST(record AS BLOB)) + length(CAST(receipt AS BLOB))) FROM records JOIN receipts USING (seq)',
      )
      .pluck()
      .get();
    expect(expectOk(store.outbox.list(5))).toMatchObject([{ state: 'stopped', attempts: 1, bytes: kept }]);
    const stops = `SELECT count(*) FROM audit WHERE json_extract(entry, '$.kind') = 'sync.stopped'`;
    expect(store.database.prepare<[], number>(stops).pluck().get()).toBe(1);
  });

  it('no age for an answered question that could not be acknowledged', async () => {
    const questions = scriptedDelivery({
      answer: async () => ok({ state: 'decided', outcome: sampleOutcome(), decision: null }),
      acknowledge: () => problem('verifier.unreachable'),
    });
    bench = openOutboxBench({ checkDelivery: () => questions });
    bench.queue(1);
    await bench.service.sendNow();
    expect(expectOk(bench.store.checks.find(sampleCertifyId(1)))?.state).toBe('decided');
    bench.clock.setWall(bench.clock.wallMs() + 100 * HOUR_MS);
    expect(bench.service.refusal()).toBeNull();
  });
});
