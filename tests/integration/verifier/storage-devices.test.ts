import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKv1Client } from '../../../src/main/verifiers/countersign/kv1-client.ts';
import { KEY_OVERLAP_MS, keyRotationProofText } from '../../../src/shared/protocol/kv1-sessions.ts';
import { enrolmentProofText, publicKeyJwkSchema, type PublicKeyJwk } from '../../../src/shared/protocol/kv1.ts';
import type { Result } from '../../../src/shared/result.ts';
import { createEnrolmentDesk, type EnrolmentDesk } from '../../../src/verifier/enrolment.ts';
import { loadServerKey } from '../../../src/verifier/server-key.ts';
import { forEachStorage, type OpenStorage } from '../../support/each-storage.ts';
import { enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { serveVerifier, type InProcessVerifier } from '../../support/verifier-in-process.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 9);

interface NewKey {
  readonly jwk: PublicKeyJwk;
  readonly sign: (text: string) => string;
}

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function newKey(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { jwk: publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' })), sign: signer(privateKey) };
}

function signer(key: KeyObject): (text: string) => string {
  return (text) => sign(null, Buffer.from(text), key).toString('base64url');
}

forEachStorage('the keys of devices', (open) => {
  let storage: OpenStorage;
  let kiosk: ReturnType<typeof temporaryFolder>;
  let clock: ManualClock;
  let verifier: InProcessVerifier;
  let device: EnrolledDevice;

  beforeEach(async () => {
    storage = await open();
    kiosk = temporaryFolder();
    clock = manualClock(NOW_MS);
    verifier = await serveVerifier(storage.database, clock);
    device = await enrolSampleDevice(kiosk.path, verifier, { clock });
  });

  afterEach(async () => {
    device.store.database.close();
    kiosk.remove();
    await verifier.close();
    await storage.close();
  });

  const deviceId = (): string => device.clientParts.keyId.split(':')[0] ?? '';

  function rotationTo(key: NewKey, oldKeyId = device.clientParts.keyId) {
    return { publicKeyJwk: key.jwk, proof: key.sign(keyRotationProofText(deviceId(), oldKeyId)) };
  }

  function clientOf(key: NewKey, keyId: string): EnrolledDevice['client'] {
    const signWith = (text: string) => ({ keyId, signature: key.sign(text) });
    return createKv1Client({ ...device.clientParts, keyId, sign: signWith });
  }

  it('are replaced one by the other, both are taken for a week, and the answer can be asked for again', async () => {
    const key = newKey();
    const rotated = valueOf(await device.client.rotateKey(rotationTo(key)));
    expect(rotated).toEqual({ keyId: `${deviceId()}:k2`, oldKeyUntilMs: NOW_MS + KEY_OVERLAP_MS });
    clock.advance(60_000);
    expect(valueOf(await device.client.rotateKey(rotationTo(key)))).toEqual(rotated);
    const renewed = clientOf(key, rotated.keyId);
    clock.advance(KEY_OVERLAP_MS - 60_000);
    expect([(await device.client.probe()).ok, (await renewed.probe()).ok]).toEqual([true, true]);
    clock.advance(1);
    expect(await device.client.probe()).toMatchObject({ error: { failure: { code: 'verifier.not-enrolled' } } });
    expect((await renewed.probe()).ok).toBe(true);
  });

  it('let records through that the old key signed, and none that it signs after its time', async () => {
    const before = NOW_MS + 10_000;
    const commit = (number: number, atMs: number) => {
      expectOk(device.store.records.commit({ ...sampleRecord(number), startedAtMs: atMs - 1, decidedAtMs: atMs }));
      return expectOk(device.store.outbox.due(50)).find(({ certifyId }) => certifyId === sampleCertifyId(number))!;
    };
    const queued = commit(1, before);
    const key = newKey();
    const { keyId, oldKeyUntilMs } = valueOf(await device.client.rotateKey(rotationTo(key)));
    const late = commit(2, oldKeyUntilMs + 1);
    clock.advance(KEY_OVERLAP_MS + 60_000);
    const results = valueOf(await clientOf(key, keyId).submit([queued, late], null));
    expect(results).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'rejected', problem: { code: 'receipt_invalid', detail: 'signature' } },
    ]);
  });

  it('are refused without proof, when they are known already, and from a key that was replaced', async () => {
    const refused = async (request: ReturnType<EnrolledDevice['client']['rotateKey']>): Promise<string> => {
      const answer = await request;
      return answer.ok ? 'taken' : (answer.error.failure.detail ?? '');
    };
    const [key, other] = [newKey(), newKey()];
    const stolen = { ...rotationTo(key), publicKeyJwk: other.jwk };
    expect(await refused(device.client.rotateKey(stolen))).toContain('key_refused');
    const own = { publicKeyJwk: device.store.identity.publicKeyJwk, proof: rotationTo(key).proof };
    expect(await refused(device.client.rotateKey(own))).toContain('key_refused');
    valueOf(await device.client.rotateKey(rotationTo(key)));
    expect(await refused(device.client.rotateKey(rotationTo(other)))).toContain('key_refused');
    expect((await clientOf(other, `${deviceId()}:k3`).probe()).ok).toBe(false);
  });

  it('are all refused at once when the device is revoked', async () => {
    const key = newKey();
    const { keyId } = valueOf(await device.client.rotateKey(rotationTo(key)));
    expect(await verifier.devices.revoke(deviceId(), NOW_MS)).toBe(true);
    expect(await verifier.devices.revoke(deviceId(), NOW_MS)).toBe(false);
    for (const client of [device.client, clientOf(key, keyId)]) {
      expect(await client.probe()).toMatchObject({ error: { failure: { detail: 'device_revoked' } } });
    }
    expect(await verifier.devices.list()).toMatchObject([
      { deviceId: deviceId(), revokedAtMs: NOW_MS, keyIds: [`${deviceId()}:k1`, keyId] },
    ]);
  });
});

forEachStorage('codes', (open) => {
  let storage: OpenStorage;
  let clock: ManualClock;
  let desk: EnrolmentDesk;
  let fingerprint: string;
  let bytes = 0;

  beforeEach(async () => {
    storage = await open();
    clock = manualClock(NOW_MS);
    const serverKey = await loadServerKey(storage.database, NOW_MS);
    fingerprint = serverKey.fingerprint;
    const randomBytes = (length: number): Buffer =>
      Buffer.from(Array.from({ length }, () => (bytes = (bytes * 5 + 7) % 256)));
    desk = createEnrolmentDesk({ database: storage.database, serverKey, clock, randomBytes });
  });

  afterEach(async () => {
    await storage.close();
  });

  async function enrol(code: string, source: string, key = newKey()): Promise<boolean> {
    const proof = key.sign(enrolmentProofText(code, fingerprint));
    const request = { code, publicKeyJwk: key.jwk, model: 'test', appVersion: '0.1.0', proof };
    return (await desk.enrol(request, source)).ok;
  }

  it('are open side by side, each for one device under its label', async () => {
    const [first, second] = [await desk.openCode('counter 1'), await desk.openCode('counter 2')];
    expect(first).not.toBe(second);
    expect([await enrol(first, 'a'), await enrol(second, 'a'), await enrol(first, 'a')]).toEqual([true, true, false]);
    const labels = await storage.database.queries.selectFrom('devices').select('label').orderBy('label').execute();
    expect(labels.map(({ label }) => label)).toEqual(['counter 1', 'counter 2']);
  });

  it('close to a source that guesses and to nobody else', async () => {
    const code = await desk.openCode();
    for (let attempt = 0; attempt < 8; attempt += 1) expect(await enrol('AAAAAAAAAA', '203.0.113.9')).toBe(false);
    for (let host = 0; host < 8; host += 1) await enrol('AAAAAAAAAA', `2001:db8:0:1::${host}`);
    expect(await enrol(code, '203.0.113.9')).toBe(false);
    expect(await enrol(code, '::ffff:203.0.113.9')).toBe(false);
    expect(await enrol(code, '2001:db8:0:1:ffff::1')).toBe(false);
    expect(await enrol(code, '198.51.100.1')).toBe(true);
    const tries = await storage.database.queries.selectFrom('enrolment_tries').select('source').execute();
    expect(tries).toHaveLength(10);
    clock.advance(1);
    expect(await enrol(await desk.openCode(), '203.0.113.9')).toBe(true);
  });

  it('let one of many devices in that come with the same code at once', async () => {
    const code = await desk.openCode();
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, index) => enrol(code, `10.0.0.${index}`)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });
});

describe('an address behind which somebody guesses', () => {
  it('is counted by its network', async () => {
    const { enrolmentSource } = await import('../../../src/verifier/enrolment-source.ts');
    const cases = ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::1', '2001:0DB8:0:0:5::9', 'fe80::1%eth0', '::1', ''];
    expect(cases.map(enrolmentSource)).toEqual([
      '203.0.113.9',
      '203.0.113.9',
      '2001:db8:0:0::/64',
      '2001:db8:0:0::/64',
      'fe80:0:0:0::/64',
      '0:0:0:0::/64',
      '',
    ]);
  });
});
