import type { Clock } from '../../../shared/clock.ts';
import type { Signature } from '../../../shared/domain/receipt.ts';
import { traceOf, traceParent } from '../../../shared/domain/trace-context.ts';
import { transientProblem } from '../../../shared/protocol/delivery.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, type Result } from '../../../shared/result.ts';
import { judgeAnswer, type AnswerProblem, type VouchedAnswer } from './answer-rules.ts';
import { exchange, EXCHANGE_TIMEOUT_MS, type HttpMethod } from './http-exchange.ts';
import { signRequest, type ServerKey } from './message-authentication.ts';

export interface Kv1ClientParts {
  /** Origin, as `parseVerifierAddress` gives it. */
  readonly origin: string;
  readonly keyId: string;
  readonly server: ServerKey;
  readonly sign: (text: string) => Signature;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
  /** Strictly increasing over restarts. */
  readonly nextSequence: () => Result<number, Failure>;
  readonly timeoutMs?: number;
}

/** One call of the protocol. */
export interface Call {
  readonly method: HttpMethod;
  /** With its query. */
  readonly path: string;
  /** Text is JSON, bytes are a piece of an artifact. Absent for GET and DELETE. */
  readonly body?: string | Uint8Array;
  /** By default made of the request itself, so that the same request has its effect once. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose trace it belongs to; null where it is about several certifications or none. */
  readonly certifyId: string | null;
  /** Beyond the usual time, for an answer that is held back on purpose. */
  readonly waitMs?: number;
  readonly maxAnswerBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export type SignedCall = (call: Call) => Promise<Result<VouchedAnswer, AnswerProblem>>;

/** Two requests of this device can overtake each other on the way; the later one is then refused, and sent again. */
const SENDS = 4;

/**
 * Signed calls to the verifier. Each carries a `traceparent`; a wrong clock is corrected once by what a signed answer
 * says, and a request whose sequence number was overtaken gets a new one.
 */
export function createSignedCalls(parts: Kv1ClientParts): SignedCall {
  // Added to this machine's clock; the verifier said so in a signed answer.
  let clockOffsetMs = 0;

  async function send(call: Call): Promise<Result<VouchedAnswer, AnswerProblem>> {
    const sequence = parts.nextSequence();
    if (!sequence.ok) return err(transientProblem(sequence.error));
    const { method, path, body = '', idempotencyKey, certifyId } = call;
    const request = signRequest(
      {
        method,
        url: `${parts.origin}${path}`,
        body,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        headers: { ...call.headers, traceparent: traceHeader(certifyId, parts.randomBytes) },
      },
      {
        keyId: parts.keyId,
        sign: parts.sign,
        nowMs: parts.clock.wallMs() + clockOffsetMs,
        nonce: parts.randomBytes(16).toString('base64url'),
        sequence: sequence.value,
      },
    );
    const answer = await exchange(request, {
      timeoutMs: (parts.timeoutMs ?? EXCHANGE_TIMEOUT_MS) + (call.waitMs ?? 0),
      ...(call.maxAnswerBytes === undefined ? {} : { maxAnswerBytes: call.maxAnswerBytes }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    if (!answer.ok) return err(transientProblem(answer.error));
    return judgeAnswer(answer.value, request, parts.server);
  }

  return async (call) => {
    let corrected = false;
    for (let sends = 1; ; sends += 1) {
      const answer = await send(call);
      if (answer.ok || sends === SENDS) return answer;
      const { serverTimeMs, code } = answer.error;
      if (serverTimeMs !== undefined && !corrected) {
        clockOffsetMs = serverTimeMs - parts.clock.wallMs();
        corrected = true;
      } else if (code !== 'sequence_replayed' && code !== 'nonce_replayed') {
        return answer;
      }
    }
  };
}

function traceHeader(certifyId: string | null, randomBytes: (length: number) => Buffer): string {
  const spanId = randomBytes(8).toString('hex');
  return traceParent(
    certifyId === null ? { traceId: randomBytes(16).toString('hex'), spanId } : traceOf(certifyId, spanId),
  );
}

export function malformed(detail: string): AnswerProblem {
  return transientProblem(failure('verifier.malformed', detail));
}

export function badSignature(detail: string): AnswerProblem {
  return transientProblem(failure('verifier.bad-signature', detail));
}
