import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeVendor } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import { deletionReceiptSchema, SESSION_PATHS } from '../../../src/shared/protocol/kv1-sessions.ts';
import { SECRET_VARIABLES } from '../../../src/verifier/adapters/configuration.ts';
import { startVerifier, type RunningVerifier } from '../../../src/verifier/start.ts';
import { openVerifierDatabase } from '../../../src/verifier/storage/open-database.ts';
import {
  artifactOf,
  enrolQuestioner,
  NOBODY,
  noiseJpeg,
  sessionOf,
  sessionRequest,
  type Questioner,
} from '../../support/questioner.ts';
import { FAKE_ACCOUNT } from '../../support/question-server.ts';
import { temporaryFolder } from '../../support/sample-store.ts';

const ENVIRONMENT = {
  [SECRET_VARIABLES.aliyun.id]: FAKE_ACCOUNT.accessKeyId,
  [SECRET_VARIABLES.aliyun.key]: FAKE_ACCOUNT.secretAccessKey,
  [SECRET_VARIABLES.tencent.id]: FAKE_ACCOUNT.accessKeyId,
  [SECRET_VARIABLES.tencent.key]: FAKE_ACCOUNT.secretAccessKey,
};

describe('what vendors keep of a session', () => {
  const folder = temporaryFolder();
  let aliyun: FakeVendor;
  let tencent: FakeVendor;
  let verifier: RunningVerifier;
  let device: Questioner;

  beforeAll(async () => {
    aliyun = await startFakeVendor('aliyun', { account: FAKE_ACCOUNT });
    tencent = await startFakeVendor('tencent', { account: FAKE_ACCOUNT });
    const checks = join(folder.path, 'checks.json');
    const { address } = tencent;
    const file = {
      checks: { 'face-authority': ['aliyun'], identity: ['tencent'] },
      aliyun: { endpoint: aliyun.address, scenes: { ID_MIN: 1 }, keepAtVendor: true },
      tencent: { region: 'ap-guangzhou', endpoints: { faceid: address, iai: address, ocr: address } },
    };
    writeFileSync(checks, JSON.stringify(file));
    const place = { dataFolder: folder.path, host: '127.0.0.1', port: 0, publicOrigin: null };
    verifier = await startVerifier({ ...place, checks, environment: ENVIRONMENT });
    device = await enrolQuestioner({ address: verifier.address, enrolmentCode: async () => verifier.enrolmentCode });
  });
  afterAll(async () => {
    await verifier.close();
    await aliyun.close();
    await tencent.close();
    folder.remove();
  });

  const callsOf = (operation: string) => aliyun.received.filter((call) => call.operation === operation);
  const erase = async (sessionId: string): Promise<unknown> => {
    const path = SESSION_PATHS.artifacts(sessionId);
    const erased = await device.call({ method: 'DELETE', path, idempotencyKey: sessionId });
    if (!erased.ok) throw new Error(erased.code);
    return deletionReceiptSchema.parse(erased.value).body.vendors;
  };

  it('is deleted there when the session is erased, by the number that the vendor gave', async () => {
    const { sessionId, decision } = await device.ask('face-authority', noiseJpeg(900), NOBODY);
    expect(decision?.body).toMatchObject({
      state: 'passed',
      basis: 'authority',
      vendor: { name: 'aliyun', operation: 'ContrastFaceVerify', billed: true },
    });
    expect(callsOf('ContrastFaceVerify').map(({ signature, url }) => [signature, url])).toEqual([['accepted', '/']]);
    expect(callsOf('DeleteFaceVerifyResult')).toEqual([]);
    expect(await erase(sessionId)).toEqual([{ name: 'aliyun', outcome: 'erased' }]);
    const [deletion, ...more] = callsOf('DeleteFaceVerifyResult');
    expect(more).toEqual([]);
    expect([deletion?.code, deletion?.parameters['DeleteAfterQuery']]).toEqual(['200', 'N']);
    const [row] = await attemptsOf(sessionId);
    expect(row).toEqual({
      operation: 'ContrastFaceVerify',
      reference: `certify:${String(deletion?.parameters['CertifyId'])}`,
      settled_reason: 'ok.confirmed',
    });
    // The receipt is kept: nobody is asked twice.
    expect(await erase(sessionId)).toEqual([{ name: 'aliyun', outcome: 'erased' }]);
    expect(callsOf('DeleteFaceVerifyResult')).toHaveLength(1);
  });

  it('is asked for again as long as a vendor has not deleted it', async () => {
    const { sessionId } = await device.ask('face-authority', noiseJpeg(900), NOBODY);
    aliyun.script('DeleteFaceVerifyResult', [{ code: '500' }, {}]);
    expect(await erase(sessionId)).toEqual([{ name: 'aliyun', outcome: 'failed' }]);
    expect(await erase(sessionId)).toEqual([{ name: 'aliyun', outcome: 'erased' }]);
  });

  it('is nothing at a vendor that gives no number; its attempt names what was asked', async () => {
    const card = noiseJpeg(900, 856, 540);
    const artifacts = [artifactOf('card-front.jpg', card, 856, 540)];
    const opened = sessionOf(await device.open(sessionRequest({ check: 'identity', artifacts })));
    expect(await device.put(opened.sessionId, 'card-front.jpg', card)).toMatchObject({ ok: true });
    const { sessionId } = sessionOf(await device.submit(opened, NOBODY));
    expect((await device.read(sessionId, 20)).state).toBe('decided');
    expect(await attemptsOf(sessionId)).toMatchObject([{ operation: 'IdCardOCRVerification', reference: null }]);
    expect(tencent.received.map(({ operation }) => operation)).toEqual(['IdCardOCRVerification']);
    expect(await erase(sessionId)).toEqual([]);
  });

  async function attemptsOf(sessionId: string): Promise<unknown[]> {
    const database = await openVerifierDatabase(folder.path);
    try {
      return await database.queries
        .selectFrom('attempts')
        .select(['operation', 'reference', 'settled_reason'])
        .where('session_id', '=', sessionId)
        .execute();
    } finally {
      await database.close();
    }
  }
});
