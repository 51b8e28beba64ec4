import type { Clock } from '../../shared/clock.ts';
import type { CheckAnswer, CheckRequest } from '../../shared/domain/verification.ts';
import { traceOf } from '../../shared/domain/trace-context.ts';
import type {
  CheckDelivery,
  CheckProgress,
  CheckToDeliver,
  QueuedCheck,
} from '../../shared/protocol/check-delivery.ts';
import { transientProblem, type DeliveryProblem } from '../../shared/protocol/delivery.ts';
import { failure, isFailureCode, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { askOnce } from './attempt-runner.ts';
import type { AttemptJournal, Verifier } from './contract.ts';
import { unfitForAll } from './media-limits.ts';

export interface DirectDeliveryParts {
  /** The vendor that the site has chosen; null where none is configured. */
  readonly verifier: () => Verifier | null;
  readonly journal: AttemptJournal;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
}

/** Failures of the account: no question is answered until somebody has acted. */
const ACCOUNT_FAILURES: ReadonlySet<string> = new Set([
  'verifier.misconfigured',
  'verifier.not-paid',
  'verifier.refused',
  'verifier.clock-skew',
]);

const NOT_CONFIGURED: DeliveryProblem = {
  failure: failure('verifier.misconfigured', 'no verifier is configured'),
  scope: 'device',
  retryAfterMs: null,
};

/** Asks a vendor without a verifier of one's own in between, for a site with a single terminal. */
export function createDirectDelivery(parts: DirectDeliveryParts): CheckDelivery {
  return {
    deliver: (item, onProgress, signal) => deliver(parts, item, onProgress, signal),
    acknowledge: (item) => acknowledge(parts, item),
  };
}

async function deliver(
  parts: DirectDeliveryParts,
  { queued, record, materials, clerk }: CheckToDeliver,
  onProgress: (progress: CheckProgress) => void,
  signal: AbortSignal,
): Promise<Result<CheckProgress, DeliveryProblem>> {
  const verifier = parts.verifier();
  if (verifier === null) return err(NOT_CONFIGURED);
  if (record.consent?.transmit !== true) return err(refused(failure('user.refused-consent', 'sending')));
  const { certifyId, check, orderId } = queued;
  const request: CheckRequest = { certifyId, check, orderId, materials };
  const unfit = unfitForAll(verifier.capabilities, check, materials);
  if (unfit !== null) return err(refused(unfit));
  const trace = traceOf(certifyId, parts.randomBytes(8).toString('hex'));
  const { reference } = queued;
  // A clerk's word is good for one call: after a crash in the middle of it this is an asked question like any other.
  const beginning: AttemptJournal['begin'] = async (attempt) => {
    const begun = await parts.journal.begin(attempt);
    if (begun.ok) onProgress({ state: 'submitted', reference, askAgainAfterMs: 0 });
    return begun;
  };
  const answer = await askOnce(
    verifier,
    request,
    { ...parts.journal, begin: beginning },
    { trace, signal },
    {
      clock: parts.clock,
      newAttemptId: () => parts.randomBytes(16).toString('hex'),
      earlierAttempts: queued.attempts,
      askAgain: clerk !== null,
      reference,
    },
  );
  if (answer.kind === 'pending') {
    const progress: CheckProgress = { ...answer, state: 'submitted' };
    onProgress(progress);
    return ok(progress);
  }
  return progressOf(answer);
}

/** What an answer means for the queue. */
function progressOf(answer: Extract<CheckAnswer, { kind: 'settled' }>): Result<CheckProgress, DeliveryProblem> {
  const { outcome, reference } = answer;
  const { reason, retry, retryAfterMs, detail } = outcome;
  const decided = { state: 'decided', outcome, decision: null } as const;
  const progress: CheckProgress = reference === undefined ? decided : { ...decided, reference };
  if (!isFailureCode(reason)) return ok(progress);
  const cause = failure(reason, detail);
  switch (retry) {
    case 'none':
    case 'capture':
    // About this person only: the queue puts it off to another day, and nobody else has to wait for that.
    case 'tomorrow':
      return ok(progress);
    case 'clerk':
      return ok({ state: 'unknown', outcome });
    case 'service':
    case 'throttle':
      // The next try begins by asking the vendor what became of this one, so that no person is needed.
      if (reason === 'outcome.unknown') return err(transientProblem(failure('verifier.unreachable', detail)));
      return err(transientProblem(cause, retryAfterMs));
    case 'configuration':
      return err({ failure: cause, scope: ACCOUNT_FAILURES.has(reason) ? 'device' : 'items', retryAfterMs: null });
  }
}

async function acknowledge(
  parts: DirectDeliveryParts,
  { certifyId, reference }: QueuedCheck,
): Promise<Result<null, DeliveryProblem>> {
  const verifier = parts.verifier();
  if (verifier === null) return err(NOT_CONFIGURED);
  if (reference === null) return ok(null);
  const trace = traceOf(certifyId, parts.randomBytes(8).toString('hex'));
  const erased = await verifier.erase(reference, { trace });
  return erased.ok ? ok(null) : err(transientProblem(erased.error));
}

function refused(cause: Failure): DeliveryProblem {
  return { failure: cause, scope: 'items', retryAfterMs: null };
}
