import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manualSender, enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { passOn, startTamperingProxy, type TamperingProxy } from '../../support/tampering-proxy.ts';
import { startVerifierProcess, type VerifierProcess } from '../../support/source-verifier.ts';

const kiosk = temporaryFolder();
const cloud = temporaryFolder();
let verifier: VerifierProcess;
let proxy: TamperingProxy;
let device: EnrolledDevice;

beforeAll(async () => {
  verifier = await startVerifierProcess(cloud.path);
  proxy = await startTamperingProxy(verifier.address);
  device = await enrolSampleDevice(kiosk.path, verifier, { origin: proxy.address, timeoutMs: 1_000 });
});

afterAll(async () => {
  device.store.database.close();
  await proxy.close();
  expect(await verifier.stop()).toBe(0);
  kiosk.remove();
  cloud.remove();
});

function commit(number: number): string {
  expectOk(device.store.records.commit(sampleRecord(number)));
  return sampleCertifyId(number);
}

describe('delivery to a real verifier', () => {
  it('delivers committed records, which are then confirmed and no longer provisional', async () => {
    const ids = [1, 2, 3].map(commit);
    const sender = manualSender(device);
    await sender.kick();
    const status = expectOk(sender.status());
    expect({ unsent: status.unsent, stopped: status.stopped, lastFailure: status.lastFailure }).toEqual({
      unsent: 0,
      stopped: 0,
      lastFailure: null,
    });
    for (const id of ids) {
      const detail = expectOk(device.store.queries.show(id));
      expect(detail.countersignature).toMatchObject({
        certifyId: id,
        server: { keyId: device.clientParts.server.keyId },
      });
    }
    expect(expectOk(device.store.queries.list(0, 10, null)).rows.map((row) => row.provisional)).toEqual([
      false,
      false,
      false,
    ]);
    await sender.stop();
  });

  it('tells what the verifier keeps about a record', async () => {
    const answer = await device.client.submission(sampleCertifyId(1));
    const detail = expectOk(device.store.queries.show(sampleCertifyId(1)));
    expect(answer).toEqual({
      ok: true,
      value: {
        certifyId: sampleCertifyId(1),
        decisions: [],
        recordHash: detail.receipt.body.recordHash,
        receiptHash: detail.receiptHash,
        countersignature: detail.countersignature,
      },
    });
    const unknown = await device.client.submission(sampleCertifyId(999));
    expect(unknown).toMatchObject({ ok: false, error: { scope: 'items', failure: { detail: 'not_found' } } });
  });

  it('gets the same countersignature when an answer was lost and the record is sent again', async () => {
    const id = commit(10);
    proxy.tampering = { changeAnswer: () => null };
    const sender = manualSender(device);
    await sender.kick();
    expect(expectOk(sender.status())).toMatchObject({ unsent: 1, lastFailure: { code: 'verifier.unreachable' } });
    proxy.tampering = {};
    const kept = await device.client.submission(id);
    await sender.kick();
    expect(expectOk(sender.status())).toMatchObject({ unsent: 0, lastFailure: null });
    const detail = expectOk(device.store.queries.show(id));
    expect(kept.ok && kept.value.countersignature).toEqual(detail.countersignature);
    await sender.stop();
  });

  it('answers a record that is sent in another batch as a duplicate', async () => {
    commit(11);
    const items = expectOk(device.store.outbox.due(50));
    const first = await device.client.submit(items, null);
    commit(12);
    const more = expectOk(device.store.outbox.due(50));
    const second = await device.client.submit(more, null);
    expect(first.ok && first.value.map((result) => result.outcome)).toEqual(['accepted']);
    expect(second.ok && second.value.map((result) => result.outcome)).toEqual(['duplicate', 'accepted']);
    await manualSender(device).kick();
  });

  it('refuses a request that was recorded and is played again', async () => {
    commit(13);
    await manualSender(device).kick();
    const recorded = proxy.seen.findLast((request) => request.path === '/v1/outbox:batch');
    if (recorded === undefined) throw new Error('nothing was recorded');
    const replay = await passOn(
      new URL(verifier.address),
      recorded.method,
      recorded.path,
      recorded.headers,
      recorded.body,
    );
    expect(replay.status).toBe(401);
    expect(JSON.parse(replay.body.toString())).toMatchObject({ code: 'nonce_replayed' });
  });

  it('refuses a request whose body was changed on the way, and keeps the record', async () => {
    commit(14);
    proxy.tampering = { changeRequest: (body) => Buffer.from(body.toString().replace('"passed"', '"failed"')) };
    const sender = manualSender(device);
    await sender.kick();
    expect(expectOk(sender.status())).toMatchObject({
      unsent: 1,
      stopped: 0,
      lastFailure: { code: 'verifier.refused' },
    });
    proxy.tampering = {};
    await sender.kick();
    expect(expectOk(sender.status()).unsent).toBe(0);
    await sender.stop();
  });
});

describe('answers that are not the verifier’s', () => {
  const json = { 'content-type': 'application/json' };
  const cases = [
    {
      name: 'a changed body',
      tampering: {
        changeAnswer: (answer: { status: number; headers: object; body: Buffer }) => ({
          status: answer.status,
          headers: { ...answer.headers },
          body: Buffer.from(answer.body.toString().replace('accepted', 'duplicate')),
        }),
      },
      code: 'verifier.bad-signature',
    },
    {
      name: 'an unsigned refusal of the records',
      tampering: {
        answerInstead: () => ({
          status: 422,
          headers: json,
          body: Buffer.from('{"code":"receipt_invalid","status":422}'),
        }),
      },
      code: 'verifier.bad-signature',
    },
    {
      name: 'a page of a proxy',
      tampering: { answerInstead: () => ({ status: 200, headers: {}, body: Buffer.from('<html>Log in</html>') }) },
      code: 'verifier.malformed',
    },
    {
      name: 'HTTP 500',
      tampering: { answerInstead: () => ({ status: 500, headers: {}, body: Buffer.from('oops') }) },
      code: 'verifier.unreachable',
    },
    {
      name: 'an answer that is too large',
      tampering: { answerInstead: () => ({ status: 200, headers: {}, body: Buffer.alloc(1_100_000, 32) }) },
      code: 'verifier.malformed',
    },
    {
      name: 'a redirect',
      tampering: { answerInstead: () => ({ status: 302, headers: { location: '/elsewhere' }, body: Buffer.from('') }) },
      code: 'verifier.malformed',
    },
    { name: 'no answer', tampering: { hang: true }, code: 'verifier.unreachable' },
  ];

  it.each(cases)('keeps the records queued after $name', async ({ tampering, code }) => {
    const before = expectOk(device.store.outbox.state()).unsent;
    if (before === 0) commit(20);
    proxy.tampering = tampering;
    const sender = manualSender(device);
    await sender.kick();
    proxy.tampering = {};
    expect(expectOk(sender.status())).toMatchObject({ unsent: 1, stopped: 0, lastFailure: { code } });
    await sender.stop();
  });

  it('does not take the answer to another request', async () => {
    const earlier = proxy.seen.length;
    let recorded: { status: number; headers: object; body: Buffer } | null = null;
    proxy.tampering = { changeAnswer: (answer) => (recorded = answer) };
    await device.client.probe();
    const answer = recorded;
    if (answer === null) throw new Error('nothing was recorded');
    proxy.tampering = { answerInstead: () => answer };
    const swapped = await device.client.probe();
    proxy.tampering = {};
    expect(swapped).toMatchObject({ ok: false, error: { failure: { code: 'verifier.bad-signature' } } });
    expect(proxy.seen.length).toBe(earlier + 2);
  });
});
