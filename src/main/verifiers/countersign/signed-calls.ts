import type { Clock } from '../../../shared/clock.ts';
import type { Signature } from '../../../shared/domain/receipt.ts';
import { traceOf, traceParent } from '../../../shared/domain/trace-context.ts';
import { transientProblem } from '../../../shared/protocol/delivery.ts';
import { KV1_HEADERS } from '../../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, type Result } from '../../../shared/result.ts';
import { judgeAnswer, type AnswerProblem, type VouchedAnswer } from './answer-rules.ts';
import { askHealth } from './enrolment.ts';
import { exchange, EXCHANGE_TIMEOUT_MS, type ExchangeBounds, type HttpMethod } from './http-exchange.ts';
import { signingKeyId, signRequest, type PlainRequest, type ServerKey } from './message-authentication.ts';
import { vouchedServerKeys } from './server-keys.ts';

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
  /** Verifier's clock minus this machine's, kept over restarts; absent: learned anew each time. */
  readonly clockOffset?: { readonly load: () => number; readonly save: (offsetMs: number) => void };
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

export interface SignedCalls {
  readonly call: SignedCall;
  /** The verifier's keys that are believed by now, newest first; the pinned one is among them. */
  readonly servers: () => readonly ServerKey[];
}

/** An answer takes its time on the way; smaller changes are no news. */
const NOTEWORTHY_MS = 2_000;

/**
 * Signed calls to the verifier. Each carries a `traceparent`. A wrong clock is corrected once by what a signed answer
 * says; a request whose sequence number was overtaken gets a new one; and when an answer is signed by a key that isn't
 * known, the verifier is asked for its keys once, and a newer one is believed if the pinned one vouches for it.
 */
export function createSignedCalls(parts: Kv1ClientParts): SignedCalls {
  // Added to this machine's clock; the verifier said so in a signed answer.
  let clockOffsetMs = parts.clockOffset?.load() ?? 0;
  let notedOffsetMs: number | null = null;
  let servers: readonly ServerKey[] = [parts.server];

  async function send(call: Call): Promise<Sent> {
    const sequence = parts.nextSequence();
    if (!sequence.ok) return { judged: err(transientProblem(sequence.error)), unknownKey: false };
    const request = signRequest(plainRequest(call, parts), {
      keyId: parts.keyId,
      sign: parts.sign,
      nowMs: parts.clock.wallMs() + clockOffsetMs,
      nonce: parts.randomBytes(16).toString('base64url'),
      sequence: sequence.value,
    });
    const answer = await exchange(request, boundsOf(call, parts));
    if (!answer.ok) return { judged: err(transientProblem(answer.error)), unknownKey: false };
    const signer = signingKeyId(answer.value);
    const unknownKey = signer !== null && servers.every(({ keyId }) => keyId !== signer);
    const judged = judgeAnswer(answer.value, request, servers);
    if (judged.ok) noteClock(judged.value.headers);
    return { judged, unknownKey };
  }

  /** Every signed answer tells the verifier's time; what is kept of it is for staff and for the next start. */
  function noteClock(headers: Headers): void {
    const serverTimeMs = Number(headers.get(KV1_HEADERS.serverTime) ?? Number.NaN);
    if (!Number.isSafeInteger(serverTimeMs)) return;
    const offsetMs = serverTimeMs - parts.clock.wallMs();
    if (notedOffsetMs !== null && Math.abs(offsetMs - notedOffsetMs) < NOTEWORTHY_MS) return;
    notedOffsetMs = offsetMs;
    parts.clockOffset?.save(offsetMs);
  }

  async function followKeys(): Promise<boolean> {
    const health = await askHealth(parts.origin);
    const vouched = health.ok ? vouchedServerKeys(parts.server, health.value) : null;
    if (vouched !== null) servers = vouched;
    return vouched !== null;
  }

  const call: SignedCall = async (request) => {
    const tried = { clock: false, keys: false };
    for (let sends = 1; ; sends += 1) {
      const { judged, unknownKey } = await send(request);
      if (judged.ok || sends === SENDS) return judged;
      const { serverTimeMs, code } = judged.error;
      if (unknownKey && !tried.keys) {
        tried.keys = true;
        if (!(await followKeys())) return judged;
      } else if (serverTimeMs !== undefined && !tried.clock) {
        tried.clock = true;
        clockOffsetMs = serverTimeMs - parts.clock.wallMs();
        parts.clockOffset?.save(clockOffsetMs);
      } else if (code !== 'sequence_replayed' && code !== 'nonce_replayed') {
        return judged;
      }
    }
  };
  return { call, servers: () => servers };
}

interface Sent {
  readonly judged: Result<VouchedAnswer, AnswerProblem>;
  readonly unknownKey: boolean;
}

function plainRequest({ method, path, body = '', ...call }: Call, parts: Kv1ClientParts): PlainRequest {
  return {
    method,
    url: `${parts.origin}${path}`,
    body,
    ...(call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey }),
    headers: { ...call.headers, traceparent: traceHeader(call.certifyId, parts.randomBytes) },
  };
}

function boundsOf({ waitMs = 0, maxAnswerBytes, signal }: Call, { timeoutMs }: Kv1ClientParts): ExchangeBounds {
  return {
    timeoutMs: (timeoutMs ?? EXCHANGE_TIMEOUT_MS) + waitMs,
    ...(maxAnswerBytes === undefined ? {} : { maxAnswerBytes }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function traceHeader(certifyId: string | null, randomBytes: (length: number) => Buffer): string {
  const spanId = randomBytes(8).toString('hex');
  return traceParent(
    certifyId === null ? { traceId: randomBytes(16).toString('hex'), spanId } : traceOf(certifyId, spanId),
  );
}

/** `verifier.malformed`, to be tried again. `detail` names the part that doesn't fit, never its value. */
export function malformed(detail: string): AnswerProblem {
  return transientProblem(failure('verifier.malformed', detail));
}

/** `verifier.bad-signature`, to be tried again: nothing of such an answer counts. */
export function badSignature(detail: string): AnswerProblem {
  return transientProblem(failure('verifier.bad-signature', detail));
}
