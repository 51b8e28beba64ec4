import { describe, expect, test } from 'vitest';
import { askOnce, type AskPolicy } from '../../../src/main/verifiers/attempt-runner.ts';
import { outcomeOfTransport, settled, unconfirmed } from '../../../src/main/verifiers/check-outcomes.ts';
import type { Verifier } from '../../../src/main/verifiers/contract.ts';
import type { Capability, CheckAnswer, CheckOutcome, CheckRequest } from '../../../src/shared/domain/verification.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { ok } from '../../../src/shared/result.ts';
import { attemptNotes, type AttemptNotes } from '../../support/attempt-notes.ts';

const request: CheckRequest = {
  certifyId: '019caa00-0000-7000-8000-000000000001',
  check: 'identity',
  orderId: '0'.repeat(32),
  materials: { identity: { name: '张三', number: '11010519491231002X' } },
};
const context = { trace: { traceId: '1'.repeat(32), spanId: '2'.repeat(16) } };
const passed: CheckOutcome = {
  state: 'passed',
  reason: 'ok.confirmed',
  retry: 'none',
  retryAfterMs: null,
  basis: 'authority',
  scores: [],
  vendor: { name: 'mock', operation: 'Ask', code: '200', message: '', requestId: null, billed: true },
};
const lost = outcomeOfTransport({ failure: failure('verifier.unreachable', 'timeout'), arrived: 'maybe' }, 'mock', {
  operation: 'Ask',
  basis: 'authority',
});
const neverSent = outcomeOfTransport(
  { failure: failure('verifier.unreachable', 'ECONNREFUSED'), arrived: 'no' },
  'mock',
  { operation: 'Ask', basis: 'authority' },
);

function verifierOf(
  notes: AttemptNotes,
  answers: { check?: CheckAnswer; query?: CheckAnswer },
  traits: Partial<Capability> = {},
): Verifier {
  const capability: Capability = {
    check: 'identity',
    operation: 'Ask',
    materials: ['identity'],
    basis: 'authority',
    pictures: null,
    clip: null,
    queryable: false,
    billed: true,
    score: null,
    ...traits,
  };
  const say = (what: string, answer: CheckAnswer | undefined): Promise<CheckAnswer> => {
    notes.events.push(what);
    return answer === undefined ? Promise.reject(new Error(`unexpected ${what}`)) : Promise.resolve(answer);
  };
  return {
    capabilities: { verifier: 'mock', checks: [capability], refusals: { phone: { code: 'pictures-only' } } },
    check: () => say('check', answers.check),
    query: (reference) => say(`query ${reference === request.orderId ? 'order' : reference}`, answers.query),
    erase: () => Promise.resolve(ok('unsupported')),
  };
}

const policy: AskPolicy = {
  clock: { wallMs: () => 5, monotonicMs: () => 5 },
  newAttemptId: () => 'a1',
  earlierAttempts: 0,
  askAgain: false,
};

const pending: CheckAnswer = { kind: 'pending', reference: 'ref-1', askAgainAfterMs: 500 };
const ask = (verifier: Verifier, notes: AttemptNotes, changes: Partial<AskPolicy> = {}): Promise<CheckAnswer> =>
  askOnce(verifier, request, notes.journal, context, { ...policy, ...changes });

/** Notes with one attempt that was never answered. */
async function notesWithLoss(reference: string | null = null): Promise<AttemptNotes> {
  const notes = attemptNotes();
  const { certifyId, orderId } = request;
  const attempt = {
    attemptId: 'a0',
    certifyId,
    orderId,
    verifier: 'mock',
    operation: 'Ask',
    number: 1,
    startedAtMs: 1,
  };
  await notes.journal.begin(attempt);
  if (reference !== null) await notes.journal.refer('a0', reference);
  notes.events.length = 0;
  return notes;
}

describe('a first try', () => {
  test('is written down before it goes out, and settled after', async () => {
    const notes = attemptNotes();
    expect(await ask(verifierOf(notes, { check: settled(passed) }), notes)).toEqual(settled(passed));
    expect(notes.events).toEqual(['begin', 'check', 'settle']);
    expect(notes.rows).toMatchObject([{ number: 1, startedAtMs: 5, settled: { reason: 'ok.confirmed', code: '200' } }]);
  });

  test('does not happen when it can not be written down', async () => {
    const notes = attemptNotes({ full: true });
    const answer = await ask(verifierOf(notes, { check: settled(passed) }), notes);
    expect(answer).toMatchObject({ outcome: { state: 'error', reason: 'store.full', retry: 'service' } });
    expect(notes.events).toEqual([]);
  });

  test('keeps the reference of what is worked on', async () => {
    const notes = attemptNotes();
    expect(await ask(verifierOf(notes, { check: pending }), notes)).toEqual(pending);
    expect(notes.rows).toMatchObject([{ reference: 'ref-1', settled: null }]);
  });

  test('keeps what the vendor finds it by, so that it can be erased', async () => {
    const notes = attemptNotes();
    const kept = { ...settled(passed), reference: 'certify:1' };
    expect(await ask(verifierOf(notes, { check: kept }), notes)).toEqual(kept);
    expect(notes.events).toEqual(['begin', 'check', 'refer', 'settle']);
    expect(notes.rows).toMatchObject([{ reference: 'certify:1', settled: { reason: 'ok.confirmed' } }]);
  });

  test('keeps it of an unknown outcome too, and asks by it before a clerk is needed', async () => {
    const notes = attemptNotes();
    const unknown = { ...settled(lost), reference: 'certify:2' };
    await ask(verifierOf(notes, { check: unknown }), notes);
    expect(notes.rows).toMatchObject([{ reference: 'certify:2', settled: null }]);
    const later = verifierOf(notes, { query: { ...settled(passed), reference: 'certify:2' } });
    expect(await ask(later, notes)).toMatchObject({ outcome: { state: 'passed' } });
    expect(notes.events.slice(3)).toEqual(['query certify:2', 'refer', 'settle']);
  });

  test('is written down under the operation that its materials lead to', async () => {
    const notes = attemptNotes();
    const plain = verifierOf(notes, { check: settled(lost) });
    const [first] = plain.capabilities.checks;
    const other = { ...first!, operation: 'AskPicture', queryable: true };
    const answer = await ask({ ...plain, capabilityFor: () => other }, notes);
    expect(notes.rows).toMatchObject([{ operation: 'AskPicture' }]);
    expect(answer).toMatchObject({ outcome: { reason: 'outcome.unknown', retry: 'service' } });
  });

  test.each([
    ['billed, without a query', { billed: true, queryable: false }, 'clerk', false],
    ['billed, with a query', { billed: true, queryable: true }, 'service', false],
    ['free, with a query', { billed: false, queryable: true }, 'service', false],
    ['free, without a query', { billed: false, queryable: false }, 'service', true],
  ])('whose answer is lost: %s', async (_name, traits, retry, isSettled) => {
    const notes = attemptNotes();
    const answer = await ask(verifierOf(notes, { check: settled(lost) }, traits), notes);
    expect(answer).toMatchObject({ outcome: { state: 'error', reason: 'outcome.unknown', retry } });
    expect(notes.rows[0]?.settled !== null).toBe(isSettled);
  });

  test('that never arrived is settled and can be made again', async () => {
    const notes = attemptNotes();
    const answer = await ask(verifierOf(notes, { check: settled(neverSent) }), notes);
    expect(answer).toMatchObject({ outcome: { reason: 'verifier.unreachable', retry: 'service' } });
    expect(notes.rows).toMatchObject([{ settled: { reason: 'verifier.unreachable', code: 'ECONNREFUSED' } }]);
  });

  test('that throws leaves its row unsettled', async () => {
    const notes = attemptNotes();
    await expect(ask(verifierOf(notes, {}), notes)).rejects.toThrow('unexpected check');
    expect(notes.rows).toMatchObject([{ settled: null }]);
  });

  test.each([
    [
      'no such check',
      { ...request, check: 'phone' as const },
      'verifier.unsupported',
      'the vendor takes pictures for this, not clips',
    ],
    ['no such material', { ...request, materials: {} }, 'material.missing', 'identity'],
  ])('is not made: %s', async (_name, other, reason, detail) => {
    const notes = attemptNotes();
    const answer = await askOnce(verifierOf(notes, {}), other, notes.journal, context, policy);
    expect(answer).toMatchObject({ outcome: { state: 'error', reason, detail, retry: 'configuration' } });
    expect(notes.events).toEqual([]);
  });
});

describe('a try after one that was never answered', () => {
  const abandoned = unconfirmed('verification.abandoned', { retry: 'service' });
  const unreachable = unconfirmed('verifier.unreachable', { retry: 'service' });
  const unknown = unconfirmed('outcome.unknown', { retry: 'clerk' });

  test.each([
    ['decided', settled(passed), 'ok.confirmed', ['query order', 'settle']],
    ['the query fails', settled(unreachable), 'verifier.unreachable', ['query order']],
    ['no longer known', settled(unknown), 'outcome.unknown', ['query order']],
  ])('queries and does not ask: %s', async (_name, query, reason, events) => {
    const notes = await notesWithLoss();
    const answer = await ask(verifierOf(notes, { query }, { queryable: true }), notes);
    expect(answer).toMatchObject({ kind: 'settled', outcome: { reason } });
    expect(notes.events).toEqual(events);
  });

  test('queries by the reference that it was given', async () => {
    const notes = await notesWithLoss('ref-0');
    expect(await ask(verifierOf(notes, { query: pending }), notes)).toEqual(pending);
    expect(notes.events).toEqual(['query ref-0', 'refer']);
  });

  test('asks when the verifier never got it', async () => {
    const notes = await notesWithLoss();
    const verifier = verifierOf(notes, { query: settled(abandoned), check: settled(passed) }, { queryable: true });
    expect(await ask(verifier, notes, { earlierAttempts: 1 })).toEqual(settled(passed));
    expect(notes.events).toEqual(['query order', 'settle', 'begin', 'check', 'settle']);
    expect(notes.rows[1]).toMatchObject({ number: 2 });
  });

  test('has a number of its own, however little whoever asks remembers', async () => {
    const notes = await notesWithLoss();
    const verifier = verifierOf(notes, { query: settled(abandoned), check: settled(passed) }, { queryable: true });
    expect(await ask(verifier, notes, { earlierAttempts: 0 })).toEqual(settled(passed));
    expect(await ask(verifier, notes, { earlierAttempts: 5 })).toEqual(settled(passed));
    expect(notes.rows.map(({ number }) => number)).toEqual([1, 2, 6]);
  });

  test('waits for a clerk where nothing can be queried, and asks when the clerk says so', async () => {
    const notes = await notesWithLoss();
    const verifier = verifierOf(notes, { check: settled(passed) });
    const answer = await ask(verifier, notes);
    expect(answer).toMatchObject({ outcome: { state: 'error', reason: 'outcome.unknown', retry: 'clerk' } });
    expect(notes.events).toEqual([]);
    expect(await ask(verifier, notes, { askAgain: true })).toEqual(settled(passed));
    expect(notes.events).toEqual(['settle', 'begin', 'check', 'settle']);
    expect(notes.rows.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('queries even when a clerk lets it be asked again', async () => {
    const notes = await notesWithLoss();
    const verifier = verifierOf(notes, { query: settled(passed) }, { queryable: true });
    expect(await ask(verifier, notes, { askAgain: true })).toEqual(settled(passed));
    expect(notes.events).toEqual(['query order', 'settle']);
  });
});
