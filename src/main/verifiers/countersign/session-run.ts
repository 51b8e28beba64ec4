import { mayBeAskedAgain, type SessionAnswer } from '../../../shared/protocol/kv1-sessions.ts';
import { transientProblem, type DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { AnswerProblem } from './answer-rules.ts';
import { sealIdentity } from './identity-sealing.ts';
import type { SessionCalls, SessionTerms } from './session-calls.ts';
import { askedBy, type SessionQuestion } from './session-question.ts';
import { uploadArtifacts } from './session-upload.ts';
import { malformed } from './signed-calls.ts';

export interface SessionRun {
  readonly calls: SessionCalls;
  readonly question: SessionQuestion;
  /** Nothing was ever sent about it, so that opening is the first thing to try. */
  readonly isNew: boolean;
  /** A clerk lets it be asked again if its outcome is unknown. */
  readonly clerk: string | null;
  /** An error that may pass is known here, and its time to wait is over: it is asked again. */
  readonly askAgain: boolean;
  /** How long the verifier may hold an answer back until there is a decision. */
  readonly waitSeconds: number;
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
  readonly onSubmitted: (askAgainAfterMs: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Where the run stopped: the state is `submitted`, `unknown-outcome`, `decided` or, with its decision, `erased`. */
export type SessionEnd = SessionAnswer;

/** When the verifier doesn't say when to ask again. */
export const ASK_AGAIN_AFTER_MS = 2_000;
/** Each step leads to the next state; more of them than this is a verifier that goes in circles. */
const MOST_STEPS = 10;

/** Problems after which the session is read again and carried on from what it is. */
const OUT_OF_STEP: ReadonlySet<string> = new Set([
  'artifact_offset',
  'artifacts_missing',
  'identity_unreadable',
  'session_state',
  'idempotency_in_flight',
  'session_expired',
]);
const MOST_REREADS = 3;

/**
 * Carries one question on from whatever the verifier says has arrived, until it is decided, has to wait, or fails.
 * Repeating it is harmless at any point: each step asks only for what is still missing.
 */
export async function runSession(run: SessionRun): Promise<Result<SessionEnd, DeliveryProblem>> {
  const terms: SessionTerms = { asked: askedBy(run.question.request), signal: run.signal };
  const progress: Progress = { waited: false, asked: !run.askAgain, retried: false, reopened: false };
  let rereads = 0;
  let answer = await enter(run, terms);
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    if (!answer.ok) {
      const { code } = answer.error;
      if (code === undefined || !OUT_OF_STEP.has(code) || rereads === MOST_REREADS) return err(problemOf(answer.error));
      rereads += 1;
      answer = await run.calls.read(terms);
      continue;
    }
    const next = await step(run, terms, answer.value, progress);
    if (next === null) return ok(answer.value);
    answer = next;
  }
  return err(malformed('the session goes in circles'));
}

interface Progress {
  waited: boolean;
  /** Whatever is decided from here on is new. */
  asked: boolean;
  retried: boolean;
  reopened: boolean;
}

type Answered = Result<SessionAnswer, AnswerProblem>;

async function enter({ calls, question, isNew }: SessionRun, terms: SessionTerms): Promise<Answered> {
  if (isNew) return calls.open(question.request, terms);
  const found = await calls.read(terms);
  return !found.ok && found.error.code === 'not_found' ? calls.open(question.request, terms) : found;
}

/** The session after the next step; null where the run ends. */
async function step(
  run: SessionRun,
  terms: SessionTerms,
  session: SessionAnswer,
  progress: Progress,
): Promise<Answered | null> {
  switch (session.state) {
    case 'open':
      return submit(run, terms, session);
    case 'submitted': {
      progress.asked = true;
      if (progress.waited) return null;
      progress.waited = true;
      run.onSubmitted(session.askAgainAfterMs ?? ASK_AGAIN_AFTER_MS);
      return run.waitSeconds > 0 ? run.calls.read(terms, run.waitSeconds) : null;
    }
    case 'unknown-outcome': {
      if (run.clerk === null || progress.retried) return null;
      progress.retried = true;
      progress.waited = false;
      // A clerk's word is for one call: it is spent before that goes out, since its answer can be lost.
      run.onSubmitted(ASK_AGAIN_AFTER_MS);
      return run.calls.retry(terms, run.clerk);
    }
    case 'decided': {
      const { decision } = session;
      if (decision === null) return err(expiredOr(session.state));
      if (progress.asked || !mayBeAskedAgain(decision.body)) return null;
      progress.asked = true;
      return submit(run, terms, session, decision.body.revision);
    }
    case 'erased': {
      const { decision } = session;
      // Waiting for an answer that the verifier has nothing left to ask with would never end.
      return decision === null || mayBeAskedAgain(decision.body) ? err(expiredOr(session.state)) : null;
    }
    case 'expired': {
      // Nothing was asked yet and the materials are still here: it can begin anew where the verifier lets it.
      if (progress.reopened) return err(expiredOr(session.state));
      progress.reopened = true;
      return run.calls.open(run.question.request, terms);
    }
  }
}

async function submit(
  run: SessionRun,
  terms: SessionTerms,
  session: SessionAnswer,
  askAgainAfter?: number,
): Promise<Answered> {
  const { calls, question, onSent } = run;
  const again = askAgainAfter === undefined ? {} : { askAgainAfter };
  const uploaded = await uploadArtifacts({ calls, terms, question, onSent }, session);
  if (!uploaded.ok) return uploaded;
  if (question.identity === null) return calls.submit(terms, { identity: null, local: question.local, ...again });
  const sealed = await sealIdentity(question.identity, session.sealingKey);
  if (!sealed.ok) return err(transientProblem(sealed.error));
  return calls.submit(terms, { identity: sealed.value, local: question.local, ...again });
}

function expiredOr(state: 'decided' | 'erased' | 'expired'): AnswerProblem {
  if (state === 'decided') return malformed('decided without a decision');
  return { failure: failure('verification.expired', state), scope: 'items', retryAfterMs: null };
}

function problemOf(problem: AnswerProblem): DeliveryProblem {
  const { failure: cause, scope, retryAfterMs, code } = problem;
  if (code === 'session_expired') return expiredOr('expired');
  return { failure: cause, scope, retryAfterMs };
}
