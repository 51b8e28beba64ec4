import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import { isUnknown } from '../../main/verifiers/attempt-runner.ts';
import { checkOutcomeSchema, type CheckOutcome } from '../../shared/domain/verification.ts';

/** What follows an outcome. */
export type OutcomeStep =
  | 'decide'
  /** Nobody can tell whether it was carried out: only a clerk goes on. */
  | 'leave-to-clerk'
  /** The next in the list of those who answer the check is asked. */
  | 'ask-next'
  /** Later, by itself. */
  | 'try-later';

/** An outcome in its proper form; one that isn't is a bug of whoever gave it, and never a pass. */
export function soundOutcome(outcome: CheckOutcome): CheckOutcome {
  const parsed = checkOutcomeSchema.safeParse(outcome);
  return parsed.success ? parsed.data : unconfirmed('internal.bug', { retry: 'none', detail: 'the outcome' });
}

/**
 * An unknown outcome is tried again only where that begins with a query (`service`); what cost nothing and won't pass
 * goes to the next in the list.
 */
export function stepAfter(outcome: CheckOutcome): OutcomeStep {
  if (isUnknown(outcome)) return outcome.retry === 'service' ? 'try-later' : 'leave-to-clerk';
  if (isUnbilledRefusal(outcome)) return 'ask-next';
  return outcome.retry === 'service' || outcome.retry === 'throttle' ? 'try-later' : 'decide';
}

/** Whether nothing was done and nothing was billed: it may be asked of somebody else without paying twice. */
export function isUnbilledRefusal({ state, retry, vendor }: CheckOutcome): boolean {
  return state === 'error' && retry === 'configuration' && (vendor === null || vendor.billed === false);
}

/** How a question ends whose outcome stays unknown. */
export function unknownOutcome(basis: CheckOutcome['basis'], vendor: CheckOutcome['vendor']): CheckOutcome {
  return unconfirmed('outcome.unknown', { retry: 'clerk', basis, vendor });
}
