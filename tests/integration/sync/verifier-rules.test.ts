import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolDevice, type EnrollingDevice } from '../../../src/main/verifiers/countersign/enrolment.ts';
import { createKv1Client } from '../../../src/main/verifiers/countersign/kv1-client.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { KV1_PATHS, publicKeyJwkSchema, type Submission } from '../../../src/shared/protocol/kv1.ts';
import { requestComponents, signatureBaseOf, signatureHeader } from '../../../src/shared/protocol/message-signature.ts';
import { ok } from '../../../src/shared/result.ts';
import type { SubmissionStore } from '../../../src/verifier/submission-store.ts';
import { enrolSampleDevice, manualSender, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { passOn, type PassingMessage } from '../../support/tampering-proxy.ts';
import { startVerifierInProcess, type InProcessVerifier } from '../../support/verifier-in-process.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 9);
let kiosk: ReturnType<typeof temporaryFolder>;
let cloud: ReturnType<typeof temporaryFolder>;
let serverClock: ManualClock;
let deviceClock: ManualClock;
let verifier: InProcessVerifier;
let device: EnrolledDevice;
/** Holds the verifier's work on batches until it is released. */
let hold: Promise<void> | null;

beforeEach(async () => {
  kiosk = temporaryFolder();
  cloud = temporaryFolder();
  serverClock = manualClock(NOW_MS);
  deviceClock = manualClock(NOW_MS);
  hold = null;
  const slow = (store: SubmissionStore): SubmissionStore => ({
    ...store,
    acceptBatch: async (...batch) => {
      await hold;
      return store.acceptBatch(...batch);
    },
  });
  verifier = await startVerifierInProcess(cloud.path, serverClock, slow);
  device = await enrolSampleDevice(kiosk.path, verifier, { clock: deviceClock });
});

afterEach(async () => {
  device.store.database.close();
  await verifier.close();
  kiosk.remove();
  cloud.remove();
});

function queue(number: number): Submission {
  expectOk(device.store.records.commit(sampleRecord(number)));
  const item = expectOk(device.store.outbox.due(50)).find((due) => due.certifyId === sampleCertifyId(number));
  if (item === undefined) throw new Error('not queued');
  return item;
}

/** The same item, changed and signed again by the device. */
function resigned(item: Submission, changes: Partial<Submission['receipt']['body']>): Submission {
  const body = { ...item.receipt.body, ...changes };
  return { ...item, receipt: { body, device: device.store.identity.sign(canonicalJson(body)) } };
}

async function outcomeOf(item: Submission): Promise<string> {
  const answer = await device.client.submit([item], null);
  if (!answer.ok) return answer.error.failure.detail ?? answer.error.failure.code;
  const result = answer.value[0];
  return result?.outcome === 'rejected'
    ? `${result.problem.code} ${result.problem.detail ?? ''}`
    : (result?.outcome ?? '');
}

interface PostOptions {
  /** Changed after signing. */
  readonly headers?: Record<string, string>;
  readonly sequence?: number;
  /** Signed in place of the key that the body would get. */
  readonly idempotencyKey?: string;
}

/** Posts a signed batch as raw bytes, so that every part of it can be chosen. */
async function post(body: string, options: PostOptions = {}): Promise<PassingMessage> {
  const sequence = options.sequence ?? expectOk(device.clientParts.nextSequence());
  const idempotencyKey = options.idempotencyKey ?? createHash('sha256').update(body).digest('hex').slice(0, 32);
  const contentDigest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const contentType = 'application/json';
  const created = Math.floor(deviceClock.wallMs() / 1_000);
  const nonce = createHash('sha256').update(`${sequence}${body}`).digest('base64url').slice(0, 22);
  const { base, signatureInput } = signatureBaseOf(
    requestComponents({
      method: 'POST',
      targetUri: `${verifier.address}${KV1_PATHS.batch}`,
      contentDigest,
      kvSeq: String(sequence),
      body: { contentType, idempotencyKey },
    }),
    { created, expires: created + 300, nonce, keyId: device.clientParts.keyId },
  );
  const signature = Buffer.from(device.store.identity.sign(base).signature, 'base64url').toString('base64');
  const target = new URL(verifier.address);
  const headers = {
    host: target.host,
    'content-type': contentType,
    'content-digest': contentDigest,
    'idempotency-key': idempotencyKey,
    'kv-seq': String(sequence),
    'signature-input': signatureInput,
    signature: signatureHeader(signature),
    ...options.headers,
  };
  return passOn(target, 'POST', KV1_PATHS.batch, headers, Buffer.from(body));
}

const codeOf = (answer: PassingMessage): unknown => (JSON.parse(answer.body.toString()) as { code?: unknown }).code;

describe('a receipt', () => {
  it('is refused when it is not signed by the device or does not fit its record', async () => {
    const item = queue(1);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    expect(publicKey.asymmetricKeyType).toBe('ed25519');
    const forged = sign(null, Buffer.from(canonicalJson(item.receipt.body)), privateKey).toString('base64url');
    const otherRecord = { ...item.record, detail: 'changed' };
    expect(
      await Promise.all([
        outcomeOf({ ...item, receipt: { ...item.receipt, device: { ...item.receipt.device, signature: forged } } }),
        outcomeOf({ ...item, record: otherRecord }),
        outcomeOf(resigned(item, { state: 'failed' })),
        outcomeOf(resigned(item, { simulated: false })),
        outcomeOf(resigned(item, { deviceId: 'dev_other' })),
        outcomeOf(resigned(item, { certifyId: sampleCertifyId(2) })),
      ]),
    ).toEqual([
      'receipt_invalid signature',
      'receipt_invalid recordHash',
      'receipt_invalid verdict',
      'receipt_invalid verdict',
      'receipt_invalid deviceId',
      'receipt_invalid certifyId',
    ]);
    expect(await outcomeOf(item)).toBe('accepted');
  });

  it('can not take the id or the number of another one', async () => {
    const first = queue(1);
    const second = queue(2);
    expect(await outcomeOf(first)).toBe('accepted');
    const record = { ...first.record, detail: 'another story' };
    const recordHash = createHash('sha256').update(canonicalJson(record)).digest('hex');
    expect(await outcomeOf({ ...resigned(first, { recordHash }), record })).toBe('idempotency_conflict certifyId');
    expect(await outcomeOf(resigned(second, { seq: 1 }))).toBe('receipt_sequence_reused seq 1');
  });

  it('that was signed before the device was enrolled is accepted', async () => {
    const item = queue(1);
    const fingerprint = createHash('sha256')
      .update(Buffer.from(device.store.identity.publicKeyJwk.x, 'base64url'))
      .digest('hex');
    expect(await outcomeOf(resigned(item, { deviceId: `local-${fingerprint.slice(0, 8)}` }))).toBe('accepted');
  });
});

describe('the audit checkpoint', () => {
  it('travels with a batch and has to be signed by the device', async () => {
    for (let entry = 0; entry < 100; entry += 1) expectOk(device.store.audit.append('test.happened', { entry }));
    const checkpoint = expectOk(device.store.audit.latestCheckpoint());
    expect(checkpoint?.entries).toBe(100);
    const items = [queue(1)];
    const forged = checkpoint && { ...checkpoint, entries: 99 };
    expect(await device.client.submit(items, forged)).toMatchObject({
      ok: false,
      error: { failure: { detail: 'checkpoint_invalid' } },
    });
    expect(await device.client.submit(items, checkpoint)).toMatchObject({ ok: true });
  });
});

describe('time', () => {
  it.each([-3_600_000, 3_600_000, 86_400_000 * 400])(
    'a device clock that is %i ms off is corrected once',
    async (skewMs) => {
      deviceClock.setWall(NOW_MS + skewMs);
      queue(1);
      const before = expectOk(device.clientParts.nextSequence());
      const sender = manualSender(device, { clock: deviceClock });
      await sender.kick();
      expect(expectOk(sender.status())).toMatchObject({ unsent: 0, lastFailure: null });
      expect(expectOk(device.clientParts.nextSequence()) - before).toBe(3);
      queue(2);
      await sender.kick();
      expect(expectOk(device.clientParts.nextSequence()) - before).toBe(5);
    },
  );

  it('a recorded request stays refused after its nonce was forgotten', async () => {
    const sequence = expectOk(device.clientParts.nextSequence());
    expect((await post('{}', { sequence })).status).toBe(400);
    serverClock.advance(700_000);
    deviceClock.advance(700_000);
    const again = await post('{"x":1}', { sequence });
    expect([again.status, codeOf(again)]).toEqual([401, 'sequence_replayed']);
  });

  it('an expired request is refused with the time of the verifier', async () => {
    deviceClock.advance(-301_000);
    const late = await post('{}');
    expect([late.status, codeOf(late)]).toEqual([401, 'clock_skew']);
    expect(JSON.parse(late.body.toString())).toMatchObject({ serverTimeMs: NOW_MS });
  });
});

describe('idempotency', () => {
  it('a key that stands for another body is a conflict', async () => {
    const body = canonicalJson({ items: [queue(1)], checkpoint: null });
    expect((await post(body)).status).toBe(200);
    const sameAgain = await post(body);
    expect(sameAgain.status).toBe(200);
    expect(sameAgain.body.toString()).toContain('"accepted"');
    const idempotencyKey = createHash('sha256').update(body).digest('hex').slice(0, 32);
    const other = await post(canonicalJson({ items: [queue(2)], checkpoint: null }), { idempotencyKey });
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency_conflict']);
    const changedOnTheWay = await post(body, { headers: { 'idempotency-key': 'a'.repeat(32) } });
    expect([changedOnTheWay.status, codeOf(changedOnTheWay)]).toEqual([401, 'signature_invalid']);
  });

  it('the same request while the first is being worked on has to wait', async () => {
    const body = canonicalJson({ items: [queue(1)], checkpoint: null });
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const first = post(body);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await post(body);
    expect([second.status, codeOf(second), second.headers['retry-after']]).toEqual([409, 'idempotency_in_flight', '1']);
    release();
    expect((await first).status).toBe(200);
    hold = null;
    expect((await post(body)).status).toBe(200);
  });
});

describe('requests that are not of an enrolled device', () => {
  it('are refused one by one with their reason', async () => {
    const target = new URL(verifier.address);
    const bare = await passOn(
      target,
      'POST',
      KV1_PATHS.batch,
      { host: target.host, 'content-type': 'application/json' },
      Buffer.from('{}'),
    );
    const digest = await post('{}', { headers: { 'content-digest': 'sha-256=:AAAA:' } });
    const type = await post('{}', { headers: { 'content-type': 'text/plain' } });
    const large = await post(`"${'x'.repeat(1_100_000)}"`);
    const form = await post('{"items":[],"checkpoint":null}');
    const nowhere = await passOn(target, 'GET', '/v1/nowhere', { host: target.host }, Buffer.alloc(0));
    const seen = [bare, digest, type, large, form, nowhere].map((answer) => [answer.status, codeOf(answer)]);
    expect(seen).toEqual([
      [401, 'signature_missing'],
      [400, 'digest_mismatch'],
      [401, 'signature_missing'],
      [413, 'body_too_large'],
      [400, 'request_invalid'],
      [404, 'not_found'],
    ]);
    for (const answer of [bare, digest, form, nowhere]) expect(answer.headers['signature']).toMatch(/^kv1=:/);
  });

  it('of a revoked device are refused, and its records stay queued', async () => {
    queue(1);
    const deviceId = device.store.identity.deviceId();
    expect(await verifier.devices.revoke(deviceId, NOW_MS)).toBe(true);
    const sender = manualSender(device, { clock: deviceClock });
    await sender.kick();
    expect(expectOk(sender.status())).toMatchObject({
      unsent: 1,
      stopped: 0,
      lastFailure: { code: 'verifier.refused', detail: 'device_revoked' },
    });
  });

  it('with an unknown key are told so', async () => {
    const stranger = createKv1Client({ ...device.clientParts, keyId: 'dev_stranger:k1' });
    expect(await stranger.probe()).toMatchObject({
      ok: false,
      error: { scope: 'device', failure: { code: 'verifier.not-enrolled' } },
    });
  });
});

describe('enrolment', () => {
  function newDevice(): EnrollingDevice {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    return {
      publicKeyJwk: publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' })),
      sign: (text) => ({ keyId: 'new', signature: sign(null, Buffer.from(text), privateKey).toString('base64url') }),
      model: 'test',
      appVersion: '0.1.0',
    };
  }

  const refusedWith = (detail: string) => ({ ok: false, error: { code: 'verifier.refused', detail } });

  it('works once per code, however the code is typed', async () => {
    const code = await verifier.enrolment.openCode();
    const typed = `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase();
    const first = newDevice();
    const enrolled = await enrolDevice(verifier.address, typed, first);
    expect(enrolled).toMatchObject({ ok: true, value: { address: verifier.address } });
    expect(await enrolDevice(verifier.address, code, first)).toEqual(enrolled);
    expect(await enrolDevice(verifier.address, code, newDevice())).toMatchObject(refusedWith('enrolment_refused'));
  });

  it('closes after five wrong codes and after 15 minutes', async () => {
    const code = await verifier.enrolment.openCode();
    const wrong = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`;
    for (let attempt = 0; attempt < 5; attempt += 1) await enrolDevice(verifier.address, wrong, newDevice());
    expect(await enrolDevice(verifier.address, code, newDevice())).toMatchObject(refusedWith('enrolment_refused'));
    const late = await verifier.enrolment.openCode();
    serverClock.advance(15 * 60_000 + 1);
    expect(await enrolDevice(verifier.address, late, newDevice())).toMatchObject(refusedWith('enrolment_refused'));
  });

  it('needs the private key of the key that it brings', async () => {
    const code = await verifier.enrolment.openCode();
    const thief: EnrollingDevice = { ...newDevice(), publicKeyJwk: newDevice().publicKeyJwk };
    expect(await enrolDevice(verifier.address, code, thief)).toMatchObject(refusedWith('enrolment_refused'));
  });

  it('refuses addresses that would send records in the clear', async () => {
    const refused = await Promise.all(
      [
        'http://verifier.example',
        'https://verifier.example/path',
        'ftp://127.0.0.1',
        'nonsense',
        'https://user@verifier.example',
      ].map((address) => enrolDevice(address, 'AAAAAAAAAA', newDevice())),
    );
    expect(refused.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual(Array(5).fill('request.invalid'));
    expect(await enrolDevice('http://127.0.0.1:1', 'AAAAAAAAAA', newDevice())).toMatchObject({
      ok: false,
      error: { code: 'verifier.unreachable' },
    });
    expect(await enrolDevice(verifier.address, 'short', newDevice())).toMatchObject({
      error: { code: 'request.invalid' },
    });
  });
});

describe('a page for people', () => {
  it('shows counts and nothing about anybody', async () => {
    await device.client.submit([queue(1)], null);
    const page = await (await fetch(verifier.address)).text();
    expect(page).toContain('<td>passed (simulated)</td><td>1</td>');
    expect(page).not.toContain('测');
    expect(page).not.toContain('110*');
  });
});

it('answers to nobody else about a record', async () => {
  await device.client.submit([queue(1)], null);
  const folder = temporaryFolder();
  const other = await enrolSampleDevice(
    folder.path,
    { ...verifier, enrolmentCode: await verifier.enrolment.openCode() },
    { clock: deviceClock },
  );
  expect(await other.client.submission(sampleCertifyId(1))).toMatchObject({
    ok: false,
    error: { failure: { detail: 'not_found' } },
  });
  expect(await device.client.probe()).toEqual(ok(null));
  other.store.database.close();
  folder.remove();
});
