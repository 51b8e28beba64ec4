import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { createKv1Client } from '../../../src/main/verifiers/countersign/kv1-client.ts';
import { enrolSampleDevice, manualSender, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { startTamperingProxy } from '../../support/tampering-proxy.ts';
import { startVerifierProcess, type VerifierProcess } from '../../support/source-verifier.ts';

const kiosk = temporaryFolder();
const cloud = temporaryFolder();
let verifier: VerifierProcess;
let device: EnrolledDevice;

beforeAll(async () => {
  verifier = await startVerifierProcess(cloud.path);
  device = await enrolSampleDevice(kiosk.path, verifier);
});

afterAll(async () => {
  device.store.database.close();
  await verifier.stop();
  kiosk.remove();
  cloud.remove();
});

function commit(from: number, count: number): void {
  for (let number = from; number < from + count; number += 1)
    expectOk(device.store.records.commit(sampleRecord(number)));
}

it('keeps committing while the verifier is down, and delivers everything when it is back', async () => {
  const port = Number(new URL(verifier.address).port);
  expect(await verifier.stop()).toBe(0);
  commit(1, 120);
  const sender = manualSender(device);
  await sender.kick();
  expect(expectOk(sender.status())).toMatchObject({
    unsent: 120,
    stopped: 0,
    lastFailure: { code: 'verifier.unreachable', detail: 'ECONNREFUSED' },
  });
  verifier = await startVerifierProcess(cloud.path, port);
  await sender.kick();
  expect(expectOk(sender.status())).toMatchObject({ unsent: 0, lastFailure: null });
  const page = await (await fetch(verifier.address)).text();
  expect(page).toContain('<td>passed (simulated)</td><td>120</td>');
  await sender.stop();
});

it('has each effect once when a third of the answers are lost', async () => {
  const proxy = await startTamperingProxy(verifier.address);
  let answers = 0;
  proxy.tampering = { changeAnswer: (answer) => ((answers += 1) % 3 === 0 ? null : answer) };
  const client = createKv1Client({ ...device.clientParts, origin: proxy.address });
  commit(200, 500);
  const sender = manualSender(device, { delivery: () => client });
  for (let kick = 0; kick < 10 && expectOk(sender.status()).unsent > 0; kick += 1) await sender.kick();
  expect(expectOk(sender.status())).toMatchObject({ unsent: 0, stopped: 0 });
  expect(answers).toBeGreaterThan(10);
  const page = await (await fetch(verifier.address)).text();
  expect(page).toContain('<td>passed (simulated)</td><td>620</td>');
  const report = expectOk(verifyAudit(device.store.database, device.store.keys.audit, device.store.identity.publicKey));
  expect(report).toMatchObject({ ok: true });
  await sender.stop();
  await proxy.close();
});
