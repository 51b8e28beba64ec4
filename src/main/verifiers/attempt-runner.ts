import type { Clock } from '../../shared/clock.ts';
import {
  type Capability,
  type CheckAnswer,
  type CheckOutcome,
  type CheckRequest,
} from '../../shared/domain/verification.ts';
import { serviceRefusalText } from '../../shared/service-refusal-texts.ts';
import { lackingMaterial, outcomeOfFailure, settled, unconfirmed } from './check-outcomes.ts';
import type { Attempt, AttemptJournal, CallContext, Verifier } from './contract.ts';

export interface AskPolicy {
  readonly clock: Clock;
  /** A new id for the attempt row. */
  readonly newAttemptId: () => string;
  /** How often this question was asked before, as the caller counts; the row gets a number beyond all that are known. */
  readonly earlierAttempts: number;
  /** A clerk wants it asked again although an earlier outcome is unknown and may have been billed. */
  readonly askAgain: boolean;
  /** What the verifier called the question when it was last said to be worked on, where the caller kept it. */
  readonly reference?: string | null;
}

type Unsettled = Attempt & { readonly reference: string | null };

/**
 * Asks a verifier at most once, with a memory that outlives this process.
 *
 * A question with an unsettled attempt isn't asked again: its result is queried, and where the verifier can't be
 * queried it stays `outcome.unknown` until a clerk lets it be asked again. A new question's row is on the disk before
 * the call goes out. An exception of the verifier leaves the row unsettled, which is the safe side.
 *
 * Two calls for the same question at the same time are the caller's to prevent.
 *
 * @returns the answer; `retry` of an unknown outcome is `service` where asking again begins with a query, and `clerk`
 *   where only a person can decide
 */
export async function askOnce(
  verifier: Verifier,
  request: CheckRequest,
  journal: AttemptJournal,
  context: CallContext,
  policy: AskPolicy,
): Promise<CheckAnswer> {
  const capability = capabilityFor(verifier, request);
  if (capability === null) {
    const why = verifier.capabilities.refusals[request.check];
    const detail = why === undefined ? undefined : serviceRefusalText(why, 'en');
    return settled(unconfirmed('verifier.unsupported', { retry: 'configuration', detail }));
  }
  const missing = lackingMaterial(request.check, request.materials);
  if (missing !== null) {
    return settled(unconfirmed('material.missing', { retry: 'configuration', detail: missing }));
  }
  const unsettled = await journal.unsettled(request.orderId);
  if (!unsettled.ok) return settled(outcomeOfFailure(unsettled.error, capability.basis));
  // Whoever was killed in a call hasn't counted it, and its row has that number.
  const number = 1 + Math.max(policy.earlierAttempts, ...unsettled.value.map((attempt) => attempt.number));
  const run: Run = { verifier, request, journal, context, policy, capability, number };
  for (const attempt of unsettled.value) {
    const known = await resolveAttempt(run, attempt);
    if (known !== null) return known;
  }
  return askNew(run);
}

/** The operation that a request leads to; null where the verifier doesn't serve its check. */
export function capabilityFor(verifier: Verifier, request: CheckRequest): Capability | null {
  const first = verifier.capabilities.checks.find(({ check }) => check === request.check) ?? null;
  return first === null ? null : (verifier.capabilityFor?.(request) ?? first);
}

interface Run {
  readonly verifier: Verifier;
  readonly request: CheckRequest;
  readonly journal: AttemptJournal;
  readonly context: CallContext;
  readonly policy: AskPolicy;
  readonly capability: Capability;
  /** Of the row if there will be a new one. */
  readonly number: number;
}

/** What became of an attempt whose answer was lost; null once it is settled and the question may be asked anew. */
async function resolveAttempt(run: Run, attempt: Unsettled): Promise<CheckAnswer | null> {
  const { verifier, request, journal, context, policy, capability } = run;
  const reference = attempt.reference ?? policy.reference ?? null;
  if (!capability.queryable && reference === null) {
    if (!policy.askAgain) return settled(unknownOutcome(capability, 'clerk'));
    return abandon(run, attempt);
  }
  const answer = await verifier.query(reference ?? request.orderId, request, context);
  if (answer.kind === 'pending') {
    if (answer.reference !== attempt.reference) await journal.refer(attempt.attemptId, answer.reference);
    return answer;
  }
  const { outcome } = answer;
  if (isUnknown(outcome)) return policy.askAgain ? abandon(run, attempt) : answer;
  // A query that failed says nothing about the attempt.
  if (saysNothing(outcome)) return answer;
  await settle(journal, attempt.attemptId, answer);
  // The verifier has no such call: the request never arrived, so it is asked now.
  return outcome.reason === 'verification.abandoned' && reference === null ? null : answer;
}

/** A clerk answers for asking again. If that can't be written down, nobody is asked. */
async function abandon({ journal, capability }: Run, attempt: Unsettled): Promise<CheckAnswer | null> {
  const written = await journal.settle(attempt.attemptId, { reason: 'outcome.unknown', code: 'asked again' });
  return written.ok ? null : settled(outcomeOfFailure(written.error, capability.basis));
}

async function askNew(run: Run): Promise<CheckAnswer> {
  const { verifier, request, journal, context, policy, capability, number } = run;
  const attemptId = policy.newAttemptId();
  const begun = await journal.begin({
    attemptId,
    certifyId: request.certifyId,
    verifier: verifier.capabilities.verifier,
    operation: capability.operation,
    orderId: request.orderId,
    number,
    startedAtMs: policy.clock.wallMs(),
  });
  if (!begun.ok) return settled(outcomeOfFailure(begun.error, capability.basis));
  const answer = await verifier.check(request, context);
  if (answer.kind === 'pending') {
    await journal.refer(attemptId, answer.reference);
    return answer;
  }
  const { outcome } = answer;
  const mayBeUndecided = isUnknown(outcome) && (capability.billed || capability.queryable);
  if (mayBeUndecided) await keepReference(journal, attemptId, answer);
  else await settle(journal, attemptId, answer);
  if (!isUnknown(outcome)) return answer;
  // Without a bill, or where the next try begins with a query, no person is needed.
  const needsClerk = capability.billed && !capability.queryable;
  return { ...answer, outcome: { ...outcome, retry: needsClerk ? 'clerk' : 'service' } };
}

type Settled = Extract<CheckAnswer, { kind: 'settled' }>;

/** The reference first: a settled row without it would leave at the vendor what nobody finds any more. */
async function settle(journal: AttemptJournal, attemptId: string, answer: Settled): Promise<void> {
  const { reason, vendor } = answer.outcome;
  await keepReference(journal, attemptId, answer);
  // A row that stays unsettled for a full disk costs one query or one clerk's look, never an answer.
  const { code = '', billed = null, requestId = null } = vendor ?? {};
  await journal.settle(attemptId, { reason, code, billed, requestId });
}

async function keepReference(journal: AttemptJournal, attemptId: string, { reference }: Settled): Promise<void> {
  if (reference !== undefined) await journal.refer(attemptId, reference);
}

/** Whether nobody can tell if the call was carried out. */
export function isUnknown(outcome: CheckOutcome): boolean {
  return outcome.reason === 'outcome.unknown' || outcome.retry === 'clerk';
}

/** Outcomes of a query that speak of the query itself and not of the call that was asked about. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'verifier.unreachable',
  'verifier.malformed',
  'verifier.bad-signature',
  'verifier.throttled',
  'verifier.refused',
  'verifier.misconfigured',
  'verifier.clock-skew',
  'verifier.not-enrolled',
  'verifier.not-paid',
  'verifier.unknown-code',
]);

function saysNothing({ reason }: CheckOutcome): boolean {
  return SAYS_NOTHING.has(reason);
}

function unknownOutcome({ basis }: Capability, retry: 'clerk' | 'service'): CheckOutcome {
  return unconfirmed('outcome.unknown', { retry, basis, detail: 'an earlier try was never answered' });
}
