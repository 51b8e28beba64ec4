import { afterAll, expect, it } from 'vitest';
import type { OutboxService } from '../../../src/main/sync/outbox-service.ts';
import type { Delivery } from '../../../src/main/sync/ports.ts';
import { orderChecks } from '../../../src/verifier/adapters/ordered-checks.ts';
import { commitQuestion, deviceOutbox, unfinished } from '../../support/device-outbox.ts';
import { enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { scriptedVerifier } from '../../support/scripted-verifier.ts';
import { startSessionVerifier, type SessionVerifier } from '../../support/session-verifier.ts';

const [RECORDS, QUESTIONS, BATCH] = [120, 3, 50];
const [kiosk, cloud] = [temporaryFolder(), temporaryFolder()];
afterAll(() => {
  kiosk.remove();
  cloud.remove();
});

async function arrived({ database: { queries } }: SessionVerifier): Promise<number> {
  const { count } = await queries
    .selectFrom('submissions')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The device's client, with something done while its first batch is on the way. */
function clientThat(device: EnrolledDevice, during: () => void): Delivery {
  let batches = 0;
  return {
    probe: () => device.client.probe(),
    submit: (items, checkpoint) => {
      const answer = device.client.submit(items, checkpoint);
      if ((batches += 1) === 1) during();
      return answer;
    },
  };
}

async function sendAll(service: OutboxService, device: EnrolledDevice): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    const { records, questions } = unfinished(device);
    if (records + questions === 0) return;
    await service.sendNow();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('lets the batch under way end, sends nothing over a restart, and everything after it was resumed', async () => {
  const vendor = scriptedVerifier();
  const checks = orderChecks([vendor], { 'face-authority': ['tencent'] });
  const verifier = await startSessionVerifier({ folder: cloud.path, checks });
  const code = { address: verifier.address, enrolmentCode: await verifier.enrolmentCode() };
  const device = await enrolSampleDevice(kiosk.path, code);
  for (let number = 1; number <= RECORDS; number += 1) expectOk(device.store.records.commit(sampleRecord(number)));

  const client = clientThat(device, () => expectOk(service.setPaused(true, 'clerk-7')));
  const service = deviceOutbox(device, { delivery: () => client, checkDelivery: () => null });
  await service.sendNow();
  expect(await arrived(verifier)).toBe(BATCH);
  expect(unfinished(device).records).toBe(RECORDS - BATCH);

  for (let number = 1; number <= QUESTIONS; number += 1) await commitQuestion(device, RECORDS + number);
  await service.sendNow();
  await service.stop();
  const restarted = deviceOutbox(device);
  restarted.recordQueued();
  await restarted.sendNow();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(expectOk(restarted.view())).toMatchObject({ paused: true, certifications: RECORDS - BATCH + QUESTIONS });
  expect([await arrived(verifier), vendor.asked.length]).toEqual([BATCH, 0]);

  expectOk(restarted.setPaused(false, 'clerk-7'));
  await sendAll(restarted, device);
  expect(unfinished(device)).toEqual({ records: 0, questions: 0 });
  expect([await arrived(verifier), vendor.asked.length]).toEqual([RECORDS + QUESTIONS, QUESTIONS]);
  await restarted.stop();
  device.store.database.close();
  await verifier.close();
});
