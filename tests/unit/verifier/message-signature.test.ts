import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { httpbis } from 'http-message-signatures';
import { describe, expect, it } from 'vitest';
import { signRequest } from '../../../src/main/verifiers/countersign/message-authentication.ts';
import {
  answerComponents,
  parseSignatureHeader,
  parseSignatureInput,
  signatureBaseOf,
  signatureHeader,
} from '../../../src/shared/protocol/message-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signText = (text: string) => ({
  keyId: 'dev_1:k1',
  signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
});

function signedRequest(method: 'GET' | 'POST', body: string) {
  return signRequest(
    { method, url: 'https://verifier.example/v1/outbox:batch?a=1', body },
    { keyId: 'dev_1:k1', sign: signText, nowMs: Date.now(), nonce: 'bm9uY2Utbm9uY2Utbm9uY2U', sequence: 7 },
  );
}

interface Message {
  readonly headers: Record<string, string>;
}

/** Checks with an independent implementation of RFC 9421. */
async function verifiedByPackage(
  message: Message & ({ method: string; url: string } | { status: number }),
  request?: Message & { method: string; url: string },
): Promise<boolean | null> {
  const keyLookup = async () => ({
    id: 'dev_1:k1',
    algs: ['ed25519' as const],
    verify: async (data: Buffer, signature: Buffer) => verify(null, data, publicKey, signature),
  });
  if ('status' in message) return httpbis.verifyMessage({ keyLookup }, message, request);
  return httpbis.verifyMessage({ keyLookup }, message);
}

describe('signatures agree with the http-message-signatures package', () => {
  it.each(['GET', 'POST'] as const)('for a %s request', async (method) => {
    const { url, headers } = signedRequest(method, method === 'GET' ? '' : '{"items":[]}');
    expect(await verifiedByPackage({ method, url, headers: { ...headers } })).toBe(true);
    expect(await verifiedByPackage({ method, url: `${url}0`, headers: { ...headers } })).toBe(false);
    expect(await verifiedByPackage({ method, url, headers: { ...headers, 'kv-seq': '8' } })).toBe(false);
  });

  it('for an answer that is bound to its request', async () => {
    const request = signedRequest('POST', '{}');
    const requestSignature = request.headers['signature'] ?? '';
    const components = answerComponents({
      status: 200,
      contentDigest: 'sha-256=:AA==:',
      serverTimeMs: '5',
      requestSignature,
    });
    const created = Math.floor(Date.now() / 1_000);
    const { base, signatureInput } = signatureBaseOf(components, {
      created,
      expires: null,
      nonce: null,
      keyId: 'server:k1',
    });
    const signature = signatureHeader(sign(null, Buffer.from(base), privateKey).toString('base64'));
    const answer = {
      status: 200,
      headers: {
        'content-digest': 'sha-256=:AA==:',
        'kv-server-time': '5',
        'signature-input': signatureInput,
        signature,
      },
    };
    const bound = { method: request.method, url: request.url, headers: { ...request.headers } };
    expect(await verifiedByPackage(answer, bound)).toBe(true);
    const other = signedRequest('POST', '{"other":1}');
    expect(await verifiedByPackage(answer, { ...bound, headers: { ...other.headers } })).toBe(false);
  });
});

describe('parsing', () => {
  it('takes what was written', () => {
    const { headers } = signedRequest('POST', '{}');
    expect(parseSignatureInput(headers['signature-input'] ?? '')).toMatchObject({
      componentNames: [
        '"@method"',
        '"@target-uri"',
        '"content-digest"',
        '"content-type"',
        '"idempotency-key"',
        '"kv-seq"',
      ],
      parameters: { keyId: 'dev_1:k1', nonce: 'bm9uY2Utbm9uY2Utbm9uY2U' },
    });
    expect(parseSignatureHeader(headers['signature'] ?? '')).toHaveLength(88);
  });

  it('refuses anything else without an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(parseSignatureInput(text)).toBeNull();
        expect(parseSignatureHeader(text)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
    const { headers } = signedRequest('POST', '{}');
    const good = headers['signature-input'] ?? '';
    for (const bad of [
      `${good}, other=("@method")`,
      good.replace('kv1', 'sig'),
      good.replace('ed25519', 'hmac-sha256'),
      ` ${good}`,
      `${good};tag="x"`,
    ]) {
      expect(parseSignatureInput(bad)).toBeNull();
    }
  });
});
