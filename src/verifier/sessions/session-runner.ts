import { v7 as uuidv7 } from 'uuid';
import { askOnce, isUnknown } from '../../main/verifiers/attempt-runner.ts';
import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { Verifier } from '../../main/verifiers/contract.ts';
import type { Clock } from '../../shared/clock.ts';
import { ok } from '../../shared/result.ts';
import type { CheckAnswer, CheckOutcome, CheckRequest } from '../../shared/domain/verification.ts';
import { traceOf } from '../../shared/domain/trace-context.ts';
import type { SessionAttempt, SessionAttempts } from './attempt-rows.ts';
import { RETRY_BOUNDS, retryDelay, type RetryBounds } from './backoff.ts';
import type { CheckDirectory } from './check-directory.ts';
import type { RandomBytes } from './envelope.ts';
import { soundOutcome, stepAfter, unknownOutcome } from './outcome-rules.ts';
import type { Session } from './session.ts';

export interface SessionRunnerParts {
  readonly checks: CheckDirectory;
  readonly attempts: SessionAttempts;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly bounds?: RetryBounds;
}

/** What one turn at a session led to. */
export type TurnResult =
  | { readonly kind: 'decided'; readonly outcome: CheckOutcome }
  | { readonly kind: 'unknown'; readonly outcome: CheckOutcome }
  | { readonly kind: 'later'; readonly delayMs: number };

/** A question is left alone after this, whatever a vendor that works on it says. */
const LONGEST_PENDING_MS = 30 * 60_000;

/**
 * Takes one turn at a submitted session: asks whoever is to be asked, queries what was never answered, and says what
 * follows. Only the owner of the session's lease may call it.
 */
export async function runSession(
  parts: SessionRunnerParts,
  session: Session,
  request: CheckRequest,
  signal: AbortSignal,
): Promise<TurnResult> {
  const refused = new Set<string>();
  for (;;) {
    const attempts = await parts.attempts.of(session.request.sessionId);
    const open = attempts.filter(({ settledReason }) => settledReason === null);
    const verifier = nextVerifier(parts.checks, session, attempts, open, refused);
    if (verifier === null) return giveUp(open, unconfirmed('verifier.unsupported', { retry: 'configuration' }));
    const turn: Turn = { parts, session, request, signal, verifier, attempts, open };
    const answer = await ask(turn);
    const result = await follow(turn, answer);
    if (result !== 'ask-next') return result;
    refused.add(verifier.capabilities.verifier);
    if (nextVerifier(parts.checks, session, attempts, [], refused) === null) {
      return answer.kind === 'settled' ? { kind: 'decided', outcome: answer.outcome } : { kind: 'later', delayMs: 0 };
    }
  }
}

interface Turn {
  readonly parts: SessionRunnerParts;
  readonly session: Session;
  readonly request: CheckRequest;
  readonly signal: AbortSignal;
  readonly verifier: Verifier;
  /** Those before this turn. */
  readonly attempts: readonly SessionAttempt[];
  /** Of them those that never settled. */
  readonly open: readonly SessionAttempt[];
}

/** Whoever was asked and never answered comes first; then the first of the list that hasn't refused. */
function nextVerifier(
  checks: CheckDirectory,
  session: Session,
  attempts: readonly SessionAttempt[],
  open: readonly SessionAttempt[],
  refused: ReadonlySet<string>,
): Verifier | null {
  const waiting = open[0];
  if (waiting !== undefined) return checks.named(waiting.verifier);
  const last = attempts.at(-1);
  const list = checks
    .answering(session.request.check)
    .filter(({ capabilities }) => !refused.has(capabilities.verifier));
  // Later tries go to the one that the earlier ones went to, unless it has refused in this turn.
  return list.find(({ capabilities }) => capabilities.verifier === last?.verifier) ?? list[0] ?? null;
}

/** Exceptions of an adapter leave its attempt open, which the next turn resolves by a query or leaves to a clerk. */
async function ask({ parts, session, request, signal, verifier, attempts, open }: Turn): Promise<CheckAnswer> {
  const { clock, randomBytes } = parts;
  // What never settled was looked up for this turn, and nobody else has the lease.
  const journal = { ...parts.attempts.journal(session.request.sessionId), unsettled: async () => ok(open) };
  const context = { trace: traceOf(request.certifyId, randomBytes(8).toString('hex')), signal };
  const since = session.submittedAtMs ?? 0;
  try {
    const answer = await askOnce(verifier, request, journal, context, {
      clock,
      newAttemptId: () => uuidv7(),
      earlierAttempts: attempts.length,
      // A clerk's word covers the attempts that the clerk could know of.
      askAgain: session.askedAgain && open.every(({ startedAtMs }) => startedAtMs < since),
    });
    return answer.kind === 'pending' ? answer : { ...answer, outcome: soundOutcome(answer.outcome) };
  } catch {
    return { kind: 'settled', outcome: unconfirmed('internal.bug', { retry: 'service', detail: 'the adapter threw' }) };
  }
}

async function follow(turn: Turn, answer: CheckAnswer): Promise<TurnResult | 'ask-next'> {
  if (answer.kind === 'pending') return followPending(turn, answer.askAgainAfterMs);
  const { outcome } = answer;
  const step = stepAfter(outcome);
  if (step === 'ask-next' || step === 'decide') {
    // What was asked earlier and is still open may have been billed: then nobody else is asked, and nothing decided.
    const stillOpen = turn.open.length > 0 && (await openAttempts(turn)).length > 0;
    if (stillOpen) return tryLater(turn, outcome);
    return step === 'decide' ? { kind: 'decided', outcome } : 'ask-next';
  }
  return step === 'leave-to-clerk' ? { kind: 'unknown', outcome } : tryLater(turn, outcome);
}

function followPending({ session, parts }: Turn, askAgainAfterMs: number): TurnResult {
  const elapsedMs = parts.clock.wallMs() - (session.submittedAtMs ?? 0);
  if (elapsedMs > LONGEST_PENDING_MS) return { kind: 'unknown', outcome: unknownOutcome('local', null) };
  return { kind: 'later', delayMs: Math.max(askAgainAfterMs, 200) };
}

async function tryLater(turn: Turn, outcome: CheckOutcome): Promise<TurnResult> {
  const { parts, session, attempts } = turn;
  const bounds = parts.bounds ?? RETRY_BOUNDS;
  const elapsedMs = Math.max(0, parts.clock.wallMs() - (session.submittedAtMs ?? 0));
  const open = await openAttempts(turn);
  // Queries leave no rows: how long it has been going on tells how often.
  const queries = 1 + Math.floor(Math.log2(1 + elapsedMs / bounds.baseMs));
  const asked = attempts.filter(({ startedAtMs }) => startedAtMs >= (session.submittedAtMs ?? 0)).length + 1;
  const tries = open.length > 0 ? Math.min(queries, bounds.maxAttempts - 1) : asked;
  const wait = { attempts: tries, elapsedMs, retryAfterMs: outcome.retryAfterMs };
  const delayMs = retryDelay(bounds, wait, parts.random());
  return delayMs === null ? giveUp(open, outcome) : { kind: 'later', delayMs };
}

/** The last outcome stands, unless something that was asked is still open. */
function giveUp(open: readonly SessionAttempt[], outcome: CheckOutcome): TurnResult {
  if (open.length > 0 || isUnknown(outcome)) {
    return { kind: 'unknown', outcome: unknownOutcome(outcome.basis, outcome.vendor) };
  }
  return { kind: 'decided', outcome };
}

async function openAttempts({ parts, session }: Turn): Promise<readonly SessionAttempt[]> {
  const attempts = await parts.attempts.of(session.request.sessionId);
  return attempts.filter(({ settledReason }) => settledReason === null);
}
