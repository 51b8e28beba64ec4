import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { systemClock, type Clock } from '../../src/shared/clock.ts';
import type { Check } from '../../src/shared/domain/verification.ts';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import {
  SESSION_PATHS,
  sessionAnswerSchema,
  type Artifact,
  type SealedIdentity,
  type SessionAnswer,
  type SessionRequest,
} from '../../src/shared/protocol/kv1-sessions.ts';
import type { PublicKeyJwk } from '../../src/shared/protocol/kv1.ts';
import { ok } from '../../src/shared/result.ts';
import { enrolDevice } from '../../src/main/verifiers/countersign/enrolment.ts';
import { sealIdentity } from '../../src/main/verifiers/countersign/identity-sealing.ts';
import { createSignedCalls, type Call } from '../../src/main/verifiers/countersign/signed-calls.ts';
import { expectOk } from './sample-store.ts';

/** Name and number of nobody. */
export const NOBODY = { name: '测试员', number: '11010519491231002X' } as const;

/** A file with the frame header of a JPEG of that size, and noise: nobody's face. */
export function noiseJpeg(bytes: number, width = 480, height = 640): Buffer {
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0, 0xff, 0xda]);
  head.writeUInt16BE(height, 7);
  head.writeUInt16BE(width, 9);
  return Buffer.concat([head, randomBytes(bytes - head.length)]);
}

export function artifactOf(name: Artifact['name'], bytes: Uint8Array, width = 480, height = 640): Artifact {
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), width, height };
}

export function sessionRequest(changes: Partial<SessionRequest> = {}): SessionRequest {
  return {
    sessionId: uuidv7(),
    certifyId: uuidv7(),
    sceneId: 'counter',
    check: 'face-authority',
    orderId: randomBytes(16).toString('hex'),
    consent: { transmit: true, version: '1', givenAtMs: 1 },
    artifacts: [],
    subjectKey: null,
    simulated: true,
    ...changes,
  };
}

/** What a call was answered with: its JSON, or the code and detail of the problem. */
export type Answered =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly detail: string };

/** A device without a kiosk around it. */
export interface Questioner {
  call(call: Omit<Call, 'certifyId'>): Promise<Answered>;
  open(request: SessionRequest): Promise<Answered>;
  put(sessionId: string, name: string, bytes: Uint8Array): Promise<Answered>;
  piece(sessionId: string, name: string, offset: number, bytes: Uint8Array): Promise<Answered>;
  submit(session: SessionAnswer, identity: Omit<SealedIdentity, 'sessionId'> | null): Promise<Answered>;
  read(sessionId: string, waitSeconds?: number): Promise<SessionAnswer>;
  /** Opens, uploads, submits and waits for the end. */
  ask(
    check: Check,
    face: Uint8Array | null,
    identity: Omit<SealedIdentity, 'sessionId'> | null,
  ): Promise<SessionAnswer>;
}

export async function enrolQuestioner(
  verifier: { readonly address: string; enrolmentCode(): Promise<string> },
  clock: Clock = systemClock,
): Promise<Questioner> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKey.export({ format: 'jwk' }) as PublicKeyJwk;
  const signature = (text: string): string => sign(null, Buffer.from(text), privateKey).toString('base64url');
  const enrolled = expectOk(
    await enrolDevice(verifier.address, await verifier.enrolmentCode(), {
      publicKeyJwk: { kty: jwk.kty, crv: jwk.crv, x: jwk.x },
      sign: (text) => ({ keyId: 'local', signature: signature(text) }),
      model: 'test',
      appVersion: '0.1.0',
    }),
  ).enrolment;
  let sequence = 0;
  const { call: signed } = createSignedCalls({
    origin: verifier.address,
    keyId: enrolled.keyId,
    server: { keyId: enrolled.serverKeyId, jwk: enrolled.serverKey },
    sign: (text) => ({ keyId: enrolled.keyId, signature: signature(text) }),
    clock,
    randomBytes,
    nextSequence: () => ok(++sequence),
    timeoutMs: 30_000,
  });
  const call: Questioner['call'] = async (asked) => {
    const answer = await signed({ ...asked, certifyId: null });
    if (answer.ok) return { ok: true, value: answer.value.value };
    const { code, failure } = answer.error;
    return { ok: false, code: code ?? failure.code, detail: failure.detail ?? '' };
  };
  return questioner(call);
}

function questioner(call: Questioner['call']): Questioner {
  const fresh = (): string => randomBytes(16).toString('hex');
  const post = (path: string, body: unknown): Promise<Answered> =>
    call({ method: 'POST', path, body: canonicalJson(body), idempotencyKey: fresh() });
  const read: Questioner['read'] = async (sessionId, waitSeconds = 0) => {
    const headers = waitSeconds > 0 ? { prefer: `wait=${waitSeconds}` } : {};
    return sessionOf(
      await call({ method: 'GET', path: SESSION_PATHS.session(sessionId), headers, waitMs: waitSeconds * 1_000 }),
    );
  };
  const own: Questioner = {
    call,
    open: (request) => post(SESSION_PATHS.sessions, request),
    put: (sessionId, name, bytes) =>
      call({ method: 'PUT', path: `${SESSION_PATHS.artifacts(sessionId)}/${name}`, body: bytes }),
    piece: (sessionId, name, offset, bytes) =>
      call({ method: 'PATCH', path: `${SESSION_PATHS.artifacts(sessionId)}/${name}?offset=${offset}`, body: bytes }),
    submit: async ({ sessionId, sealingKey }, identity) => {
      const sealed = identity === null ? null : expectOk(await sealIdentity({ ...identity, sessionId }, sealingKey));
      return post(SESSION_PATHS.submit(sessionId), { identity: sealed, local: null });
    },
    read,
    ask: async (check, face, identity) => {
      const artifacts = face === null ? [] : [artifactOf('face.jpg', face)];
      const opened = sessionOf(await own.open(sessionRequest({ check, artifacts })));
      if (face !== null) await own.put(opened.sessionId, 'face.jpg', face);
      const submitted = sessionOf(await own.submit(opened, identity));
      return submitted.state === 'submitted' ? read(submitted.sessionId, 20) : submitted;
    },
  };
  return own;
}

export function sessionOf(answer: Answered): SessionAnswer {
  if (!answer.ok) throw new Error(`${answer.code} ${answer.detail}`);
  return sessionAnswerSchema.parse(answer.value);
}
