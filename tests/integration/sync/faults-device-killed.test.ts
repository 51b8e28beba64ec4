import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { MATERIALS_FOLDER_NAME } from '../../../src/main/store/material-store.ts';
import { orderChecks } from '../../../src/verifier/adapters/ordered-checks.ts';
import { enrolSampleDevice } from '../../support/enrolled-device.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../../support/sample-store.ts';
import { scriptedVerifier } from '../../support/scripted-verifier.ts';
import { startSessionVerifier } from '../../support/session-verifier.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const [kiosk, cloud] = [temporaryFolder(), temporaryFolder()];
afterAll(() => {
  kiosk.remove();
  cloud.remove();
});

/** Each durable step of a question, just before it is on the disk and just after. */
const EDGES = [
  'before commit',
  'after commit',
  ...['upload', 'submit', 'decide', 'acknowledge'].flatMap((event) => [`before ${event}`, `after ${event}`]),
  'after destroying',
  'after erase',
];

it('loses nothing and asks nothing twice when the device is killed at any edge', { timeout: 120_000 }, async () => {
  const vendor = scriptedVerifier();
  const verifier = await startSessionVerifier({
    folder: cloud.path,
    checks: orderChecks([vendor], { 'face-authority': ['tencent'] }),
  });
  const code = { address: verifier.address, enrolmentCode: await verifier.enrolmentCode() };
  const enrolled = await enrolSampleDevice(kiosk.path, code);
  const { keyId, server } = enrolled.clientParts;
  enrolled.store.database.close();
  const deviceId = keyId.split(':')[0];
  const enrolment = JSON.stringify({ deviceId, keyId, serverKeyId: server.keyId, serverKey: server.jwk });
  const script = join(import.meta.dirname, '../../support/outbox-until-killed.ts');
  // Thirteen processes of the same modules: compiled once.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(cloud.path, 'compiled') };
  const run = async (number: number, edge: string): Promise<NodeJS.Signals | null> => {
    const args = [script, kiosk.path, verifier.address, enrolment, String(number), edge];
    const child = spawn(NODE_24, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 30_000, env });
    await once(child, 'exit');
    return child.signalCode;
  };
  const ends = [];
  for (const [index, edge] of EDGES.entries()) ends.push(await run(index + 1, edge));
  expect(ends).toEqual(EDGES.map(() => 'SIGKILL'));
  expect(await run(0, 'none')).toBeNull();

  const store = openSampleStore(kiosk.path);
  const states = EDGES.map((_, index) => expectOk(store.checks.find(sampleCertifyId(index + 1)))?.state ?? 'no record');
  // The one whose record was never committed was never promised to anybody.
  expect(states).toEqual(['no record', ...EDGES.slice(1).map(() => 'erased')]);
  expect(readdirSync(join(kiosk.path, MATERIALS_FOLDER_NAME))).toEqual([]);
  expect(expectOk(store.outbox.load()).waiting).toBe(0);
  const orders = vendor.asked.map(({ orderId }) => orderId);
  expect([orders.length, new Set(orders).size]).toEqual([EDGES.length - 1, EDGES.length - 1]);
  const audit = expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
  expect(audit).toMatchObject({ ok: true });
  console.log(`${EDGES.length} kills, ${orders.length} questions, each asked once, ${audit.entries} audit entries`);
  store.database.close();
  await verifier.close();
});
