import { randomBytes } from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { CHECKS, type CheckOutcome } from '../../../../src/shared/domain/verification.ts';
import type { Artifact, SealedIdentity, SealingKey } from '../../../../src/shared/protocol/kv1-sessions.ts';
import { decisionOf, mayFollow } from '../../../../src/verifier/sessions/decision.ts';
import { announcementFault, identityProblem, isAsAnnounced } from '../../../../src/verifier/sessions/materials.ts';
import { createIdentityOpener, createSealingKey } from '../../../../src/verifier/sessions/sealing-key.ts';
import { createSessionKeys } from '../../../../src/verifier/sessions/session-keys.ts';
import type { Session } from '../../../../src/verifier/sessions/session.ts';

const SESSION_ID = '01935f6e-0000-7000-8000-000000000001';
const CERTIFY_ID = '01935f6e-0000-7000-8000-000000000002';
const identity: SealedIdentity = { sessionId: SESSION_ID, name: '测试', number: '11010519491231002X' };
const face: Artifact = { name: 'face.jpg', bytes: 10, sha256: 'b'.repeat(64), width: 480, height: 640 };

async function seal(content: unknown, to: SealingKey, header: Record<string, string> = {}): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: to.kid, ...header })
    .encrypt(await importJWK(to, 'ECDH-ES'));
}

describe('sealed identities', () => {
  const opener = createIdentityOpener(createSealingKey());

  it('opens what was sealed to it for this session', async () => {
    expect(await opener.open(await seal(identity, opener.publicKey), SESSION_ID)).toEqual(identity);
  });

  it.each<[string, () => Promise<string>]>([
    ['another session', () => seal({ ...identity, sessionId: CERTIFY_ID }, opener.publicKey)],
    ['an unknown field', () => seal({ ...identity, address: 'x' }, opener.publicKey)],
    ['another key', () => seal(identity, createIdentityOpener(createSealingKey()).publicKey)],
    ['the name of another key', () => seal(identity, opener.publicKey, { kid: 'seal-other:k1' })],
    ['another algorithm', () => seal(identity, opener.publicKey, { enc: 'A128GCM' })],
    ['no JWE', async () => 'a.b.c.d.e'],
    ['one that was cut', async () => (await seal(identity, opener.publicKey)).slice(0, -4)],
  ])('refuses %s', async (_what, make) => {
    expect(await opener.open(await make(), SESSION_ID)).toBeNull();
  });
});

describe('keys of a session', () => {
  const request = { sessionId: SESSION_ID, certifyId: CERTIFY_ID };

  it('come back under their session and master key only', () => {
    const keys = createSessionKeys(randomBytes(32), randomBytes);
    const { keys: made, wrapped } = keys.create(request);
    expect(keys.unwrap(request, wrapped)).toEqual(made);
    expect(made.identity.equals(made.pictures)).toBe(false);
    expect(keys.unwrap({ ...request, sessionId: CERTIFY_ID }, wrapped)).toBeNull();
    expect(createSessionKeys(randomBytes(32), randomBytes).unwrap(request, wrapped)).toBeNull();
    wrapped[20]! ^= 1;
    expect(keys.unwrap(request, wrapped)).toBeNull();
  });
});

describe('materials', () => {
  const capability = { operation: 'x', basis: 'authority', pictures: null, clip: null, queryable: false } as const;
  const capabilities = [
    {
      ...capability,
      check: 'face-authority' as const,
      materials: ['identity', 'face'] as const,
      billed: true,
      score: null,
    },
  ];

  it('are announced once, used and complete', () => {
    expect(announcementFault('face-authority', [face], capabilities)).toBeNull();
    expect(announcementFault('face-authority', [], capabilities)).toBe('face-authority needs face');
    expect(announcementFault('face-authority', [face, face], capabilities)).toBe('face.jpg is there twice');
    expect(announcementFault('face-authority', [face, { ...face, name: 'card-back.jpg' }], capabilities)).toBe(
      'card-back.jpg is of no use for face-authority',
    );
  });

  it('are told when the identity lacks them', () => {
    const lacking = CHECKS.map((check) => identityProblem(check, null)?.detail ?? null);
    expect(lacking.filter((detail) => detail === 'identity')).toHaveLength(10);
    expect(identityProblem('phone', identity)?.detail).toBe('phone');
    expect(identityProblem('phone', { ...identity, phone: '13800000000' })).toBeNull();
    expect(identityProblem('identity', { ...identity, number: '123' })?.detail).toBe('identity');
  });

  it('are JPEG files of the announced size, whichever way up', () => {
    const frame = [0xff, 0xc0, 0x00, 0x0b, 8, 640 >> 8, 640 & 255, 480 >> 8, 480 & 255, 1];
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0, 0, ...frame]);
    expect(isAsAnnounced(face, jpeg)).toBe(true);
    expect(isAsAnnounced({ ...face, width: 640, height: 480 }, jpeg)).toBe(true);
    expect(isAsAnnounced({ ...face, width: 641 }, jpeg)).toBe(false);
    expect(isAsAnnounced(face, jpeg.subarray(0, 12))).toBe(false);
    expect(isAsAnnounced(face, Buffer.from('<html>no picture</html>'))).toBe(false);
  });
});

describe('decisions', () => {
  const session: Session = {
    deviceId: 'dev_1',
    request: {
      sessionId: SESSION_ID,
      certifyId: CERTIFY_ID,
      sceneId: 'counter',
      check: 'face-authority',
      orderId: '0'.repeat(32),
      consent: { transmit: true, version: '1', givenAtMs: 1 },
      artifacts: [face],
      subjectKey: null,
      simulated: false,
    },
    state: 'submitted',
    expiresAtMs: 10,
    submittedAtMs: 5,
    askedAgain: false,
    decision: null,
    policyVersion: 1,
    erasedAtMs: null,
    secrets: { wrappedKeys: null, identity: null, fields: null },
  };
  const terms = { decidedAtMs: 100, policyVersion: 3, artifactRetentionMs: 50 };
  const outcome = (state: 'passed' | 'failed'): CheckOutcome => ({
    state,
    reason: state === 'passed' ? 'ok.confirmed' : 'face.low-similarity',
    retry: 'none',
    retryAfterMs: null,
    basis: 'authority',
    scores: [],
    vendor: null,
  });

  it('hold what was judged and no personal data', () => {
    expect(decisionOf(session, outcome('passed'), terms)).toMatchObject({
      revision: 1,
      state: 'passed',
      artifacts: { 'face.jpg': face.sha256 },
      decidedAtMs: 100,
      eraseAfterMs: 150,
      policyVersion: 3,
    });
  });

  it('follow one another, but never on a pass', () => {
    const first = decisionOf(session, outcome('failed'), terms);
    const server = { keyId: 'k', signature: 's' };
    expect(mayFollow(null, first)).toBe(true);
    expect(mayFollow({ body: first, server }, first)).toBe(false);
    expect(mayFollow({ body: first, server }, { ...first, revision: 2 })).toBe(true);
    const passed = decisionOf(session, outcome('passed'), terms);
    expect(mayFollow({ body: passed, server }, { ...first, revision: 2 })).toBe(false);
  });

  it('can not call an error a pass', () => {
    expect(() => decisionOf(session, { ...outcome('passed'), reason: 'verifier.unreachable' }, terms)).toThrow();
  });
});
