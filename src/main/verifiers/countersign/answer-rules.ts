import { transientProblem, type DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import { problemSchema, type Problem } from '../../../shared/protocol/kv1.ts';
import { failure, type FailureCode } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import { checkAnswer, type ServerKey } from './message-authentication.ts';

/** Longest wait that an answer can ask for. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** Done, made, or being worked on. */
const DONE: ReadonlySet<number> = new Set([200, 201, 202]);

/** Problems that stay until somebody acts on this device. */
const DEVICE_PROBLEMS: Readonly<Record<string, FailureCode>> = {
  device_unknown: 'verifier.not-enrolled',
  device_revoked: 'verifier.refused',
  signature_missing: 'verifier.refused',
  signature_invalid: 'verifier.refused',
};

/** A delivery problem with what a signed answer said: its code, and the verifier's time where clocks differ. */
export type AnswerProblem = DeliveryProblem & { readonly code?: string; readonly serverTimeMs?: number };

/** An answer that the verifier vouches for. */
export interface VouchedAnswer {
  readonly status: number;
  /** Undefined for 304, which has no body. */
  readonly value: unknown;
  readonly headers: Headers;
}

/**
 * Turns an answer into the JSON value that the verifier vouches for, or into what to do about it.
 *
 * Only a signed answer can stop a record or correct the clock; whatever else comes back (a proxy's page, a changed
 * body) leads to nothing but another try.
 */
export function judgeAnswer(
  answer: HttpAnswer,
  request: HttpRequest,
  servers: readonly ServerKey[],
): Result<VouchedAnswer, AnswerProblem> {
  const { status, headers } = answer;
  const authentic = checkAnswer(answer, request, servers);
  const value = parseJson(answer.body);
  if (authentic !== 'good') return err(unauthenticProblem(answer, authentic, value));
  if (status === 304) return ok({ status, value: undefined, headers });
  if (value === undefined) return err(transientProblem(failure('verifier.malformed', 'the answer is not JSON')));
  if (DONE.has(status)) return ok({ status, value, headers });
  const problem = problemSchema.safeParse(value);
  if (!problem.success) return err(transientProblem(failure('verifier.malformed', `HTTP ${status}`)));
  return err({ ...problemOf(problem.data), code: problem.data.code });
}

function problemOf(problem: Problem): AnswerProblem {
  const { code, retryable, retryAfterMs, serverTimeMs } = problem;
  const waitMs = retryAfterMs === undefined ? null : Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
  if (code === 'clock_skew') {
    const skew = transientProblem(failure('verifier.clock-skew', 'the clocks differ by more than 5 minutes'), waitMs);
    return serverTimeMs === undefined ? skew : { ...skew, serverTimeMs };
  }
  const deviceFailure = DEVICE_PROBLEMS[code];
  if (deviceFailure !== undefined)
    return { failure: failure(deviceFailure, code), scope: 'device', retryAfterMs: waitMs };
  if (problem.status >= 500) return transientProblem(failure('verifier.unreachable', code), waitMs);
  return { failure: failure('verifier.refused', code), scope: retryable ? 'transient' : 'items', retryAfterMs: waitMs };
}

function unauthenticProblem(answer: HttpAnswer, authentic: 'bad' | 'none', value: unknown): DeliveryProblem {
  const status = `HTTP ${answer.status}`;
  if (answer.status >= 500 || answer.status === 429) {
    return transientProblem(failure('verifier.unreachable', status), retryAfterOf(answer.headers));
  }
  const isNonsense = authentic === 'none' && value === undefined;
  return transientProblem(failure(isNonsense ? 'verifier.malformed' : 'verifier.bad-signature', status));
}

/** Retry-After in seconds (RFC 9110 section 10.2.3); the date form is not used by the verifier and is ignored. */
function retryAfterOf(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null || !/^\d{1,6}$/.test(value)) return null;
  return Math.min(Number(value) * 1_000, LONGEST_RETRY_AFTER_MS);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
