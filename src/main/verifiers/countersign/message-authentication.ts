import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Signature } from '../../../shared/domain/receipt.ts';
import { JSON_TYPE, KV1_HEADERS, KV1_LIMITS, type PublicKeyJwk } from '../../../shared/protocol/kv1.ts';
import {
  answerComponents,
  BINARY_TYPE,
  carriesBody,
  coversExactly,
  effectText,
  parseSignatureHeader,
  parseSignatureInput,
  requestComponents,
  signatureBaseOf,
  signatureHeader,
} from '../../../shared/protocol/message-signature.ts';
import type { HttpAnswer, HttpMethod, HttpRequest } from './http-exchange.ts';

/** A server key as it was pinned when the device enrolled. */
export interface ServerKey {
  readonly keyId: string;
  readonly jwk: PublicKeyJwk;
}

export interface SigningTerms {
  readonly keyId: string;
  readonly sign: (text: string) => Signature;
  readonly nowMs: number;
  readonly nonce: string;
  readonly sequence: number;
}

/** A request before it is signed. */
export interface PlainRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** Text is JSON, bytes are a piece of an artifact; nothing for GET and DELETE. */
  readonly body: string | Uint8Array;
  /** Names one effect, so that sending it again after a lost answer is recognised; by default made of the request. */
  readonly idempotencyKey?: string;
  /** Headers that the signature doesn't cover. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** SHA-256 Content-Digest (RFC 9530). */
export function contentDigest(body: string | Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/** The idempotency key of a body wherever it is sent. */
export function keyOfBody(body: string): string {
  return shortHash(body);
}

/** A request with the headers that prove who sent it, when, and that nothing was changed (RFC 9421). */
export function signRequest(request: PlainRequest, terms: SigningTerms): HttpRequest {
  const { method, url } = request;
  const digest = contentDigest(request.body);
  const kvSeq = String(terms.sequence);
  const body = carriesBody(method) ? bodyHeaders(request, digest) : null;
  const created = Math.floor(terms.nowMs / 1_000);
  const { base, signatureInput } = signatureBaseOf(
    requestComponents({ method, targetUri: url, contentDigest: digest, kvSeq, body }),
    { created, expires: created + KV1_LIMITS.signatureWindowMs / 1_000, nonce: terms.nonce, keyId: terms.keyId },
  );
  return {
    method,
    url,
    body: request.body,
    headers: {
      ...request.headers,
      ...(body === null ? {} : { 'content-type': body.contentType, [KV1_HEADERS.idempotencyKey]: body.idempotencyKey }),
      [KV1_HEADERS.contentDigest]: digest,
      [KV1_HEADERS.sequence]: kvSeq,
      [KV1_HEADERS.signatureInput]: signatureInput,
      [KV1_HEADERS.signature]: signatureHeader(toBase64(terms.sign(base).signature)),
    },
  };
}

function bodyHeaders(
  { method, url, body, idempotencyKey }: PlainRequest,
  digest: string,
): { readonly contentType: string; readonly idempotencyKey: string } {
  const effect = effectText({ method, targetUri: url, contentDigest: digest });
  return {
    contentType: typeof body === 'string' ? JSON_TYPE : BINARY_TYPE,
    idempotencyKey: idempotencyKey ?? shortHash(effect),
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/**
 * What an answer's signature says: `none` when it has no signature at all, `bad` when it isn't by a key that is
 * believed, belongs to another request, or covers another body.
 */
export function checkAnswer(
  answer: HttpAnswer,
  request: HttpRequest,
  servers: readonly ServerKey[],
): 'good' | 'bad' | 'none' {
  const signature = answer.headers.get(KV1_HEADERS.signature);
  const input = answer.headers.get(KV1_HEADERS.signatureInput);
  if (signature === null && input === null) return 'none';
  const base64 = parseSignatureHeader(signature ?? '');
  const parsed = parseSignatureInput(input ?? '');
  const serverTimeMs = answer.headers.get(KV1_HEADERS.serverTime);
  if (base64 === null || parsed === null || serverTimeMs === null) return 'bad';
  const digest = contentDigest(answer.body);
  if (answer.headers.get(KV1_HEADERS.contentDigest) !== digest) return 'bad';
  const components = answerComponents({
    status: answer.status,
    contentDigest: digest,
    serverTimeMs,
    requestSignature: request.headers[KV1_HEADERS.signature] ?? null,
  });
  const server = servers.find(({ keyId }) => keyId === parsed.parameters.keyId);
  if (server === undefined || !coversExactly(parsed, components)) return 'bad';
  const { base } = signatureBaseOf(components, parsed.parameters);
  return verifyText(base, Buffer.from(base64, 'base64'), server.jwk) ? 'good' : 'bad';
}

/** Id of the key that an answer says it is signed by; null where it says none. */
export function signingKeyId({ headers }: HttpAnswer): string | null {
  return parseSignatureInput(headers.get(KV1_HEADERS.signatureInput) ?? '')?.parameters.keyId ?? null;
}

/** Checks an Ed25519 signature over UTF-8 text. */
export function verifyText(text: string, signature: Buffer, key: PublicKeyJwk): boolean {
  try {
    return verify(null, Buffer.from(text), createPublicKey({ key, format: 'jwk' }), signature);
  } catch {
    // The x of a key can be 32 bytes that are no point of the curve: such a key has signed nothing.
    return false;
  }
}

function toBase64(base64Url: string): string {
  return Buffer.from(base64Url, 'base64url').toString('base64');
}
