import type { z } from 'zod';
import { canonicalJson } from '../../../shared/canonical-json.ts';
import {
  deletionReceiptSchema,
  SESSION_LIMITS,
  SESSION_PATHS,
  sessionAnswerSchema,
  type ArtifactName,
  type DeletionReceipt,
  type ReviewRequest,
  type SessionAnswer,
  type SessionRequest,
  type SubmitRequest,
} from '../../../shared/protocol/kv1-sessions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { transientProblem } from '../../../shared/protocol/delivery.ts';
import type { AnswerProblem, VouchedAnswer } from './answer-rules.ts';
import { checkDecision, checkDeletion, type AskedSession } from './decision-rules.ts';
import type { ServerKey } from './message-authentication.ts';
import { badSignature, malformed, type Call, type SignedCall } from './signed-calls.ts';

/** What is common to the calls of one run over a session. */
export interface SessionTerms {
  readonly asked: AskedSession;
  readonly signal?: AbortSignal | undefined;
}

type Answered = Promise<Result<SessionAnswer, AnswerProblem>>;

/**
 * Calls about sessions. An answer that speaks of another session, or holds a decision that isn't the pinned server's
 * or doesn't fit what was asked, is `verifier.bad-signature`: no caller sees such a decision.
 */
export interface SessionCalls {
  /** Opens a session; the same request again gives the session as it is by now. */
  open(request: SessionRequest, terms: SessionTerms): Answered;
  /** @param waitSeconds how long the verifier may hold the answer back until there is a decision */
  read(terms: SessionTerms, waitSeconds?: number): Answered;
  /** A whole artifact of at most one piece. */
  put(terms: SessionTerms, name: ArtifactName, bytes: Uint8Array): Promise<Result<null, AnswerProblem>>;
  /** One piece that begins at `offset`. */
  append(
    terms: SessionTerms,
    name: ArtifactName,
    offset: number,
    piece: Uint8Array,
  ): Promise<Result<null, AnswerProblem>>;
  submit(terms: SessionTerms, request: SubmitRequest): Answered;
  /** A clerk lets a question be asked again whose outcome stayed unknown. */
  retry(terms: SessionTerms, clerk: string): Answered;
  review(terms: SessionTerms, request: ReviewRequest): Answered;
  /** Has the verifier erase what it was sent. Null when it has no such session. */
  erase(terms: Pick<SessionTerms, 'asked' | 'signal'>): Promise<Result<DeletionReceipt | null, AnswerProblem>>;
}

/**
 * Opening and retrying have an idempotency key of their own each time; any other request has its effect once.
 *
 * @param servers asked with each answer: keys that were learned meanwhile count
 */
export function createSessionCalls(
  call: SignedCall,
  servers: () => readonly ServerKey[],
  randomBytes: (length: number) => Buffer,
): SessionCalls {
  const about = async (terms: SessionTerms, request: Omit<Call, 'certifyId'>): Answered => {
    const answer = await call({ ...request, certifyId: terms.asked.certifyId, signal: terms.signal });
    return answer.ok ? readSession(answer.value, terms.asked, servers()) : answer;
  };
  const post = (terms: SessionTerms, path: string, body: unknown, idempotencyKey?: string): Answered =>
    about(terms, {
      method: 'POST',
      path,
      body: canonicalJson(body),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
  // What these do depends on the state of the session: an answer from an earlier try would be an old state.
  const freshKey = (): string => randomBytes(16).toString('hex');
  const upload = async (
    terms: SessionTerms,
    request: Omit<Call, 'certifyId'>,
  ): Promise<Result<null, AnswerProblem>> => {
    const answer = await call({ ...request, certifyId: terms.asked.certifyId, signal: terms.signal });
    return answer.ok ? ok(null) : answer;
  };
  return {
    open: (request, terms) => post(terms, SESSION_PATHS.sessions, request, freshKey()),
    read: (terms, waitSeconds) => about(terms, readCall(terms.asked.sessionId, waitSeconds)),
    put: (terms, name, bytes) =>
      upload(terms, { method: 'PUT', path: SESSION_PATHS.artifact(terms.asked.sessionId, name), body: bytes }),
    append: (terms, name, offset, piece) =>
      upload(terms, {
        method: 'PATCH',
        path: `${SESSION_PATHS.artifact(terms.asked.sessionId, name)}?offset=${offset}`,
        body: piece,
      }),
    submit: (terms, request) => post(terms, SESSION_PATHS.submit(terms.asked.sessionId), request),
    retry: (terms, clerk) => post(terms, SESSION_PATHS.retry(terms.asked.sessionId), { clerk }, freshKey()),
    review: (terms, request) => post(terms, SESSION_PATHS.review(terms.asked.sessionId), request),
    erase: async ({ asked, signal }) => {
      const path = SESSION_PATHS.artifacts(asked.sessionId);
      const answer = await call({ method: 'DELETE', path, certifyId: asked.certifyId, signal });
      return readDeletion(answer, { kind: 'artifacts', of: asked.sessionId }, servers());
    },
  };
}

function readCall(sessionId: string, waitSeconds = 0): Omit<Call, 'certifyId'> {
  const path = SESSION_PATHS.session(sessionId);
  const seconds = Math.min(Math.max(0, Math.floor(waitSeconds)), SESSION_LIMITS.waitSeconds);
  if (seconds === 0) return { method: 'GET', path };
  return { method: 'GET', path, headers: { prefer: `wait=${seconds}` }, waitMs: seconds * 1_000 };
}

function readSession(
  { value }: VouchedAnswer,
  asked: AskedSession,
  servers: readonly ServerKey[],
): Result<SessionAnswer, AnswerProblem> {
  const parsed = sessionAnswerSchema.safeParse(value);
  if (!parsed.success) return err(malformed(`the session answer does not parse: ${fieldOf(parsed.error)}`));
  const { sessionId, certifyId, decision } = parsed.data;
  if (sessionId !== asked.sessionId || certifyId !== asked.certifyId) return err(badSignature('another session'));
  if (decision === null) return ok(parsed.data);
  const checked = checkDecision(decision, asked, servers);
  return checked.ok ? ok(parsed.data) : err(transientProblem(checked.error));
}

/** A deletion's receipt; null when the verifier knows nothing of what was to be erased. */
export function readDeletion(
  answer: Result<VouchedAnswer, AnswerProblem>,
  expected: { readonly kind: 'artifacts' | 'subject'; readonly of: string },
  servers: readonly ServerKey[],
): Result<DeletionReceipt | null, AnswerProblem> {
  if (!answer.ok) return answer.error.code === 'not_found' ? ok(null) : answer;
  const parsed = deletionReceiptSchema.safeParse(answer.value.value);
  if (!parsed.success) return err(malformed('the deletion receipt does not parse'));
  const checked = checkDeletion(parsed.data, expected, servers);
  return checked.ok ? checked : err(transientProblem(checked.error));
}

/** The first field that doesn't fit; never its value. */
function fieldOf(error: z.ZodError): string {
  return (error.issues[0]?.path.join('.') ?? '').slice(0, 100);
}
