import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_CAPS } from '../../../src/main/sync/offline-caps.ts';
import type { Delivery } from '../../../src/main/sync/ports.ts';
import type { Countersignature } from '../../../src/shared/domain/receipt.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { ok } from '../../../src/shared/result.ts';
import { openOutboxBench, type BenchOptions, type OutboxBench } from '../../support/outbox-bench.ts';
import { sampleDecision, sampleOutcome } from '../../support/sample-checks.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk } from '../../support/sample-store.ts';
import { problem, scriptedDelivery, type ScriptedTry } from '../../support/scripted-delivery.ts';

let bench: OutboxBench;
afterEach(() => bench.close());

function open(options: BenchOptions): OutboxBench {
  bench = openOutboxBench(options);
  return bench;
}

const stateOf = (certifyId: string) => expectOk(bench.store.checks.find(certifyId))?.state;
const decided = (reason: Parameters<typeof sampleOutcome>[0] = 'ok.confirmed'): ScriptedTry =>
  ok({ state: 'decided', outcome: sampleOutcome(reason), decision: null });
const down = () => problem('verifier.unreachable');
const HOUR_MS = 3_600_000;
const anyNumber = expect.any(Number) as number;

describe('a question', () => {
  it('that is live is answered while somebody waits, told, and its materials are destroyed', async () => {
    const delivery = scriptedDelivery({
      answer: async (_, onProgress) => {
        onProgress({ state: 'uploading', sentBytes: 0, totalBytes: 10 });
        onProgress({ state: 'submitted', reference: 'r1', askAgainAfterMs: 1_000 });
        return ok({ state: 'decided', outcome: sampleOutcome(), decision: sampleDecision(1) });
      },
    });
    const { service, queue, settle, store, materials } = open({ checkDelivery: () => delivery });
    const id = queue(1, true);
    expect(await service.ask(id, 5_000)).toEqual(sampleOutcome());
    await settle();
    expect(stateOf(id)).toBe('erased');
    expect(delivery.acknowledged).toEqual([id]);
    expect(materials()).toEqual([]);
    const { verification, record } = expectOk(store.queries.show(id));
    expect(verification).toMatchObject({ needsReview: false, check: { state: 'erased', reference: 'r1' } });
    expect(verification?.decisions).toEqual([
      {
        revision: 1,
        effect: 'confirms',
        outcome: sampleOutcome(),
        decision: sampleDecision(1),
        keptAtMs: anyNumber,
      },
    ]);
    expect(record).toEqual(sampleRecord(1));
    expect(expectOk(store.queries.list(0, 1, null)).rows[0]?.provisional).toBe(false);
  });

  it('that takes too long is carried on with later, as backlog', async () => {
    const answers: ScriptedTry[] = [ok({ state: 'submitted', reference: 'r', askAgainAfterMs: 10_000 })];
    const delivery = scriptedDelivery({ answer: async () => answers.shift() ?? decided() });
    const { service, queue, pass, settle } = open({ checkDelivery: () => delivery });
    const id = queue(1, true);
    const waited = service.ask(id, 3_000);
    await pass(3_000);
    expect(await waited).toBeNull();
    expect(expectOk(bench.store.checks.find(id))).toMatchObject({
      state: 'submitted',
      priority: 'backlog',
      reference: 'r',
    });
    await pass(7_000);
    await settle();
    expect(stateOf(id)).toBe('erased');
  });

  it('gets no answer at once where the verifier is known to be away', async () => {
    const delivery = scriptedDelivery({ answer: async () => down() });
    const { service, queue, pass, store } = open({ checkDelivery: () => delivery });
    queue(1);
    await service.sendNow();
    await pass(8_000);
    expect([delivery.asked.length, service.view()]).toMatchObject([5, { value: { breaker: { state: 'open' } } }]);
    const id = queue(2, true);
    expect(await service.ask(id, 20_000)).toBeNull();
    expect(expectOk(store.checks.find(id))).toMatchObject({ state: 'sealed', priority: 'backlog', attempts: 0 });
  });

  it('whose outcome is unknown is asked again only when a clerk says so', async () => {
    const answers: ScriptedTry[] = [
      ok({ state: 'unknown', outcome: sampleOutcome('outcome.unknown', { retry: 'clerk' }) }),
    ];
    const delivery = scriptedDelivery({ answer: async () => answers.shift() ?? decided() });
    const { queue, pass, restart, settle, store } = open({ checkDelivery: () => delivery });
    const id = queue(1);
    await bench.service.sendNow();
    await pass(24 * HOUR_MS);
    await restart();
    await bench.service.sendNow();
    expect([stateOf(id), delivery.asked]).toEqual(['unknown', [id]]);
    const item = { lane: 'checks', certifyId: id, action: 'retry' } as const;
    expect(await bench.service.resolve(item, 'clerk-7')).toEqual(ok(null));
    await settle();
    expect([stateOf(id), delivery.asked]).toEqual(['erased', [id, `!${id}`]]);
    expect(await bench.service.resolve(item, 'clerk-7')).toMatchObject({ error: { code: 'request.invalid' } });
    const kinds = store.database.prepare<[], string>('SELECT entry FROM audit ORDER BY seq').pluck().all();
    expect(kinds.map((entry) => (JSON.parse(entry) as { kind: string }).kind)).toEqual([
      'certification.committed',
      'check.unknown',
      'check.retried',
      'check.decided',
      'check.erased',
    ]);
  });

  it('that a clerk gives up stays here, without its materials, and is never sent', async () => {
    const delivery = scriptedDelivery({ answer: async () => problem('verifier.refused', 'items') });
    const { service, queue, pass, materials } = open({ checkDelivery: () => delivery });
    const id = queue(1);
    await service.sendNow();
    expect(stateOf(id)).toBe('stopped');
    expect(expectOk(service.view()).lanes[1]).toMatchObject({ waiting: 0, stopped: 1, unknown: 0 });
    const item = { lane: 'checks', certifyId: id, action: 'give-up' } as const;
    expect(await service.resolve(item, 'clerk-7')).toEqual(ok(null));
    await pass(24 * HOUR_MS);
    await service.sendNow();
    expect([stateOf(id), materials(), delivery.asked]).toEqual(['stopped', [], [id]]);
    expect(expectOk(service.view()).lanes[1]).toMatchObject({ waiting: 0, stopped: 0, unknown: 0 });
    expect(await service.resolve({ ...item, action: 'retry' }, 'clerk-7')).toMatchObject({ ok: false });
  });

  it('that its source refuses today is asked on another local day, wherever the clock jumps', async () => {
    const quota = ok({
      state: 'decided' as const,
      outcome: sampleOutcome('quota.daily', { retry: 'tomorrow' }),
      decision: null,
    });
    const delivery = scriptedDelivery({ answer: async () => quota });
    const { service, queue, pass, clock } = open({ checkDelivery: () => delivery });
    const id = queue(1);
    await service.sendNow();
    await pass(14.9 * HOUR_MS);
    await service.sendNow();
    expect(delivery.asked).toEqual([id]);
    await pass(0.3 * HOUR_MS);
    expect(delivery.asked).toEqual([id, id]);
    // A clock that was years ahead and is put right doesn't hold it up until then.
    clock.setWall(Date.UTC(2031, 5, 1));
    await pass(600_000);
    clock.setWall(Date.UTC(2026, 2, 3, 8));
    await pass(600_000);
    expect(delivery.asked).toHaveLength(4);
  });

  it('that contradicts a local pass asks for a clerk and leaves the record as it was', async () => {
    const delivery = scriptedDelivery({ answer: async () => decided('face.low-similarity') });
    const { service, queue, store } = open({ checkDelivery: () => delivery });
    const id = queue(1);
    await service.sendNow();
    const { record, verification } = expectOk(store.queries.show(id));
    expect(record).toEqual(sampleRecord(1));
    expect(verification).toMatchObject({ needsReview: true, decisions: [{ revision: 1, effect: 'contradicts' }] });
    expect(expectOk(store.checks.amend(sampleDecision(1, 'ok.confirmed', 1)))).toBe('duplicate');
    expect(expectOk(store.checks.amend(sampleDecision(1, 'ok.confirmed', 2)))).toBe('kept');
    expect(expectOk(store.checks.amend(sampleDecision(1, 'face.low-similarity', 2)))).toBe('duplicate');
    expect(expectOk(store.queries.show(id)).verification).toMatchObject({
      needsReview: false,
      decisions: [{ effect: 'contradicts' }, { revision: 2, effect: 'confirms' }],
    });
  });

  it('whose materials have been kept for as long as they may be is closed', async () => {
    const delivery = scriptedDelivery({ answer: async () => down() });
    const { service, queue, pass, materials, store, clock } = open({ checkDelivery: () => delivery });
    const id = queue(1);
    clock.setWall(clock.wallMs() + 72 * HOUR_MS);
    await pass(HOUR_MS);
    expect([stateOf(id), materials()]).toEqual(['stopped', []]);
    expect(expectOk(store.checks.find(id))?.closed).toBe('expired');
    await service.sendNow();
    expect(expectOk(service.view()).lanes[1]?.waiting).toBe(0);
  });

  it('whose delivery throws waits for a person', async () => {
    const delivery = scriptedDelivery({ answer: () => Promise.reject(new Error('bug')) });
    const { service, queue } = open({ checkDelivery: () => delivery });
    const id = queue(1);
    await service.sendNow();
    await service.sendNow();
    expect([stateOf(id), delivery.asked.length]).toEqual(['stopped', 1]);
  });
});

describe('the two lanes', () => {
  /** A verifier whose answers a test lets go one by one. */
  function slowVerifier() {
    const batches: number[] = [];
    const waiting: (() => void)[] = [];
    const delivery: Delivery = {
      submit: (items) =>
        new Promise((resolve) => {
          batches.push(items.length);
          waiting.push(() =>
            resolve(
              ok(
                items.map(({ certifyId }) => ({
                  certifyId,
                  outcome: 'accepted' as const,
                  countersignature: { certifyId } as Countersignature,
                })),
              ),
            ),
          );
        }),
      probe: async () => ok(null),
    };
    return { batches, waiting, delivery };
  }

  it('let one batch end before a live question, and start none beside it', async () => {
    const verifier = slowVerifier();
    let answer: (tried: ScriptedTry) => void = () => undefined;
    const questions = scriptedDelivery({ answer: () => new Promise((resolve) => (answer = resolve)) });
    const { service, queue, settle, store } = open({
      checkDelivery: () => questions,
      delivery: () => verifier.delivery,
    });
    for (let number = 100; number < 220; number += 1) expectOk(store.records.commit(sampleRecord(number)));
    service.recordQueued();
    await settle();
    expect(verifier.batches).toEqual([50]);
    const answered = service.ask(queue(1, true), 60_000);
    await settle();
    expect(questions.asked).toHaveLength(1);
    verifier.waiting.shift()?.();
    await settle();
    expect(verifier.batches).toEqual([50]);
    answer(decided());
    expect((await answered)?.state).toBe('passed');
    await settle();
    expect(verifier.batches).toEqual([50, 50]);
    while (verifier.waiting.length > 0) {
      verifier.waiting.shift()?.();
      await settle();
    }
    expect(expectOk(store.outbox.load()).waiting).toBe(0);
  });

  it('ask the live ones first, and the backlog one after the other', async () => {
    const order: string[] = [];
    let underWay = 0;
    let most = 0;
    const delivery = scriptedDelivery({
      answer: async ({ queued }) => {
        most = Math.max(most, (underWay += 1));
        order.push(queued.priority);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return decided();
      },
    });
    const { service, queue, settle } = open({ checkDelivery: () => delivery });
    for (let number = 1; number <= 5; number += 1) queue(number);
    await service.ask(queue(6, true), 1_000);
    await settle();
    await service.sendNow();
    await settle();
    expect(order[0]).toBe('live');
    expect(order.slice(1)).toEqual(Array(5).fill('backlog'));
    expect(most).toBe(1);
  });

  it('share a breaker that opens after five failures and asks every 30 s, or when somebody says so', async () => {
    let probes = 0;
    let isBack = false;
    const delivery: Delivery = {
      submit: async () => down(),
      probe: async () => ((probes += 1), isBack ? ok(null) : down()),
    };
    const questions = scriptedDelivery({ answer: async () => (isBack ? decided() : down()) });
    const { service, queue, pass, settle } = open({ checkDelivery: () => questions, delivery: () => delivery });
    const id = queue(1);
    await service.sendNow();
    await pass(8_000);
    const opened = { asked: questions.asked.length, probes };
    await pass(60_000);
    expect(questions.asked.length).toBe(opened.asked);
    expect(probes).toBe(opened.probes + 2);
    isBack = true;
    await service.sendNow();
    await settle();
    expect([stateOf(id), expectOk(service.view()).breaker]).toEqual(['erased', { state: 'closed', probeAtMs: null }]);
    expect(probes).toBe(opened.probes + 3);
  });

  it('send nothing while they are paused, over a restart too', async () => {
    const delivery = scriptedDelivery({ answer: async () => decided() });
    const { queue, restart, pass, settle, store } = open({ checkDelivery: () => delivery });
    expect(bench.service.setPaused(true, 'clerk-7')).toEqual(ok(null));
    const id = queue(1);
    await restart();
    await bench.service.sendNow();
    await pass(HOUR_MS);
    expect([delivery.asked, expectOk(bench.service.view()).paused]).toEqual([[], true]);
    bench.service.setPaused(false, 'clerk-7');
    await settle();
    expect([stateOf(id), expectOk(store.memory.paused())]).toEqual(['erased', false]);
  });

  it('send no records either before the time that a question was told to wait for', async () => {
    const batches: number[] = [];
    const delivery: Delivery = {
      submit: async (items) => (batches.push(items.length), down()),
      probe: async () => ok(null),
    };
    const answers: ScriptedTry[] = [problem('verifier.throttled', 'transient', 90_000)];
    const asked = scriptedDelivery({ answer: async () => answers.shift() ?? decided() });
    const { service, queue, pass, settle } = open({ checkDelivery: () => asked, delivery: () => delivery });
    await settle();
    queue(1, true);
    await service.ask(sampleCertifyId(1), 10_000);
    service.recordQueued();
    await pass(89_000);
    expect([asked.asked.length, batches]).toEqual([1, []]);
    await pass(2_000);
    expect(batches.length).toBeGreaterThan(0);
  });

  it('leave the verifier alone for as long as it asks', async () => {
    const answers: ScriptedTry[] = [problem('verifier.throttled', 'transient', 90_000)];
    const delivery = scriptedDelivery({ answer: async () => answers.shift() ?? decided() });
    const { service, queue, pass } = open({ checkDelivery: () => delivery });
    queue(1);
    await service.sendNow();
    await pass(89_000);
    expect(delivery.asked).toHaveLength(1);
    expect(expectOk(service.view()).nextTryAtMs).toBe(bench.clock.wallMs() + 1_000);
    await pass(2_000);
    expect(delivery.asked).toHaveLength(2);
  });
});

describe('what the window and the flow see', () => {
  it('is one view, with what needs somebody first', async () => {
    const delivery = scriptedDelivery({
      answer: async ({ queued }) =>
        queued.certifyId === sampleCertifyId(2)
          ? problem('verifier.refused', 'items')
          : ok({ state: 'submitted', reference: null, askAgainAfterMs: 500_000 }),
    });
    const { service, queue, clock, store } = open({ checkDelivery: () => delivery });
    expectOk(store.memory.saveClockOffset(-4_000));
    queue(1);
    queue(2);
    await service.sendNow();
    await service.sendNow();
    const view = expectOk(service.view());
    const row = { queuedAtMs: clock.wallMs(), lastFailure: null };
    const questions = { lane: 'checks', check: 'face-authority', bytes: 1_000 };
    expect(view).toEqual({
      enrolled: true,
      paused: false,
      lanes: [
        { lane: 'records', waiting: 2, stopped: 0, unknown: 0, bytes: anyNumber, oldestAtMs: clock.wallMs() },
        { lane: 'checks', waiting: 1, stopped: 1, unknown: 0, bytes: 2_000, oldestAtMs: clock.wallMs() },
      ],
      decisions: null,
      certifications: 2,
      caps: { maxCount: 500, maxAgeMs: 72 * HOUR_MS, maxBytes: 2_000_000_000 },
      refusal: null,
      breaker: { state: 'closed', probeAtMs: null },
      clockOffsetMs: -4_000,
      nextTryAtMs: anyNumber,
      lastSyncAtMs: null,
      lastFailure: failure('verifier.not-enrolled'),
      items: [
        {
          ...row,
          ...questions,
          certifyId: sampleCertifyId(2),
          state: 'stopped',
          attempts: 1,
          lastFailure: failure('verifier.refused'),
        },
        { ...row, ...questions, certifyId: sampleCertifyId(1), state: 'submitted', attempts: 0 },
        {
          ...row,
          lane: 'records',
          certifyId: sampleCertifyId(1),
          state: 'queued',
          check: null,
          attempts: 0,
          bytes: anyNumber,
        },
        {
          ...row,
          lane: 'records',
          certifyId: sampleCertifyId(2),
          state: 'queued',
          check: null,
          attempts: 0,
          bytes: anyNumber,
        },
      ],
    });
  });

  it('is a refusal at a cap, counting a certification with a record and a question once', async () => {
    const delivery = scriptedDelivery({ answer: async () => down() });
    const caps = () => ({ ...DEFAULT_CAPS, maxCount: 20 });
    const { service, queue, clock } = open({ checkDelivery: () => delivery, parts: { caps } });
    for (let number = 1; number <= 15; number += 1) queue(number);
    expect([service.refusal(), service.isNearlyFull()]).toEqual([null, false]);
    for (let number = 16; number <= 19; number += 1) queue(number);
    expect([service.refusal(), service.isNearlyFull()]).toEqual([null, true]);
    queue(20);
    expect(service.refusal()).toEqual(failure('outbox.full', 'count'));
    clock.setWall(clock.wallMs() + 72 * HOUR_MS);
    expect(service.refusal()).toEqual(failure('outbox.too-old'));
  });
});
