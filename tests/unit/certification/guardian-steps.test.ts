import { describe, expect, it } from 'vitest';
import type { FlowState } from '../../../src/main/certification/flow-state.ts';
import type { Run } from '../../../src/main/certification/run.ts';
import { beginGuardian, inGuardianCard, inGuardianConsent } from '../../../src/main/certification/guardian-steps.ts';
import { go } from '../../../src/main/certification/flow-moves.ts';
import { CERTIFY_ID, sampleRun } from './samples.ts';

const guardian = { nameMasked: '样*人', numberMasked: '110***********002X' };
const consent = { capture: true, transmit: false, version: 'v', givenAtMs: 5 };
const goOn = (run: Run) => go({ step: 'position', run, hint: null });

function guardianCard(run: Run = sampleRun()): Extract<FlowState, { step: 'guardian-card' }> {
  const { state } = beginGuardian(run);
  if (state.step !== 'guardian-card') throw new Error('not waiting for the guardian');
  return state;
}

describe('guardian card', () => {
  it('is asked for with all tries left', () => {
    const step = beginGuardian({ ...sampleRun(), cardTries: 4 });
    expect(step.effects).toEqual([{ type: 'read-guardian', certifyId: CERTIFY_ID }]);
    expect(step.state).toMatchObject({
      step: 'guardian-card',
      phase: 'searching',
      problem: null,
      run: { cardTries: 0 },
    });
  });

  it('says that the child’s card still lies on the reader', () => {
    const { state } = inGuardianCard(guardianCard(), { type: 'card-occupied', certifyId: CERTIFY_ID }, 1);
    expect(state).toMatchObject({ problem: 'card.left-on-reader' });
  });

  it('asks for another card where it is the child’s, five times at most', () => {
    let state: FlowState = guardianCard();
    let reads = 0;
    while (state.step === 'guardian-card' && reads < 50) {
      const step = inGuardianCard(
        state,
        { type: 'guardian-refused', certifyId: CERTIFY_ID, code: 'guardian.same-card' },
        1,
      );
      state = step.state;
      reads += 1;
    }
    expect(reads).toBe(5);
    expect(state).toMatchObject({ step: 'committing', ending: { reason: 'guardian.same-card' } });
  });

  it('leaves a guardian who is no adult, and a broken reader, to the staff', () => {
    const refused = { type: 'guardian-refused', certifyId: CERTIFY_ID, code: 'guardian.not-adult' } as const;
    expect(inGuardianCard(guardianCard(), refused, 1).state).toMatchObject({
      step: 'committing',
      ending: { reason: 'guardian.not-adult' },
    });
    const failed = { type: 'card-failed', certifyId: CERTIFY_ID, failure: { code: 'reader.missing' } } as const;
    expect(inGuardianCard(guardianCard(), failed, 1).state).toMatchObject({
      step: 'committing',
      ending: { reason: 'reader.missing' },
    });
  });

  it('goes on to the guardian’s consent and to nothing else', () => {
    const { state, effects } = inGuardianCard(
      guardianCard(),
      { type: 'guardian-read', certifyId: CERTIFY_ID, guardian },
      7,
    );
    expect(state).toMatchObject({ step: 'guardian-consent', guardian });
    expect(effects).toEqual([]);
  });
});

describe('guardian consent', () => {
  const asked = { step: 'guardian-consent' as const, run: sampleRun(), guardian };

  it('takes the place of the child’s own, with who gave it masked', () => {
    const child = { ...consent, transmit: true, returnFace: true };
    const before = { ...asked, run: { ...sampleRun(), consent: child } };
    const { state } = inGuardianConsent(before, { type: 'guardian-agrees', consent }, 9, goOn);
    expect(state.step).toBe('position');
    expect(state).toMatchObject({ run: { guardian, consent: { ...consent, guardian } } });
    expect('run' in state && state.run.consent?.returnFace).toBeUndefined();
  });

  it('without the capture is a refusal', () => {
    const refused = inGuardianConsent(
      asked,
      { type: 'guardian-agrees', consent: { ...consent, capture: false } },
      9,
      goOn,
    );
    expect(refused.state).toMatchObject({ step: 'committing', ending: { reason: 'user.refused-consent' } });
    const declined = inGuardianConsent(asked, { type: 'refuse-consent' }, 9, goOn);
    expect(declined.state).toMatchObject({
      step: 'committing',
      ending: { reason: 'user.refused-consent', then: 'other-method' },
    });
  });

  it('is not given by anything else', () => {
    for (const type of ['continue', 'use-card', 'keep-going', 'skip-chip'] as const) {
      expect(inGuardianConsent(asked, { type }, 9, goOn).state).toBe(asked);
    }
  });
});
