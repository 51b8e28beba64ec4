import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { enrolDevice } from '../../src/main/verifiers/countersign/enrolment.ts';
import { KV1_HEADERS, type PublicKeyJwk } from '../../src/shared/protocol/kv1.ts';
import {
  answerComponents,
  carriesBody,
  effectText,
  parseSignatureHeader,
  parseSignatureInput,
  requestComponents,
  signatureBaseOf,
  signatureHeader,
} from '../../src/shared/protocol/message-signature.ts';
import { expectOk } from './sample-store.ts';

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: Buffer | string;
  readonly contentType?: string;
  readonly sequence?: number;
  readonly idempotencyKey?: string;
  readonly nonce?: string;
  readonly keyId?: string;
  /** Seconds. */
  readonly created?: number;
  /** Not signed, and put in place of what was. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in place of the body that was signed. */
  readonly sent?: Buffer | string;
  /** Asked in place of the path that was signed. */
  readonly sentTo?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly code: string | null;
  /** Whether the verifier signed exactly this answer to exactly this request. */
  readonly signed: boolean;
}

/** An enrolled device whose every header can be chosen. */
export interface RawDevice {
  readonly deviceId: string;
  readonly keyId: string;
  send(request: RawRequest): Promise<RawAnswer>;
}

export async function enrolRawDevice(verifier: {
  readonly address: string;
  enrolmentCode(): Promise<string>;
}): Promise<RawDevice> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKey.export({ format: 'jwk' }) as PublicKeyJwk;
  const signText = (text: string): Buffer => sign(null, Buffer.from(text), privateKey);
  const { enrolment } = expectOk(
    await enrolDevice(verifier.address, await verifier.enrolmentCode(), {
      publicKeyJwk: { kty: jwk.kty, crv: jwk.crv, x: jwk.x },
      sign: (text) => ({ keyId: 'local', signature: signText(text).toString('base64url') }),
      model: 'test',
      appVersion: '0.1.0',
    }),
  );
  let sequence = 0;
  return {
    deviceId: enrolment.deviceId,
    keyId: enrolment.keyId,
    send: async (request) => {
      const { method = 'GET', path, body = '' } = request;
      const targetUri = `${verifier.address}${path}`;
      const contentDigest = digestOf(body);
      const kvSeq = String(request.sequence ?? (sequence += 1));
      const contentType = request.contentType ?? 'application/json';
      const effect = createHash('sha256').update(effectText({ method, targetUri, contentDigest }));
      const idempotencyKey = request.idempotencyKey ?? effect.digest('hex').slice(0, 32);
      const bodyParts = carriesBody(method) ? { contentType, idempotencyKey } : null;
      const created = request.created ?? Math.floor(Date.now() / 1_000);
      const { base, signatureInput } = signatureBaseOf(
        requestComponents({ method, targetUri, contentDigest, kvSeq, body: bodyParts }),
        {
          created,
          expires: created + 300,
          nonce: request.nonce ?? randomBytes(16).toString('base64url'),
          keyId: request.keyId ?? enrolment.keyId,
        },
      );
      const headers: Record<string, string> = {
        ...(bodyParts === null ? {} : { 'content-type': contentType, [KV1_HEADERS.idempotencyKey]: idempotencyKey }),
        [KV1_HEADERS.contentDigest]: contentDigest,
        [KV1_HEADERS.sequence]: kvSeq,
        [KV1_HEADERS.signatureInput]: signatureInput,
        [KV1_HEADERS.signature]: signatureHeader(signText(base).toString('base64')),
        ...request.headers,
      };
      const sent = request.sent ?? body;
      const answer = await fetch(`${verifier.address}${request.sentTo ?? path}`, {
        method,
        headers,
        ...(carriesBody(method) ? { body: typeof sent === 'string' ? sent : new Uint8Array(sent) } : {}),
      });
      const text = await answer.text();
      const signed = isSigned(answer, text, headers[KV1_HEADERS.signature] ?? null, enrolment.serverKey);
      return { status: answer.status, headers: answer.headers, text, code: codeOf(text), signed };
    },
  };
}

function digestOf(body: Buffer | string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

function isSigned(answer: Response, text: string, requestSignature: string | null, serverKey: PublicKeyJwk): boolean {
  const base64 = parseSignatureHeader(answer.headers.get(KV1_HEADERS.signature) ?? '');
  const input = parseSignatureInput(answer.headers.get(KV1_HEADERS.signatureInput) ?? '');
  const serverTimeMs = answer.headers.get(KV1_HEADERS.serverTime) ?? '';
  if (base64 === null || input === null) return false;
  const parts = { status: answer.status, contentDigest: digestOf(text), serverTimeMs, requestSignature };
  const { base } = signatureBaseOf(answerComponents(parts), input.parameters);
  const key = createPublicKey({ key: serverKey, format: 'jwk' });
  return verify(null, Buffer.from(base), key, Buffer.from(base64, 'base64'));
}

function codeOf(text: string): string | null {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}
