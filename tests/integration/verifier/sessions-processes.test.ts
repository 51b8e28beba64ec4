import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeVendor } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import type { Check } from '../../../src/shared/domain/verification.ts';
import {
  artifactOf,
  enrolQuestioner,
  NOBODY,
  noiseJpeg,
  sessionOf,
  sessionRequest,
  type Questioner,
} from '../../support/questioner.ts';
import {
  FAKE_ACCOUNT,
  forkQuestionServer,
  startQuestionServer,
  type QuestionServerProcess,
} from '../../support/question-server.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import type { SessionVerifier } from '../../support/session-verifier.ts';

const LEASE_MS = 900;
/** Longer than the first server lives. */
const NEVER_MS = 30_000;

describe('a server that is killed while it asks two vendors', () => {
  const folder = temporaryFolder();
  let tencent: FakeVendor;
  let aliyun: FakeVendor;
  let child: QuestionServerProcess;
  let server: SessionVerifier;
  let unqueryable = '';
  let queryable = '';

  beforeAll(async () => {
    tencent = await startFakeVendor('tencent', { account: FAKE_ACCOUNT });
    aliyun = await startFakeVendor('aliyun', { account: FAKE_ACCOUNT });
    tencent.script('IdCardVerification', [{ delayMs: NEVER_MS }, {}]);
    aliyun.script('SubmitVerification', [{ delayMs: NEVER_MS }]);
    const options = { folder: folder.path, database: null, adapters: adapters(), leaseMs: LEASE_MS };
    child = await forkQuestionServer(options);
    const device = await enrolQuestioner({ address: child.address, enrolmentCode: async () => child.code });
    unqueryable = await submit(device, 'identity');
    queryable = await submit(device, 'face-authority');
    await until(() => tencent.received.length > 0 && aliyun.received.length > 0);
    await child.kill();
    server = await startQuestionServer(options);
  });
  afterAll(async () => {
    await child.kill();
    await server.close();
    await tencent.close();
    await aliyun.close();
    folder.remove();
  });

  const adapters = (): unknown => ({
    checks: { identity: ['tencent'], 'face-authority': ['aliyun'] },
    tencent: {
      region: 'ap-guangzhou',
      endpoints: { faceid: tencent.address, iai: tencent.address, ocr: tencent.address },
    },
    // The older product can be queried by our own order id.
    aliyun: { endpoint: aliyun.address, verification: { api: '2018-09-16', biz: 'counter' } },
  });
  const submit = async (device: Questioner, check: Check): Promise<string> => {
    const face = noiseJpeg(20_000);
    const artifacts = check === 'identity' ? [] : [artifactOf('face.jpg', face)];
    const opened = sessionOf(await device.open(sessionRequest({ check, artifacts })));
    if (artifacts.length > 0) await device.put(opened.sessionId, 'face.jpg', face);
    return sessionOf(await device.submit(opened, NOBODY)).sessionId;
  };
  const until = async (done: () => boolean): Promise<void> => {
    const giveUpMs = performance.now() + 10_000;
    while (!done() && performance.now() < giveUpMs) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(done()).toBe(true);
  };
  const billedBy = (vendor: FakeVendor): number => vendor.received.filter(({ billed }) => billed).length;

  it('leaves one call and an unknown outcome where nothing can be queried', async () => {
    expect(await endOf(unqueryable)).toEqual({
      state: 'unknown-outcome',
      reason: 'outcome.unknown',
      attempts: [{ number: 1, settled_reason: null }],
    });
    expect([tencent.received.length, billedBy(tencent)]).toEqual([1, 1]);
  });

  it('is followed by a query where there is one, and decided without another bill', async () => {
    expect(await endOf(queryable)).toEqual({
      state: 'decided',
      reason: 'ok.confirmed',
      attempts: [{ number: 1, settled_reason: 'ok.confirmed' }],
    });
    expect(aliyun.received.map(({ operation }) => operation)).toEqual(['SubmitVerification', 'GetStatus']);
    expect(billedBy(aliyun)).toBe(1);
  });

  async function endOf(sessionId: string): Promise<unknown> {
    const { queries } = server.database;
    let row: { state: string; reason: string | null } | undefined;
    const giveUpMs = performance.now() + 10_000;
    do {
      await new Promise((resolve) => setTimeout(resolve, 50));
      row = await queries
        .selectFrom('sessions')
        .leftJoin('decisions', 'decisions.session_id', 'sessions.session_id')
        .select(['sessions.state', 'decisions.reason'])
        .where('sessions.session_id', '=', sessionId)
        .executeTakeFirst();
    } while (row?.state === 'submitted' && performance.now() < giveUpMs);
    const attempts = await queries
      .selectFrom('attempts')
      .select(['number', 'settled_reason'])
      .where('session_id', '=', sessionId)
      .execute();
    return { ...row, attempts };
  }
});
