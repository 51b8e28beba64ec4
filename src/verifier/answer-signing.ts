import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../shared/clock.ts';
import { KV1_HEADERS } from '../shared/protocol/kv1.ts';
import { answerComponents, signatureBaseOf, signatureHeader } from '../shared/protocol/message-signature.ts';
import { contentDigest } from './request-authentication.ts';
import type { ServerKey } from './server-key.ts';

/**
 * Signs an answer over its status, body, time and the signature of the request that it answers. An answer without a body
 * (204, 304) is signed the same way, with the digest of no bytes; only streams are left unsigned.
 */
export function signAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  { serverKey, clock }: { readonly serverKey: ServerKey; readonly clock: Clock },
): unknown {
  const body = payload ?? '';
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return payload;
  const nowMs = clock.wallMs();
  const digest = contentDigest(body);
  const requestSignature = request.headers[KV1_HEADERS.signature];
  const components = answerComponents({
    status: reply.statusCode,
    contentDigest: digest,
    serverTimeMs: String(nowMs),
    requestSignature: typeof requestSignature === 'string' ? requestSignature : null,
  });
  const { base, signatureInput } = signatureBaseOf(components, {
    created: Math.floor(nowMs / 1_000),
    expires: null,
    nonce: null,
    keyId: serverKey.keyId,
  });
  const signature = Buffer.from(serverKey.sign(base).signature, 'base64url').toString('base64');
  reply.headers({
    [KV1_HEADERS.serverTime]: String(nowMs),
    [KV1_HEADERS.contentDigest]: digest,
    [KV1_HEADERS.signatureInput]: signatureInput,
    [KV1_HEADERS.signature]: signatureHeader(signature),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  return payload;
}
