import { describe, expect, it } from 'vitest';
import { changeOfTry, isTransportProblem } from '../../../src/main/sync/check-results.ts';
import { RETRY_CLASSES } from '../../../src/shared/domain/verification.ts';
import type { DeliveryProblem } from '../../../src/shared/protocol/delivery.ts';
import { failure, REASON_CODES, stateOf } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { sampleOutcome } from '../../support/sample-checks.ts';

const TODAY = '2026-03-02';
const events = (tried: Parameters<typeof changeOfTry>[0]) => {
  const { change, waitMs, laneFailed } = changeOfTry(tried, TODAY);
  return { event: change.event, waitMs, laneFailed };
};

describe('an outcome', () => {
  const rows = [
    ['none', { event: 'decide', waitMs: null, laneFailed: false }],
    ['capture', { event: 'decide', waitMs: null, laneFailed: false }],
    ['service', { event: 'defer', waitMs: 7, laneFailed: true }],
    ['throttle', { event: 'defer', waitMs: 7, laneFailed: true }],
    ['tomorrow', { event: 'defer', waitMs: null, laneFailed: false }],
    ['configuration', { event: 'refuse', waitMs: null, laneFailed: false }],
    ['clerk', { event: 'lose', waitMs: null, laneFailed: false }],
  ] as const;
  it('has a rule for each class', () => expect(rows.map(([retry]) => retry)).toEqual(RETRY_CLASSES));

  it.each(rows)('that is an error of class %s', (retry, expected) => {
    const outcome = sampleOutcome('source.unavailable', { retry, retryAfterMs: 7 });
    expect(events(ok({ state: 'decided', outcome, decision: null }))).toEqual(expected);
  });

  it('decides, whatever its class, when it is no error', () => {
    for (const reason of REASON_CODES.filter((code) => stateOf(code) !== 'error')) {
      for (const retry of RETRY_CLASSES) {
        const outcome = sampleOutcome(reason, { retry });
        expect(events(ok({ state: 'decided', outcome, decision: null })).event).toBe('decide');
      }
    }
  });

  it('decides with the reference of what the vendor keeps', () => {
    for (const outcome of [sampleOutcome(), sampleOutcome('source.unavailable', { retry: 'none' })]) {
      const decided = { state: 'decided', outcome, decision: null, reference: 'r' } as const;
      expect(changeOfTry(ok(decided), TODAY).change).toEqual({
        event: 'decide',
        outcome,
        decision: null,
        reference: 'r',
      });
    }
  });

  it('waits for another day with the day it was refused on', () => {
    const outcome = sampleOutcome('quota.daily', { retry: 'tomorrow' });
    const { change } = changeOfTry(ok({ state: 'decided', outcome, decision: null }), TODAY);
    expect(change).toEqual({ event: 'defer', failure: failure('quota.daily'), outcome, refusedDay: TODAY });
  });

  it('that is unknown is lost', () => {
    const outcome = sampleOutcome('outcome.unknown', { retry: 'clerk' });
    expect(events(ok({ state: 'unknown', outcome }))).toEqual({ event: 'lose', waitMs: null, laneFailed: false });
  });
});

describe('a question that is worked on', () => {
  it.each([
    [0, 250],
    [5_000, 5_000],
    [1e12, 600_000],
  ])('is left alone for %d ms: %d', (askAgainAfterMs, waitMs) => {
    const tried = ok({ state: 'submitted' as const, reference: 'r', askAgainAfterMs });
    expect(events(tried)).toEqual({ event: 'submit', waitMs, laneFailed: false });
  });
});

describe('a problem', () => {
  const problem = (
    scope: DeliveryProblem['scope'],
    code: 'verifier.refused' | 'outcome.unknown',
    wait: number | null,
  ) => err({ failure: failure(code), scope, retryAfterMs: wait });
  it.each([
    ['of the network', problem('transient', 'verifier.refused', null), 'defer', true],
    ['of the device', problem('device', 'verifier.refused', null), 'defer', true],
    ['of the question', problem('items', 'verifier.refused', null), 'refuse', false],
    ['that may have been billed', problem('transient', 'outcome.unknown', null), 'lose', false],
  ])('%s', (_, tried, event, laneFailed) => {
    expect(events(tried)).toEqual({ event, waitMs: null, laneFailed });
  });

  it('is one of the transport when nobody said anything', () => {
    const is = (code: Parameters<typeof failure>[0], retryAfterMs: number | null = null) =>
      isTransportProblem({ failure: failure(code), scope: 'transient', retryAfterMs });
    expect([is('verifier.unreachable'), is('verifier.malformed'), is('verifier.bad-signature')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([is('verifier.unreachable', 1_000), is('verifier.throttled'), is('store.full')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
