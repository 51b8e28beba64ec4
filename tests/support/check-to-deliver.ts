import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createKv1Client, type Kv1Client } from '../../src/main/verifiers/countersign/kv1-client.ts';
import type { Kv1ClientParts } from '../../src/main/verifiers/countersign/signed-calls.ts';
import { systemClock } from '../../src/shared/clock.ts';
import type { CheckMaterials } from '../../src/shared/domain/verification.ts';
import type { CheckToDeliver, QueuedCheck } from '../../src/shared/protocol/check-delivery.ts';
import { ok } from '../../src/shared/result.ts';
import { sampleCertifyId, sampleRecord } from './sample-records.ts';
import type { SigningKey } from './signed-answers.ts';

/** A synthetic question: name, number and a face of `faceBytes` bytes against the authority. */
export function checkToDeliver(
  number: number,
  changes: Partial<QueuedCheck> = {},
  materials: CheckMaterials = faceMaterials(400),
): CheckToDeliver {
  const queued: QueuedCheck = {
    sessionId: `019caa01-0000-7000-8000-${number.toString(16).padStart(12, '0')}`,
    certifyId: sampleCertifyId(number),
    check: 'face-authority',
    orderId: number.toString(16).padStart(32, '0'),
    bytes: 400,
    state: 'sealed',
    priority: 'live',
    queuedAtMs: 0,
    attempts: 0,
    reference: null,
    ...changes,
  };
  return { queued, record: sampleRecord(number), materials, clerk: null };
}

export function faceMaterials(faceBytes: number): CheckMaterials {
  return {
    identity: { name: '测试员', number: '11010519491231002X' },
    face: { bytes: randomBytes(faceBytes), format: 'jpeg', width: 480, height: 640 },
  };
}

/** A client with a fresh device key that has pinned `key`. */
export function clientOf(
  verifier: { readonly address: string; readonly key: SigningKey },
  changes: Partial<Kv1ClientParts> = {},
): Kv1Client {
  const { privateKey } = generateKeyPairSync('ed25519');
  let sequence = 0;
  return createKv1Client({
    origin: verifier.address,
    keyId: 'dev_test:k1',
    server: { keyId: verifier.key.keyId, jwk: verifier.key.jwk },
    sign: (text) => ({
      keyId: 'dev_test:k1',
      signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
    }),
    clock: systemClock,
    randomBytes,
    nextSequence: () => ok((sequence += 1)),
    timeoutMs: 400,
    ...changes,
  });
}
