import { transientProblem, type DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import { problemSchema, type Problem } from '../../../shared/protocol/kv1.ts';
import { failure, type FailureCode } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import { checkAnswer, type ServerKey } from './message-authentication.ts';

/** Longest wait that an answer can ask for. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** Problems that stay until somebody acts on this device. */
const DEVICE_PROBLEMS: Readonly<Record<string, FailureCode>> = {
  device_unknown: 'verifier.not-enrolled',
  device_revoked: 'verifier.refused',
  signature_missing: 'verifier.refused',
  signature_invalid: 'verifier.refused',
};

/** A problem whose signed answer corrects the clock of this device. */
export type AnswerProblem = DeliveryProblem & { readonly serverTimeMs?: number };

/**
 * Turns an answer into the JSON value that the verifier vouches for, or into what to do about it.
 *
 * Only a signed answer can stop a record or correct the clock; whatever else comes back (a proxy's page, a changed
 * body) leads to nothing but another try.
 */
export function judgeAnswer(
  answer: HttpAnswer,
  request: HttpRequest,
  server: ServerKey,
): Result<unknown, AnswerProblem> {
  const authentic = checkAnswer(answer, request, server);
  const value = parseJson(answer.body);
  if (authentic !== 'good') return err(unauthenticProblem(answer, authentic, value));
  if (value === undefined) return err(transientProblem(failure('verifier.malformed', 'the answer is not JSON')));
  if (answer.status === 200) return ok(value);
  const problem = problemSchema.safeParse(value);
  if (!problem.success) return err(transientProblem(failure('verifier.malformed', `HTTP ${answer.status}`)));
  return err(problemOf(problem.data));
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
