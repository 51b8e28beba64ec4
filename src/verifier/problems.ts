import type { Problem, ProblemCode } from '../shared/protocol/kv1.ts';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
}

const KINDS: Record<ProblemCode, ProblemKind> = {
  request_invalid: { status: 400, title: 'The request does not have the form of the protocol', retryable: false },
  not_found: { status: 404, title: 'There is no such thing here', retryable: false },
  body_too_large: { status: 413, title: 'The body is too large', retryable: false },
  too_many_requests: { status: 429, title: 'Too many requests', retryable: true },
  device_unknown: { status: 401, title: 'This key is not enrolled', retryable: false },
  device_revoked: { status: 403, title: 'This device was revoked', retryable: false },
  signature_missing: { status: 401, title: 'The request is not signed as the protocol asks', retryable: false },
  signature_invalid: { status: 401, title: 'The signature does not fit the request', retryable: true },
  digest_mismatch: { status: 400, title: 'The body is not the one that was signed', retryable: true },
  clock_skew: { status: 401, title: 'The clocks differ too much', retryable: true },
  nonce_replayed: { status: 401, title: 'This request was sent before', retryable: true },
  sequence_replayed: { status: 401, title: 'The sequence number was used before', retryable: true },
  idempotency_conflict: { status: 422, title: 'The same id stands for something else already', retryable: false },
  idempotency_in_flight: { status: 409, title: 'The same request is being worked on', retryable: true },
  enrolment_refused: { status: 403, title: 'The enrolment code is wrong, used or expired', retryable: false },
  receipt_invalid: { status: 422, title: 'The receipt does not fit the record or the device', retryable: false },
  receipt_sequence_reused: { status: 422, title: 'The device gave this number to another receipt', retryable: false },
  checkpoint_invalid: { status: 422, title: 'The audit checkpoint is not signed by the device', retryable: false },
  internal: { status: 500, title: 'The verifier failed', retryable: true },
};

/** Problem details (RFC 9457) of a code. `detail` names a field or a limit, never a person. */
export function problem(
  code: ProblemCode,
  extra: { detail?: string; retryAfterMs?: number; serverTimeMs?: number } = {},
): Problem {
  return { type: `urn:countersign:problem:${code}`, code, ...KINDS[code], ...extra };
}
