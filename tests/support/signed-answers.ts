import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { KV1_HEADERS, publicKeyJwkSchema, type PublicKeyJwk } from '../../src/shared/protocol/kv1.ts';
import { answerComponents, signatureBaseOf, signatureHeader } from '../../src/shared/protocol/message-signature.ts';

/** A key that signs as a verifier does. */
export interface SigningKey {
  readonly keyId: string;
  readonly jwk: PublicKeyJwk;
  readonly sign: (text: string) => { keyId: string; signature: string };
}

export function signingKey(keyId: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' }));
  const signText = (text: string): { keyId: string; signature: string } => ({
    keyId,
    signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
  });
  return { keyId, jwk, sign: signText };
}

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer before it is signed. */
export interface PlainAnswer {
  readonly status: number;
  readonly value: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function problemAnswer(status: number, code: string, more: Record<string, unknown> = {}): PlainAnswer {
  return { status, value: { type: 'about:blank', title: code, status, code, retryable: false, ...more } };
}

export type AnswerHeaders = Record<string, string>;

/** Headers that sign a body as the answer to the request with this signature. */
export function signedHeaders(
  status: number,
  body: string,
  nowMs: number,
  { key, requestSignature }: { readonly key: SigningKey; readonly requestSignature: string | null },
): AnswerHeaders {
  const contentDigest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const components = answerComponents({ status, contentDigest, serverTimeMs: String(nowMs), requestSignature });
  const created = Math.floor(nowMs / 1_000);
  const parameters = { created, expires: null, nonce: null, keyId: key.keyId };
  const { base, signatureInput } = signatureBaseOf(components, parameters);
  const signature = Buffer.from(key.sign(base).signature, 'base64url').toString('base64');
  return {
    'content-type': 'application/json',
    [KV1_HEADERS.serverTime]: String(nowMs),
    [KV1_HEADERS.contentDigest]: contentDigest,
    [KV1_HEADERS.signatureInput]: signatureInput,
    [KV1_HEADERS.signature]: signatureHeader(signature),
  };
}
