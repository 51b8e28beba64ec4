import { expect, it } from 'vitest';
import { createErasureSender, type ErasingVerifier, type ErasureQueue } from '../../../src/main/sync/erasure-sender.ts';
import type { DeletionReceipt } from '../../../src/shared/protocol/kv1-sessions.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';

const SUBJECT = 'ab'.repeat(32);

function receipt(outcome: 'erased' | 'failed' = 'erased'): DeletionReceipt {
  return {
    body: {
      v: 1,
      kind: 'subject',
      of: SUBJECT,
      sessions: [],
      erased: [],
      vendors: [{ name: 'tencent', outcome }],
      why: 'withdrawn',
      erasedAtMs: 1,
    },
    server: { keyId: 'k', signature: 'A'.repeat(86) },
  };
}

type Answer = Awaited<ReturnType<ErasingVerifier['eraseSubject']>>;

function bench(answers: readonly Answer[], waiting = ['d1']) {
  const asked: string[] = [];
  const notes: unknown[] = [];
  const delays: number[] = [];
  const left = [...waiting];
  const answerLeft = [...answers];
  let enrolled = true;
  let fire = (): void => undefined;
  const queue: ErasureQueue = {
    nextQueued: () => ok(left[0] === undefined ? null : { deletionId: left[0], subjectKey: SUBJECT }),
    noteVerifier: (deletionId, held, done) => {
      notes.push([deletionId, held?.body.vendors[0]?.outcome ?? null, done]);
      if (done) left.shift();
      return ok(null);
    },
  };
  const sender = createErasureSender({
    queue,
    verifier: () =>
      enrolled
        ? { eraseSubject: async (subjectKey) => (asked.push(subjectKey), answerLeft.shift() ?? ok(null)) }
        : null,
    settled: async () => void asked.push('settled'),
    clock: manualClock(0),
    startTimer: (run, delayMs) => {
      delays.push(delayMs);
      fire = run;
      return () => undefined;
    },
    random: () => 0.999,
  });
  return {
    sender,
    asked,
    notes,
    delays,
    leave: () => (enrolled = false),
    enrol: () => (enrolled = true),
    fire: () => fire(),
  };
}

it('tells the verifier of each erasure, after what was under way has ended, and keeps its receipt', async () => {
  const { sender, asked, notes, delays } = bench([ok(receipt()), ok(null)], ['d1', 'd2']);
  sender.wake();
  await sender.idle();
  expect(asked).toEqual(['settled', SUBJECT, 'settled', SUBJECT]);
  expect(notes).toEqual([
    ['d1', 'erased', true],
    ['d2', null, true],
  ]);
  expect(delays).toEqual([600_000]);
});

it('tries again later and later while the verifier can not be reached, and never gives up', async () => {
  const unreachable = err({
    failure: failure('verifier.unreachable'),
    scope: 'transient' as const,
    retryAfterMs: null,
  });
  const { sender, notes, delays, fire } = bench([...Array.from({ length: 12 }, () => unreachable), ok(receipt())]);
  sender.wake();
  await sender.idle();
  for (let tries = 1; tries <= 12; tries += 1) {
    fire();
    await sender.idle();
  }
  expect(delays.slice(0, 3)).toEqual([999, 1_998, 3_996]);
  expect(Math.max(...delays.slice(0, 12))).toBe(299_700);
  expect(notes).toEqual([['d1', 'erased', true]]);
});

it('waits as long as the verifier asks, and for an hour where it refuses', async () => {
  const busy = err({ failure: failure('verifier.throttled'), scope: 'transient' as const, retryAfterMs: 90_000 });
  const revoked = err({ failure: failure('verifier.not-enrolled'), scope: 'device' as const, retryAfterMs: null });
  const { sender, delays, fire } = bench([busy, revoked]);
  sender.wake();
  await sender.idle();
  fire();
  await sender.idle();
  expect(delays).toEqual([90_000, 3_600_000]);
});

it('keeps the receipt of an erasure that a vendor has not carried out, and asks again', async () => {
  const { sender, notes, fire } = bench([ok(receipt('failed')), ok(receipt())]);
  sender.wake();
  await sender.idle();
  fire();
  await sender.idle();
  expect(notes).toEqual([
    ['d1', 'failed', false],
    ['d1', 'erased', true],
  ]);
});

it('keeps an erasure queued while no verifier is set up, and sends nothing after it was stopped', async () => {
  const { sender, asked, notes, leave, enrol, fire } = bench([ok(receipt())]);
  leave();
  sender.wake();
  await sender.idle();
  expect(asked).toEqual([]);
  enrol();
  fire();
  await sender.idle();
  expect(notes).toEqual([['d1', 'erased', true]]);
  await sender.stop();
  sender.wake();
  await sender.idle();
  expect(asked).toHaveLength(2);
});
