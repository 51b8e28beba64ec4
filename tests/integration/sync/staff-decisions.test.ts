import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequestSequence } from '../../../src/main/store/request-sequence.ts';
import { deliveriesOf } from '../../../src/main/store/review-deliveries.ts';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { createKv1Client } from '../../../src/main/verifiers/countersign/kv1-client.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { createVerifierApp } from '../../../src/verifier/app.ts';
import { assembleVerifier } from '../../../src/verifier/assemble.ts';
import { openVerifierDatabase } from '../../../src/verifier/storage/open-database.ts';
import { enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24, startVerifierProcess, type VerifierProcess } from '../../support/source-verifier.ts';
import { commitOpen, decide, decidingOutbox, deliveriesIn } from '../../support/staff-decisions.ts';
import { startTamperingProxy } from '../../support/tampering-proxy.ts';

const NOTHING_WAITS = { waiting: 0, stopped: 0, bytes: 0, oldestAtMs: null, lastFailure: null };

let kiosk: ReturnType<typeof temporaryFolder>;
let cloud: ReturnType<typeof temporaryFolder>;
let verifier: VerifierProcess;
let device: EnrolledDevice;

beforeEach(async () => {
  [kiosk, cloud] = [temporaryFolder(), temporaryFolder()];
  verifier = await startVerifierProcess(cloud.path);
  device = await enrolSampleDevice(kiosk.path, verifier);
});

afterEach(async () => {
  device.store.database.close();
  await verifier.stop();
  kiosk.remove();
  cloud.remove();
});

/** What became of each decision about a record at the device. */
function deliveries(certifyId: string): unknown[] {
  return [...expectOk(deliveriesOf(device.store.database, certifyId)).values()].map((delivery) => delivery.state);
}

/** `revision decision` of what the verifier has about a record. */
async function atVerifier(certifyId: string): Promise<readonly string[]> {
  const answer = await device.client.submission(certifyId);
  if (!answer.ok) return [answer.error.failure.detail ?? answer.error.failure.code];
  return (answer.value.decisions ?? []).map(({ decision: { body } }) => `${body.revision} ${body.decision}`);
}

const statusPage = async (): Promise<string> => (await fetch(verifier.address)).text();

describe('a decision of the staff', () => {
  it('follows its record, with corrections in order, and the record counts as decided', async () => {
    const service = decidingOutbox(device);
    const certifyId = commitOpen(device.store, 1);
    const stays = commitOpen(device.store, 2);
    decide(device.store, certifyId);
    decide(device.store, certifyId, { decision: 'refused', reason: 'not-the-person' });
    expect(expectOk(deliveriesIn(device.store).due(10))).toEqual([]);
    await service.sendNow();
    expect(await atVerifier(certifyId)).toEqual(['1 approved', '2 refused']);
    expect(await atVerifier(stays)).toEqual([]);
    expect(deliveries(certifyId)).toEqual(['delivered', 'delivered']);
    expect(expectOk(service.view()).decisions).toEqual(NOTHING_WAITS);
    const page = await statusPage();
    expect(page).toContain('<td>failed (simulated)</td><td>1</td>');
    expect(page).toContain('<td>to be reviewed (simulated)</td><td>1</td>');
    const { database, keys, identity } = device.store;
    expect(verifyAudit(database, keys.audit, identity.publicKey)).toMatchObject({ value: { ok: true } });
    await service.stop();
  });

  it('waits while the verifier is down, and arrives when it is back', async () => {
    const service = decidingOutbox(device);
    const certifyId = commitOpen(device.store, 1);
    await service.sendNow();
    const port = Number(new URL(verifier.address).port);
    await verifier.stop();
    decide(device.store, certifyId);
    service.decisionQueued();
    await service.sendNow();
    expect(expectOk(deliveriesIn(device.store).load())).toMatchObject({
      waiting: 1,
      lastFailure: { code: 'verifier.unreachable' },
    });
    verifier = await startVerifierProcess(cloud.path, port);
    await service.sendNow();
    expect(await atVerifier(certifyId)).toEqual(['1 approved']);
    expect(deliveries(certifyId)).toEqual(['delivered']);
    await service.stop();
  });

  it('has its effect once when answers are lost', async () => {
    const proxy = await startTamperingProxy(verifier.address);
    let answers = 0;
    proxy.tampering = { changeAnswer: (answer) => ((answers += 1) % 2 === 0 ? null : answer) };
    const client = createKv1Client({ ...device.clientParts, origin: proxy.address });
    const service = decidingOutbox({ ...device, client });
    const ids = Array.from({ length: 8 }, (_, index) => commitOpen(device.store, index + 1));
    for (const certifyId of ids) decide(device.store, certifyId);
    for (let round = 0; round < 30 && deliveriesIn(device.store).load().ok; round += 1) {
      await service.sendNow();
      if (expectOk(deliveriesIn(device.store).load()).waiting === 0) break;
    }
    expect(answers).toBeGreaterThan(12);
    for (const certifyId of ids) expect(await atVerifier(certifyId)).toEqual(['1 approved']);
    await service.stop();
    await proxy.close();
  });

  it('waits with the reason at a verifier that does not take decisions, and is lost nowhere', async () => {
    const folder = temporaryFolder();
    const database = await openVerifierDatabase(folder.path);
    const parts = await assembleVerifier({ database, clock: systemClock, randomBytes, publicOrigin: null });
    const older = createVerifierApp({ ...parts, routes: [] });
    const address = await older.listen({ host: '127.0.0.1', port: 0 });
    const home = temporaryFolder();
    const enrolled = await enrolSampleDevice(home.path, {
      address,
      enrolmentCode: await parts.enrolment.openCode(),
    });
    const service = decidingOutbox(enrolled);
    const ids = [commitOpen(enrolled.store, 1), commitOpen(enrolled.store, 2)];
    for (const certifyId of ids) decide(enrolled.store, certifyId);
    await service.sendNow();
    expect(expectOk(enrolled.store.outbox.load()).waiting).toBe(0);
    const { decisions } = expectOk(service.view());
    expect(decisions).toMatchObject({ waiting: 2, stopped: 0, lastFailure: { code: 'verifier.too-old' } });
    expect(decisions?.bytes).toBeGreaterThan(400);
    expect(decisions?.oldestAtMs).toBeLessThanOrEqual(Date.now());
    for (const certifyId of ids) {
      const waiting = expectOk(deliveriesOf(enrolled.store.database, certifyId)).get(1);
      expect(waiting).toEqual({ state: 'waiting', reason: 'verifier.too-old' });
    }
    const port = Number(new URL(address).port);
    await older.close();
    const newer = createVerifierApp(parts);
    await newer.listen({ host: '127.0.0.1', port });
    // The first one still goes out on a connection that the older one has closed.
    await service.sendNow();
    await service.sendNow();
    expect(expectOk(service.view()).decisions).toEqual(NOTHING_WAITS);
    await service.stop();
    await newer.close();
    await database.close();
    enrolled.store.database.close();
    folder.remove();
    home.remove();
  });

  it('about a record that the verifier has lost waits, and holds up no other one', async () => {
    const service = decidingOutbox(device);
    const [lost, there] = [commitOpen(device.store, 1), commitOpen(device.store, 2)];
    await service.sendNow();
    await verifier.stop();
    const database = await openVerifierDatabase(cloud.path);
    await database.queries.deleteFrom('submissions').where('certify_id', '=', lost).execute();
    await database.close();
    verifier = await startVerifierProcess(cloud.path, Number(new URL(verifier.address).port));
    decide(device.store, lost);
    decide(device.store, there);
    await service.sendNow();
    expect(await atVerifier(there)).toEqual(['1 approved']);
    expect(expectOk(deliveriesOf(device.store.database, lost)).get(1)).toEqual({
      state: 'waiting',
      reason: 'verifier.record-missing',
    });
    await service.stop();
  });

  it('from before decisions were signed is signed when it is sent, without roles', async () => {
    const service = decidingOutbox(device);
    const certifyId = commitOpen(device.store, 1);
    decide(device.store, certifyId);
    device.store.database.exec('UPDATE review_deliveries SET statement = NULL');
    await service.sendNow();
    const answer = await device.client.submission(certifyId);
    expect(answer.ok && answer.value.decisions?.map(({ decision }) => decision.body.staff.role)).toEqual([null]);
    await service.stop();
  });

  it('is never sent where its record never is', async () => {
    const service = decidingOutbox(device);
    const certifyId = commitOpen(device.store, 1);
    expectOk(device.store.outbox.stop(certifyId, { code: 'verifier.refused' }));
    expectOk(device.store.outbox.giveUp(certifyId, 'clerk'));
    decide(device.store, certifyId);
    await service.sendNow();
    expect(deliveries(certifyId)).toEqual([]);
    expect(await atVerifier(certifyId)).toEqual(['not_found']);
    await service.stop();
  });

  it('does not count as waiting once its record has been given up', async () => {
    const service = decidingOutbox(device);
    const certifyId = commitOpen(device.store, 1);
    decide(device.store, certifyId);
    expect(expectOk(service.view()).decisions).toMatchObject({ waiting: 1, stopped: 0 });
    expectOk(device.store.outbox.stop(certifyId, { code: 'verifier.refused' }));
    expectOk(device.store.outbox.giveUp(certifyId, 'clerk'));
    expect(expectOk(service.view()).decisions).toEqual(NOTHING_WAITS);
    expect(deliveries(certifyId)).toEqual(['stays']);
    await service.stop();
  });

  it('is not shown on its way where nobody takes it', async () => {
    const queue = deliveriesIn(device.store);
    const service = decidingOutbox(device, { decisions: { queue, receiver: () => null } });
    expect(expectOk(service.view()).decisions).toBeNull();
    await service.stop();
  });
});

describe('a device that is killed', () => {
  it.each(['decided', 'answered', 'kept'])(
    'when it has been %s loses no decision and tells none twice',
    async (edge) => {
      const { keyId, server } = device.clientParts;
      const enrolment = { deviceId: keyId.replace(/:.*/, ''), keyId, serverKeyId: server.keyId, serverKey: server.jwk };
      device.store.database.close();
      const script = path.resolve(import.meta.dirname, '../../support/decisions-until-killed.ts');
      const args = [script, kiosk.path, verifier.address, JSON.stringify(enrolment), '1', edge];
      const child = spawn(NODE_24, args, { stdio: ['ignore', 'inherit', 'inherit'] });
      const signal = await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)));
      expect(signal).toBe('SIGKILL');
      const store = openSampleStore(kiosk.path, { enrolment: () => enrolment });
      const sequence = createRequestSequence(store.database);
      const clientParts = { ...device.clientParts, nextSequence: () => sequence.next() };
      device = { store, clientParts, client: createKv1Client(clientParts) };
      const certifyId = sampleCertifyId(1);
      expect(deliveries(certifyId)).toEqual([edge === 'kept' ? 'delivered' : 'waiting']);
      const service = decidingOutbox(device);
      await service.sendNow();
      expect(deliveries(certifyId)).toEqual(['delivered']);
      expect(await atVerifier(certifyId)).toEqual(['1 approved']);
      await service.stop();
    },
  );
});
