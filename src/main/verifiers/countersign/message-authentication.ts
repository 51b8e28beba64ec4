import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Signature } from '../../../shared/domain/receipt.ts';
import { JSON_TYPE, KV1_HEADERS, KV1_LIMITS, type PublicKeyJwk } from '../../../shared/protocol/kv1.ts';
import {
  answerComponents,
  coversExactly,
  parseSignatureHeader,
  parseSignatureInput,
  requestComponents,
  signatureBaseOf,
  signatureHeader,
} from '../../../shared/protocol/message-signature.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';

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

/** SHA-256 Content-Digest (RFC 9530). */
export function contentDigest(body: string | Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/** A request with the headers that prove who sent it, when, and that nothing was changed (RFC 9421). */
export function signRequest(
  request: { readonly method: 'GET' | 'POST'; readonly url: string; readonly body: string },
  terms: SigningTerms,
): HttpRequest {
  const digest = contentDigest(request.body);
  // The same body gets the same key, so that sending it again after a lost answer is recognised.
  const idempotencyKey = createHash('sha256').update(request.body).digest('hex').slice(0, 32);
  const kvSeq = String(terms.sequence);
  const body = request.method === 'GET' ? null : { contentType: JSON_TYPE, idempotencyKey };
  const created = Math.floor(terms.nowMs / 1_000);
  const { base, signatureInput } = signatureBaseOf(
    requestComponents({ method: request.method, targetUri: request.url, contentDigest: digest, kvSeq, body }),
    { created, expires: created + KV1_LIMITS.signatureWindowMs / 1_000, nonce: terms.nonce, keyId: terms.keyId },
  );
  return {
    ...request,
    headers: {
      ...(body === null ? {} : { 'content-type': JSON_TYPE, [KV1_HEADERS.idempotencyKey]: idempotencyKey }),
      [KV1_HEADERS.contentDigest]: digest,
      [KV1_HEADERS.sequence]: kvSeq,
      [KV1_HEADERS.signatureInput]: signatureInput,
      [KV1_HEADERS.signature]: signatureHeader(toBase64(terms.sign(base).signature)),
    },
  };
}

/**
 * What an answer's signature says: `none` when it has no signature at all, `bad` when it isn't the pinned server's,
 * belongs to another request, or covers another body.
 */
export function checkAnswer(answer: HttpAnswer, request: HttpRequest, server: ServerKey): 'good' | 'bad' | 'none' {
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
  if (parsed.parameters.keyId !== server.keyId || !coversExactly(parsed, components)) return 'bad';
  const { base } = signatureBaseOf(components, parsed.parameters);
  return verifyText(base, Buffer.from(base64, 'base64'), server.jwk) ? 'good' : 'bad';
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
