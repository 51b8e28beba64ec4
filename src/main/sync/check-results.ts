import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { CheckProgress } from '../../shared/protocol/check-delivery.ts';
import type { CheckChange } from '../../shared/protocol/check-queue.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import { failure, isFailureCode, type Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** What a try changes, and what it says about when to try again. */
export interface TriedCheck {
  readonly change: CheckChange;
  /** Leave this question alone for so long; null: as the lane's backoff says, or for good. */
  readonly waitMs: number | null;
  /** The lane as a whole has to slow down. */
  readonly laneFailed: boolean;
}

type Decided = Extract<CheckProgress, { state: 'decided' }>;

/** Bounds of what a verifier may ask for between two questions about the same thing. */
const SOONEST_MS = 250;
const LATEST_MS = 600_000;

/**
 * What to make of a try. Nothing but a decided outcome decides; what may have been answered without us knowing is
 * `lose`, and no rule here asks such a question again.
 *
 * @param today local day, for a source that answers no more today
 */
export function changeOfTry(tried: Result<CheckProgress, DeliveryProblem>, today: string): TriedCheck {
  if (!tried.ok) return changeOfProblem(tried.error);
  const progress = tried.value;
  switch (progress.state) {
    case 'uploading':
      return { change: { event: 'upload' }, waitMs: SOONEST_MS, laneFailed: false };
    case 'submitted': {
      const waitMs = Math.min(LATEST_MS, Math.max(SOONEST_MS, progress.askAgainAfterMs));
      return { change: { event: 'submit', reference: progress.reference }, waitMs, laneFailed: false };
    }
    case 'unknown':
      return settled({ event: 'lose', outcome: progress.outcome });
    case 'decided':
      return progress.outcome.state === 'error' ? changeOfError(progress, today) : settled(decideBy(progress));
  }
}

function decideBy({ outcome, decision, reference }: Decided): CheckChange {
  return { event: 'decide', outcome, decision, ...(reference === undefined ? {} : { reference }) };
}

function settled(change: CheckChange): TriedCheck {
  return { change, waitMs: null, laneFailed: false };
}

function changeOfProblem({ failure: reason, scope, retryAfterMs }: DeliveryProblem): TriedCheck {
  if (reason.code === 'outcome.unknown') return settled({ event: 'lose', outcome: unknownOutcome(reason) });
  if (scope === 'items') return settled({ event: 'refuse', failure: reason, outcome: null });
  const change: CheckChange = { event: 'defer', failure: reason, outcome: null, refusedDay: null };
  return { change, waitMs: retryAfterMs, laneFailed: true };
}

/** An error decides nothing: its class says who has to do what before it is asked again. */
function changeOfError(progress: Decided, today: string): TriedCheck {
  const { outcome } = progress;
  const reason = failureOf(outcome);
  switch (outcome.retry) {
    case 'none':
    case 'capture':
      return settled(decideBy(progress));
    case 'clerk':
      return settled({ event: 'lose', outcome });
    case 'configuration':
      return settled({ event: 'refuse', failure: reason, outcome });
    case 'tomorrow':
      return settled({ event: 'defer', failure: reason, outcome, refusedDay: today });
    case 'service':
    case 'throttle':
      return {
        change: { event: 'defer', failure: reason, outcome, refusedDay: null },
        waitMs: outcome.retryAfterMs,
        laneFailed: true,
      };
  }
}

function failureOf({ reason, vendor }: CheckOutcome): Failure {
  const detail = vendor === null ? undefined : `${vendor.operation} ${vendor.code}`;
  return isFailureCode(reason) ? failure(reason, detail) : failure('verifier.malformed', 'an error with a pass');
}

function unknownOutcome({ detail }: Failure): CheckOutcome {
  return {
    state: 'error',
    reason: 'outcome.unknown',
    retry: 'clerk',
    retryAfterMs: null,
    basis: 'authority',
    scores: [],
    vendor: null,
    ...(detail === undefined ? {} : { detail }),
  };
}

const TRANSPORT_FAILURES = new Set(['verifier.unreachable', 'verifier.malformed', 'verifier.bad-signature']);

/** Whether a problem says that the verifier isn't there, or that something stands between it and this device. */
export function isTransportProblem({ failure: { code }, scope, retryAfterMs }: DeliveryProblem): boolean {
  return scope === 'transient' && retryAfterMs === null && TRANSPORT_FAILURES.has(code);
}
