import type { Action, ChallengeProgress, ProgressHint } from '../../shared/domain/challenge.ts';
import type { QualityReason } from '../../shared/domain/face-quality.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { HandOff } from './hand-off.ts';

/** Why nothing more happens on a phone. It never says how the check went: that is told at the kiosk. */
export type PhoneEnd = 'done' | 'refused' | 'expired' | 'closed' | 'unavailable' | 'other-browser' | 'unknown';

/** The one thing that the page shows now. */
export type PhoneStep =
  | { readonly step: 'notice' }
  | { readonly step: 'position'; readonly hint: QualityReason | null }
  | {
      readonly step: 'challenge';
      readonly kind: 'action' | 'silent';
      readonly action: Action | null;
      readonly index: number;
      readonly count: number;
      /** 0–1. */
      readonly done: number;
      readonly hint: ProgressHint | null;
    }
  | { readonly step: 'again'; readonly why: ReasonCode }
  /** Others are being looked at; this one in a moment. */
  | { readonly step: 'wait' }
  | { readonly step: 'over'; readonly why: PhoneEnd };

/** Where the page of this hand-off begins. */
export function firstStep({ state, outcome, agreement }: HandOff): PhoneStep {
  if (state === 'ended') return { step: 'over', why: outcome === null ? 'expired' : endOf(outcome) };
  if (state === 'checking') return { step: 'over', why: 'done' };
  return agreement === null ? { step: 'notice' } : { step: 'position', hint: null };
}

/** Whatever isn't an action is shown as `silent`: a phone has no other challenges. */
export function challengeStep(progress: ChallengeProgress): PhoneStep {
  if (progress.kind === 'action') {
    const { action, index, count, done, hint } = progress;
    return { step: 'challenge', kind: 'action', action, index, count, done, hint };
  }
  const done = progress.kind === 'silent' ? progress.done : 0;
  return { step: 'challenge', kind: 'silent', action: null, index: 0, count: 1, done, hint: progress.hint };
}

function endOf({ reason }: CheckOutcome): PhoneEnd {
  switch (reason) {
    case 'handoff.refused':
      return 'refused';
    case 'handoff.expired':
      return 'expired';
    case 'user.cancelled':
      return 'closed';
    case 'inference.unavailable':
    case 'inference.crashed':
    case 'inference.model-refused':
    case 'handoff.unavailable':
      return 'unavailable';
    default:
      return 'done';
  }
}
