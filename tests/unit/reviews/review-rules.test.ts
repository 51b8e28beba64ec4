import { describe, expect, it } from 'vitest';
import {
  askedReviewSchema,
  isOpenForReview,
  namesSomebody,
  OUTCOME_OF_REVIEW,
  personsFor,
  REVIEW_DECISIONS,
  REVIEW_REASONS,
  reviewActionOf,
  reviewRefusal,
  verifierAfterStaff,
  type AskedReview,
  type ReviewStanding,
} from '../../../src/shared/domain/review.ts';
import { REASON_CODES, REASONS, stateOf, VERDICT_STATES } from '../../../src/shared/reasons.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';

const HASH = 'a'.repeat(64);

function standing(changes: Partial<ReviewStanding> = {}): ReviewStanding {
  return {
    state: 'review',
    settledBy: null,
    machine: { state: 'review', reason: 'face.grey-band' },
    revision: 0,
    receiptHash: HASH,
    contradicted: false,
    awaitsVerifier: false,
    identified: true,
    erased: false,
    ...changes,
  };
}

function asked(changes: Partial<AskedReview> = {}): AskedReview {
  return {
    certifyId: sampleCertifyId(1),
    decision: 'approved',
    reason: 'seen-in-person',
    note: '',
    seen: { revision: 0, state: 'review', receiptHash: HASH },
    ...changes,
  };
}

const failed = standing({ state: 'failed', machine: { state: 'failed', reason: 'face.low-similarity' } });
const seenFailed = { revision: 0, state: 'failed', receiptHash: HASH } as const;

describe('what can be done about a record', () => {
  it('is a decision, going over a result, or nothing', () => {
    const passed = standing({ state: 'passed', machine: { state: 'passed', reason: 'ok.matched' } });
    expect(
      [
        standing(),
        failed,
        standing({ state: 'error', machine: { state: 'error', reason: 'user.timed-out' } }),
        passed,
        { ...passed, contradicted: true },
        { ...failed, contradicted: true },
        standing({ state: 'error', machine: { state: 'error', reason: 'challenge.incomplete' }, contradicted: true }),
        standing({ state: 'passed', settledBy: 'staff', revision: 1 }),
        standing({ state: 'review', settledBy: 'verifier', revision: 1 }),
        standing({ awaitsVerifier: true }),
        standing({ erased: true }),
      ].map(reviewActionOf),
    ).toEqual([
      'decide',
      'override',
      'override',
      'none',
      'decide',
      'override',
      'override',
      'override',
      'decide',
      'none',
      'none',
    ]);
    expect(isOpenForReview(standing({ erased: true }))).toBe(false);
  });

  it('takes a second person for every override, and for a decision where the scene says so', () => {
    expect(personsFor('override', false)).toEqual({ right: 'override', second: 'override' });
    expect(personsFor('decide', false)).toEqual({ right: 'decide-reviews', second: null });
    expect(personsFor('decide', true)).toEqual({ right: 'decide-reviews', second: 'decide-reviews' });
  });
});

describe('a decision', () => {
  it('is refused when the record is not the one that was looked at, or stands otherwise by now', () => {
    expect(reviewRefusal(standing(), asked(), 'decide')).toBeNull();
    const refusals = [
      reviewRefusal(standing({ erased: true }), asked(), 'decide'),
      reviewRefusal(standing({ receiptHash: 'b'.repeat(64) }), asked(), 'decide'),
      reviewRefusal(standing({ state: 'passed', settledBy: 'staff', revision: 1 }), asked(), 'decide'),
      reviewRefusal(standing({ state: 'failed', settledBy: 'verifier' }), asked(), 'decide'),
      reviewRefusal(standing({ awaitsVerifier: true }), asked(), 'decide'),
      reviewRefusal(failed, asked({ seen: seenFailed }), 'decide'),
    ];
    expect(refusals.map((refusal) => [refusal?.code, refusal?.detail].filter(Boolean).join(': '))).toEqual([
      'record.erased',
      'review.other-record',
      'review.decided-meanwhile: by the staff',
      'review.decided-meanwhile: by the verifier',
      'review.verifier-asked',
      'review.not-open',
    ]);
  });

  it('over a result needs a note, and somebody who was identified where nothing had been decided', () => {
    const over = asked({ seen: seenFailed });
    expect(reviewRefusal(failed, over, 'override')?.code).toBe('review.note-missing');
    expect(reviewRefusal(failed, { ...over, note: '与本人当面核对' }, 'override')).toBeNull();
    const nobody = standing({
      state: 'error',
      machine: { state: 'error', reason: 'user.cancelled' },
      identified: false,
    });
    const seen = { revision: 0, state: 'error', receiptHash: HASH } as const;
    expect(reviewRefusal(nobody, asked({ seen, note: 'x' }), 'override')?.code).toBe('review.nobody-identified');
    expect(reviewRefusal(standing({ identified: false }), asked(), 'decide')?.code).toBe('review.nobody-identified');
  });

  it('can never be made of a pass of the machine', () => {
    const passed = standing({ state: 'passed', machine: { state: 'passed', reason: 'ok.matched' } });
    const seen = { revision: 0, state: 'passed', receiptHash: HASH } as const;
    for (const action of ['decide', 'override'] as const)
      expect(reviewRefusal(passed, asked({ seen, note: 'x' }), action)?.code).toBe('review.not-open');
  });

  it('leads to a state and a reason code that agree, and no failure can carry an approval', () => {
    for (const decision of REVIEW_DECISIONS) {
      const { state, reason } = OUTCOME_OF_REVIEW[decision];
      expect([decision, stateOf(reason)]).toEqual([decision, state]);
    }
    const passing = REASON_CODES.filter((code) => REASONS[code].state === 'passed');
    expect(passing.every((code) => code.startsWith('ok.'))).toBe(true);
  });

  it('has a reason that belongs to it, and a note of 300 characters at most without a personal number', () => {
    const accepts = (changes: object) => askedReviewSchema.safeParse({ ...asked(), ...changes }).success;
    expect(
      REVIEW_DECISIONS.flatMap((decision) => REVIEW_REASONS[decision].map((reason) => [decision, reason])),
    ).toSatisfy((pairs: readonly (readonly [string, string])[]) =>
      pairs.every(([decision, reason]) => accepts({ decision, reason })),
    );
    expect([
      accepts({ reason: 'not-the-person' }),
      accepts({ reason: 'constructor' }),
      accepts({ note: 'x'.repeat(300) }),
      accepts({ note: 'x'.repeat(301) }),
      accepts({ note: '电话 138-0013-8000' }),
      accepts({ verdict: 'passed' }),
    ]).toEqual([false, false, true, false, false, false]);
  });
});

describe('a note', () => {
  it.each([
    ['11010519491231002X', true],
    ['６２２２０２０２００１１２２３３', true],
    ['138 0013 8000', true],
    ['E12345678', true],
    ['2026-11-22', false],
    ['2026-11-22 10:30 二号窗口', false],
    ['1080×1920', false],
    ['', false],
  ])('%s names somebody: %s', (note, names) => {
    expect(namesSomebody(note)).toBe(names);
  });
});

describe('a verifier that answers after the staff', () => {
  it('opens again what was approved and is refused by it, and changes nothing else', () => {
    const reopened = VERDICT_STATES.flatMap((staff) =>
      VERDICT_STATES.filter((verifier) => verifierAfterStaff(staff, verifier) === 'reopen').map((verifier) => [
        staff,
        verifier,
      ]),
    );
    expect(reopened).toEqual([['passed', 'failed']]);
  });
});
