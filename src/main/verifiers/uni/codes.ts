import type { RetryClass } from '../../../shared/domain/verification.ts';
import type { FailureCode } from '../../../shared/reasons.ts';

/** What a code means to us. None of these is a pass: that is only ever `authState` SUCCESS. */
export interface CodeMeaning {
  readonly reason: FailureCode;
  readonly retry: RetryClass;
}

/** Answers of the two cloud calls (doc.dcloud.net.cn/uniCloud/frv/dev.html). None of them is billed. */
export const CLOUD_CODES: Readonly<Record<string, CodeMeaning>> = {
  '50001': { reason: 'verifier.misconfigured', retry: 'configuration' },
  '50002': { reason: 'verifier.misconfigured', retry: 'configuration' },
  '54003': { reason: 'verifier.misconfigured', retry: 'configuration' },
  '54004': { reason: 'verifier.refused', retry: 'configuration' },
  '54020': { reason: 'verification.expired', retry: 'capture' },
  '54021': { reason: 'verifier.misconfigured', retry: 'configuration' },
  '54100': { reason: 'verifier.not-paid', retry: 'configuration' },
  '55000': { reason: 'source.unavailable', retry: 'service' },
  '55001': { reason: 'source.unavailable', retry: 'service' },
  '55023': { reason: 'verifier.not-paid', retry: 'configuration' },
  '60000': { reason: 'source.unavailable', retry: 'service' },
  // The visit may have been decided and billed, and its result can't be read any more.
  '56001': { reason: 'verification.expired', retry: 'clerk' },
  '56002': { reason: 'outcome.unknown', retry: 'clerk' },
};

/** Refusals of the customer's function itself, before it asked anybody. */
export const FUNCTION_CODES: Readonly<Record<string, CodeMeaning>> = {
  'signature-missing': { reason: 'verifier.misconfigured', retry: 'configuration' },
  'signature-mismatch': { reason: 'verifier.misconfigured', retry: 'configuration' },
  'signature-expired': { reason: 'verifier.clock-skew', retry: 'configuration' },
  'nonce-used': { reason: 'verifier.refused', retry: 'service' },
};

/** A code that isn't known decides nothing. */
export const UNKNOWN_CODE: CodeMeaning = { reason: 'verifier.unknown-code', retry: 'clerk' };

/** What the visitor's app was told. `ask-server`: only the cloud knows how the visit ended. */
export type ClientHint = { readonly kind: 'ask-server' } | ({ readonly kind: 'ended' } & CodeMeaning);

const ASK_SERVER: ClientHint = { kind: 'ask-server' };

/**
 * Codes of `uni.startFacialRecognitionVerify`. The app runs on a visitor's phone, so whatever it says is a hint: a
 * success or a refused face is asked for at the cloud.
 */
export const CLIENT_CODES: Readonly<Record<string, ClientHint>> = {
  '0': ASK_SERVER,
  '10001': { kind: 'ended', reason: 'verifier.misconfigured', retry: 'configuration' },
  '10010': ASK_SERVER,
  '10011': { kind: 'ended', reason: 'verification.abandoned', retry: 'capture' },
  '10012': { kind: 'ended', reason: 'verifier.unreachable', retry: 'service' },
  '10013': ASK_SERVER,
  '10020': { kind: 'ended', reason: 'verifier.clock-skew', retry: 'configuration' },
};

/** A code that isn't known decides nothing: the cloud is asked. */
export function meaningOfClientCode(code: string): ClientHint {
  return CLIENT_CODES[code] ?? ASK_SERVER;
}
