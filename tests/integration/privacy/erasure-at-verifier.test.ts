import { afterAll, beforeAll, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { createSubjectDesk } from '../../../src/main/composition/subject-desk.ts';
import { subjectVaults } from '../../../src/main/composition/subject-vaults.ts';
import { createSubjectErasureRows } from '../../../src/main/store/subject-erasure-rows.ts';
import { createSubjectKept } from '../../../src/main/store/subject-kept.ts';
import { createErasureSender } from '../../../src/main/sync/erasure-sender.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { commitQuestion, deviceOutbox } from '../../support/device-outbox.ts';
import { enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { startOperatedVerifier, type OperatedVerifier } from '../../support/operated-verifier.ts';
import { sampleSessionId } from '../../support/sample-checks.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { SAMPLE_SUBJECT } from '../../support/sample-subject.ts';
import { sampleVault } from '../../support/sample-vault.ts';

const kiosk = temporaryFolder();
let verifier: OperatedVerifier;
let device: EnrolledDevice;

beforeAll(async () => {
  verifier = await startOperatedVerifier();
  device = await enrolSampleDevice(kiosk.path, {
    address: verifier.address,
    enrolmentCode: await verifier.enrolmentCode(),
  });
});
afterAll(async () => {
  device.store.database.close();
  await verifier.close();
  kiosk.remove();
});

it('erases at the verifier what it has, and lets nothing come after it', { timeout: 60_000 }, async () => {
  const { store, client } = device;
  const service = deviceOutbox(device);
  await commitQuestion(device, 1);
  await service.sendNow();
  expectOk(service.setPaused(true, 'clerk-7'));
  // The second one waits here when the person withdraws.
  const second = await commitQuestion(device, 2);

  const erasures = createSubjectErasureRows({ ...store, sign: (text) => store.identity.sign(text) });
  const sender = createErasureSender({
    queue: erasures,
    verifier: () => client,
    settled: () => service.settled(),
    clock: systemClock,
    startTimer: () => () => undefined,
    random: () => 0,
  });
  const desk = createSubjectDesk({
    kept: createSubjectKept(store.database),
    erasures,
    checks: store.checks,
    destroy: subjectVaults({ ...store, vault: sampleVault(store, kiosk.path) }, kiosk.path),
    forgetFace: () => undefined,
    deviceId: () => store.identity.deviceId(),
    newDeletionId: () => uuid(),
    clock: systemClock,
    onErased: () => sender.wake(),
  });
  expect(expectOk(desk.kept(SAMPLE_SUBJECT))).toMatchObject({ records: 2, waiting: 1, sent: true });
  const slip = expectOk(await desk.erase(SAMPLE_SUBJECT, 'withdrawn'));
  expect(slip).toMatchObject({ verifier: 'queued', receipt: { body: { erased: { waiting: 1 } } } });
  await sender.idle();
  const done = expectOk(erasures.find(slip.receipt.body.deletionId));
  expect(done?.verifier).toBe('erased');
  expect(done?.verifierReceipt?.body).toMatchObject({
    kind: 'subject',
    of: SAMPLE_SUBJECT,
    sessions: [sampleSessionId(1)],
    why: 'withdrawn',
  });

  // The masked record of the second one still goes there; its question never does.
  expectOk(service.setPaused(false, 'clerk-7'));
  await service.sendNow();
  expect(expectOk(store.outbox.load())).toMatchObject({ waiting: 0, stopped: 0 });
  const asked = { sessionId: sampleSessionId(2), certifyId: second };
  expect(await client.sessions.erase({ asked: asked as never })).toEqual({ ok: true, value: null });
  expect(expectOk(store.checks.find(second))).toMatchObject({ state: 'stopped', closed: 'withdrawn' });
  await Promise.all([service.stop(), sender.stop()]);
});
