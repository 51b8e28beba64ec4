import type { ReasonCode, VerdictState } from '../../shared/reasons.ts';

/**
 * Ends that are no attempt of their own: a limit had been reached before, or a rule refused to begin. If these counted,
 * whoever asks again would never get out of a limit.
 */
export const REFUSED_BEFOREHAND: readonly ReasonCode[] = [
  'attempts.person-day',
  'attempts.locked',
  'identity.already-used',
  'risk.blocked',
];

/** Ends in which the verifier's word is still to come. */
export const STILL_OPEN: readonly ReasonCode[] = ['verification.pending', 'verification.captured'];

/** Whether a certification counts as an attempt that did not pass. */
export function countsAsAttempt(outcome: VerdictState, reason: string): boolean {
  return outcome !== 'passed' && !REFUSED_BEFOREHAND.some((code) => code === reason);
}
