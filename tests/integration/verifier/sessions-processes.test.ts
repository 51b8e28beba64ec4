import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import type { FakeVendor } from '../../../src/fake-vendor/contract.ts';
import type { Check } from '../../../src/shared/domain/verification.ts';
import type { SessionAnswer } from '../../../src/shared/protocol/kv1-sessions.ts';
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
import { postgresMissing, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import type { SessionVerifier } from '../../support/session-verifier.ts';

const LEASE_MS = 900;

describe('servers that ask a vendor', () => {
  let tencent: FakeVendor;
  let aliyun: FakeVendor;
  const folders: { readonly path: string; remove(): void }[] = [];
  const servers: SessionVerifier[] = [];
  const children: QuestionServerProcess[] = [];

  beforeAll(async () => {
    tencent = await startFakeVendor('tencent', { account: FAKE_ACCOUNT });
    aliyun = await startFakeVendor('aliyun', { account: FAKE_ACCOUNT });
  });
  afterAll(async () => {
    for (const child of children) await child.kill();
    for (const server of servers) await server.close();
    await tencent.close();
    await aliyun.close();
    for (const folder of folders) folder.remove();
  });

  const adapters = (): unknown => ({
    checks: {
      'face-authority': ['tencent'],
      'face-retained': ['tencent'],
      'card-picture-authority': ['tencent'],
      identity: ['tencent'],
    },
    tencent: {
      region: 'ap-guangzhou',
      endpoints: { faceid: tencent.address, iai: tencent.address, ocr: tencent.address },
    },
  });
  /** The older product can be queried by our own order id. */
  const queryable = (): unknown => ({
    checks: { 'face-authority': ['aliyun'] },
    aliyun: { endpoint: aliyun.address, verification: { api: '2018-09-16', biz: 'counter' } },
  });
  const temporary = (): string => {
    const folder = temporaryFolder();
    folders.push(folder);
    return folder.path;
  };
  const submit = async (device: Questioner, check: Check = 'face-authority'): Promise<SessionAnswer> => {
    const face = noiseJpeg(20_000);
    const opened = sessionOf(await device.open(sessionRequest({ check, artifacts: [artifactOf('face.jpg', face)] })));
    await device.put(opened.sessionId, 'face.jpg', face);
    return sessionOf(await device.submit(opened, NOBODY));
  };
  const until = async (done: () => boolean): Promise<void> => {
    const giveUpMs = performance.now() + 10_000;
    while (!done() && performance.now() < giveUpMs) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(done()).toBe(true);
  };
  const callsOf = (vendor: FakeVendor, operation: string): number =>
    vendor.received.filter((call) => call.operation === operation).length;

  it('decide by what the vendor says, with the bill on record', async () => {
    const server = await startQuestionServer({
      folder: temporary(),
      database: null,
      adapters: adapters(),
      leaseMs: LEASE_MS,
    });
    servers.push(server);
    const device = await enrolQuestioner(server);
    tencent.script('ImageRecognitionV2', []);
    const answer = await device.ask('face-authority', noiseJpeg(20_000), NOBODY);
    expect(answer.decision?.body).toMatchObject({
      state: 'passed',
      basis: 'authority',
      vendor: { name: 'tencent', operation: 'ImageRecognitionV2', billed: true },
    });
    const [call] = tencent.received.slice(-1);
    expect([call?.signature, call?.url]).toEqual(['accepted', '/']);
  });

  it('that are killed while they ask leave one call and an unknown outcome', async () => {
    const folder = temporary();
    const options = { folder, database: null, adapters: adapters(), leaseMs: LEASE_MS };
    tencent.script('ImageRecognitionV2', [{ delayMs: 5_000 }, {}]);
    const before = callsOf(tencent, 'ImageRecognitionV2');
    const child = await forkQuestionServer(options);
    children.push(child);
    const device = await enrolQuestioner({ address: child.address, enrolmentCode: async () => child.code });
    const { sessionId } = await submit(device);
    await until(() => callsOf(tencent, 'ImageRecognitionV2') > before);
    await child.kill();
    const server = await startQuestionServer(options);
    servers.push(server);
    const session = await endOf(server, sessionId);
    expect(session).toEqual({
      state: 'unknown-outcome',
      reason: 'outcome.unknown',
      attempts: [{ number: 1, settled_reason: null }],
    });
    expect(callsOf(tencent, 'ImageRecognitionV2') - before).toBe(1);
    tencent.script('ImageRecognitionV2', []);
  });

  it('that are killed while they ask query first where that can be done', async () => {
    const folder = temporary();
    const options = { folder, database: null, adapters: queryable(), leaseMs: LEASE_MS };
    aliyun.script('SubmitVerification', [{ delayMs: 5_000 }]);
    const child = await forkQuestionServer(options);
    children.push(child);
    const device = await enrolQuestioner({ address: child.address, enrolmentCode: async () => child.code });
    const { sessionId } = await submit(device);
    await until(() => aliyun.received.length > 0);
    const submits = aliyun.received.length;
    await child.kill();
    const server = await startQuestionServer(options);
    servers.push(server);
    const session = await endOf(server, sessionId);
    expect(session).toMatchObject({ state: 'decided', reason: 'ok.confirmed' });
    expect(aliyun.received.filter(({ billed }) => billed)).toHaveLength(submits);
    aliyun.script('SubmitVerification', []);
  });

  it.skipIf(postgresMissing() !== null)('share the work of one PostgreSQL: each question is asked once', async () => {
    const postgres: PostgresServer = await startPostgres();
    try {
      const database = await postgres.createDatabase();
      const folder = temporary();
      const options = { folder, database, adapters: adapters(), leaseMs: LEASE_MS };
      const pair = [await startQuestionServer(options), await startQuestionServer(options)];
      const device = await enrolQuestioner(pair[0]!);
      const before = callsOf(tencent, 'ImageRecognitionV2');
      tencent.script('ImageRecognitionV2', [{ delayMs: 30 }]);
      const sessions: SessionAnswer[] = [];
      for (let count = 0; count < 12; count++) sessions.push(await submit(device));
      for (const { sessionId } of sessions) {
        expect((await device.read(sessionId, 20)).decision?.body.state).toBe('passed');
      }
      expect(callsOf(tencent, 'ImageRecognitionV2') - before).toBe(12);
      expect(pair.flatMap(({ failures }) => failures)).toEqual([]);
      for (const server of pair) await server.close();
    } finally {
      await postgres.stop();
      tencent.script('ImageRecognitionV2', []);
    }
  });

  async function endOf({ database }: SessionVerifier, sessionId: string): Promise<unknown> {
    let row: { state: string; reason: string | null } | undefined;
    const giveUpMs = performance.now() + 10_000;
    do {
      await new Promise((resolve) => setTimeout(resolve, 50));
      row = await database.queries
        .selectFrom('sessions')
        .leftJoin('decisions', 'decisions.session_id', 'sessions.session_id')
        .select(['sessions.state', 'decisions.reason'])
        .where('sessions.session_id', '=', sessionId)
        .executeTakeFirst();
    } while (row?.state === 'submitted' && performance.now() < giveUpMs);
    const attempts = await database.queries
      .selectFrom('attempts')
      .select(['number', 'settled_reason'])
      .where('session_id', '=', sessionId)
      .execute();
    return { ...row, attempts };
  }
});
