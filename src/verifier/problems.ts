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
  record_missing: { status: 409, title: 'The record that this is about has not arrived', retryable: true },
  decision_early: { status: 409, title: 'The decision before this one has not arrived', retryable: true },
  decision_invalid: { status: 422, title: 'The decision does not fit the record or the device', retryable: false },
  session_conflict: { status: 422, title: 'This session was opened for something else', retryable: false },
  session_expired: { status: 410, title: 'The session has expired', retryable: false },
  session_state: { status: 409, title: 'The session is not in the state for that', retryable: false },
  artifact_unexpected: { status: 404, title: 'The session has no such artifact', retryable: false },
  artifact_mismatch: { status: 422, title: 'The artifact is not the one that was announced', retryable: false },
  artifact_offset: { status: 409, title: 'The piece does not follow on what has arrived', retryable: true },
  artifacts_missing: { status: 409, title: 'Not all artifacts have arrived', retryable: true },
  identity_unreadable: { status: 422, title: 'The sealed identity can not be opened', retryable: false },
  identity_missing: { status: 422, title: 'This check needs more than was sent', retryable: false },
  check_unsupported: { status: 422, title: 'This verifier does not answer that check', retryable: false },
  consent_missing: { status: 422, title: 'There is no consent to sending', retryable: false },
  review_refused: { status: 409, title: 'That can not be reviewed', retryable: false },
  second_clerk_needed: { status: 409, title: 'Another clerk has to decide the same', retryable: false },
  hand_off_unavailable: { status: 422, title: 'No page can be opened for a phone', retryable: false },
  report_window: { status: 400, title: 'A report covers at most 90 days, by the hour one day', retryable: false },
  key_refused: { status: 409, title: 'This key can not be used', retryable: false },
  operator_unknown: { status: 401, title: 'No operator is signed in', retryable: false },
  operator_forbidden: { status: 403, title: 'This operator may not do that', retryable: false },
  unavailable: { status: 503, title: 'The verifier is not ready', retryable: true },
  internal: { status: 500, title: 'The verifier failed', retryable: true },
};

/** Problem details (RFC 9457) of a code. `detail` names a field or a limit, never a person. */
export function problem(
  code: ProblemCode,
  extra: { detail?: string; retryAfterMs?: number; serverTimeMs?: number } = {},
): Problem {
  return { type: `urn:countersign:problem:${code}`, code, ...KINDS[code], ...extra };
}
