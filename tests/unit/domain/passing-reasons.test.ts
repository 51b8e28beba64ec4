import { describe, expect, it } from 'vitest';
import { checkOutcomeSchema } from '../../../src/shared/domain/verification.ts';
import { decisionBodySchema } from '../../../src/shared/protocol/kv1-sessions.ts';
import { REASON_CODES, stateOf } from '../../../src/shared/reasons.ts';
import { sampleOutcome } from '../../support/sample-checks.ts';

const outcome = sampleOutcome();
const { retry, basis, scores, vendor } = outcome;
const body = {
  ...{ retry, basis, scores, vendor },
  v: 1,
  sessionId: '01890a5d-ac96-774b-bcce-b302099a8099',
  certifyId: '01890a5d-ac96-774b-bcce-b302099a8057',
  check: 'identity',
  revision: 1,
  decidedBy: ['machine'],
  artifacts: {},
  decidedAtMs: 1,
  policyVersion: 1,
  eraseAfterMs: 2,
} as const;

/** The reasons with which a state is taken as a verifier's word. */
function taken(state: string, parse: (of: object) => boolean): readonly string[] {
  return REASON_CODES.filter((reason) => parse({ state, reason }));
}

describe.each([
  ['an outcome', (of: object) => checkOutcomeSchema.safeParse({ ...outcome, ...of }).success],
  ['a signed decision', (of: object) => decisionBodySchema.safeParse({ ...body, ...of }).success],
])('%s', (_name, parse) => {
  it('is a pass by two names alone', () => {
    expect([...taken('passed', parse)].sort()).toEqual(['ok.confirmed', 'ok.matched']);
  });

  it.each(['failed', 'review', 'error'])('that is %s has a reason of that state', (state) => {
    const reasons = taken(state, parse);
    expect(reasons).toEqual(REASON_CODES.filter((reason) => stateOf(reason) === state));
    expect(reasons.length).toBeGreaterThan(2);
  });
});
