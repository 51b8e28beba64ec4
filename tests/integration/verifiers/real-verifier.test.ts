import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settled } from '../../../src/main/verifiers/check-outcomes.ts';
import { enrolDevice } from '../../../src/main/verifiers/countersign/enrolment.ts';
import { createKv1Client, type Kv1Client } from '../../../src/main/verifiers/countersign/kv1-client.ts';
import { rotateDeviceKey, type RotatingKeys } from '../../../src/main/verifiers/countersign/key-rotation.ts';
import { createSessionDelivery } from '../../../src/main/verifiers/countersign/session-delivery.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { publicKeyJwkSchema } from '../../../src/shared/protocol/kv1.ts';
import { ok } from '../../../src/shared/result.ts';
import { orderChecks } from '../../../src/verifier/adapters/ordered-checks.ts';
import { checkToDeliver } from '../../support/check-to-deliver.ts';
import { noiseJpeg } from '../../support/questioner.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { outcome, scriptedVerifier } from '../../support/scripted-verifier.ts';
import { startSessionVerifier, type SessionVerifier } from '../../support/session-verifier.ts';

const folder = temporaryFolder();
let verifier: SessionVerifier;
let clientWith: (key: ReturnType<typeof newKey>, keyId: string) => Kv1Client;
let client: Kv1Client;
let deviceId = '';

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicKeyJwk = publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' }));
  return { publicKeyJwk, sign: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url') };
}

beforeAll(async () => {
  const vendor = scriptedVerifier({ checks: [settled(outcome('ok.confirmed'))] });
  verifier = await startSessionVerifier({
    folder: folder.path,
    checks: orderChecks([vendor], { 'face-authority': ['tencent'] }),
    database: null,
  });
  const key = newKey();
  const enrolled = expectOk(
    await enrolDevice(verifier.address, await verifier.enrolmentCode(), {
      publicKeyJwk: key.publicKeyJwk,
      sign: (text) => ({ keyId: 'new', signature: key.sign(text) }),
      model: 'test',
      appVersion: '0.1.0',
    }),
  );
  const { enrolment } = enrolled;
  deviceId = enrolment.deviceId;
  let sequence = Date.now();
  clientWith = (by, keyId) =>
    createKv1Client({
      origin: verifier.address,
      keyId,
      server: { keyId: enrolment.serverKeyId, jwk: enrolment.serverKey },
      sign: (text) => ({ keyId, signature: by.sign(text) }),
      clock: systemClock,
      randomBytes,
      nextSequence: () => ok((sequence += 1)),
    });
  client = clientWith(key, enrolment.keyId);
});
afterAll(async () => {
  await verifier.close();
  folder.remove();
});

test('the reference verifier decides a question, gives its policy, and changes keys', async () => {
  const picture = noiseJpeg(700_000);
  const item = checkToDeliver(
    1,
    {},
    {
      identity: { name: '测试员', number: '11010519491231002X' },
      face: { bytes: picture, format: 'jpeg', width: 480, height: 640 },
    },
  );
  const delivery = createSessionDelivery({ client: () => client });
  const decided = await delivery.deliver(item, () => undefined, new AbortController().signal);
  expect(decided).toMatchObject({
    ok: true,
    value: { state: 'decided', decision: { body: { sessionId: item.queued.sessionId, revision: 1 } } },
  });
  const again = { ...item, queued: { ...item.queued, attempts: 1 } };
  expect(await delivery.deliver(again, () => undefined, new AbortController().signal)).toEqual(decided);

  const policy = expectOk(
    await client.policy(null).then((each) => (each.ok ? each : { ok: false, error: each.error.failure })),
  );
  expect(await client.policy(policy)).toEqual(ok(policy));

  let pending: ReturnType<typeof newKey> | null = null;
  let used = '';
  const keys: RotatingKeys = {
    pending: () => ok(pending),
    begin: () => ok((pending = newKey())),
    promote: (keyId) => ((used = keyId), ok(null)),
    discard: () => ok((pending = null)),
  };
  const rotated = await rotateDeviceKey({
    keys,
    deviceId,
    keyId: `${deviceId}:k1`,
    client,
    clientWith: (key, keyId) => clientWith({ ...key }, keyId),
  });
  expect(rotated).toMatchObject({ ok: true, value: { keyId: used } });
  expect(used).toBe(`${deviceId}:k2`);
});
