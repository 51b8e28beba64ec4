import { REASONS, type Failure } from '../../shared/reasons.ts';
import { CARD_TRIES, type FlowState } from './flow-state.ts';
import type { FlowEvent } from './flow-event.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';
import { clockStage, end, go, stay } from './flow-moves.ts';
import { agreesEnough } from './run-facts.ts';

type GuardianCard = Extract<FlowState, { step: 'guardian-card' }>;
type GuardianConsent = Extract<FlowState, { step: 'guardian-consent' }>;

/**
 * Asks for the card of whoever may agree for a child under 14 (PIPL, article 31). What the child's own card says
 * beside the age has to be in `run` already: nothing is looked at again afterwards.
 */
export function beginGuardian(run: Run): Step {
  return awaitGuardian({ ...run, cardTries: 0 }, null);
}

function awaitGuardian(run: Run, problem: GuardianCard['problem']): Step {
  return {
    state: { step: 'guardian-card', run, phase: 'searching', problem },
    effects: [{ type: 'read-guardian', certifyId: run.certifyId }],
  };
}

/** Waits for the guardian's card. Leaving and running out of time mean the same as everywhere in a certification. */
export function inGuardianCard(state: GuardianCard, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'card-progress':
      return go({ ...state, phase: event.phase, problem: event.phase === 'searching' ? state.problem : null });
    case 'card-occupied':
      return go({ ...state, problem: 'card.left-on-reader' });
    case 'guardian-read':
      return go({ step: 'guardian-consent', run: clockStage(state.run, 'card', nowMs), guardian: event.guardian });
    case 'guardian-refused':
      return unusable(state, { code: event.code });
    case 'card-failed':
      return unusable(state, event.failure);
    default:
      return stay(state);
  }
}

/** What another card can put right is tried again; everything else is for the staff. */
function unusable(state: GuardianCard, failed: Failure): Step {
  const run = { ...state.run, cardTries: state.run.cardTries + 1 };
  const again = REASONS[failed.code].next === 'replace-card' && run.cardTries < CARD_TRIES;
  return again ? awaitGuardian(run, failed.code) : end(run, failed, 'result');
}

/**
 * The guardian agrees for the child, or doesn't. Their answer takes the place of the child's own: what they don't
 * agree to isn't agreed to.
 *
 * @param goOn what follows once they have agreed.
 */
export function inGuardianConsent(
  state: GuardianConsent,
  event: FlowEvent,
  nowMs: number,
  goOn: (run: Run) => Step,
): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'refuse-consent':
      return end(state.run, { code: 'user.refused-consent' }, 'other-method');
    case 'guardian-agrees': {
      const { guardian } = state;
      const run = { ...clockStage(state.run, 'consent', nowMs), guardian, consent: { ...event.consent, guardian } };
      return agreesEnough(run, event.consent) ? goOn(run) : end(run, { code: 'user.refused-consent' }, 'other-method');
    }
    default:
      return stay(state);
  }
}
