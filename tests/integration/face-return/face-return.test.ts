import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faceReturnHandlers } from '../../../src/main/composition/admin-face-return-handlers.ts';
import { KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { systemClock, type Clock } from '../../../src/shared/clock.ts';
import type { FaceReturn } from '../../../src/shared/domain/face-return.ts';
import { openS3ObjectStore } from '../../../src/verifier/storage/s3-object-store.ts';
import { faceReturnBench, sha256Of, until, type FaceReturnBench } from '../../support/face-return-bench.ts';
import { runCommandLine } from '../../support/meter-runs.ts';
import { S3_TEST_KEYS, startS3Server, type S3Server } from '../../support/object-store.ts';
import { OSS_TEST_KEYS, startOssServer, type OssServer } from '../../support/oss-server.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { expectOk, SAMPLE_MASTER_KEY, temporaryFolder } from '../../support/sample-store.ts';

const DAY_MS = 86_400_000;
const NOTHING_LEFT = { folders: [], keys: 0 };
const NAME = `2026/03/02/${sampleCertifyId(1)}.jpg`;
const S3_KEYS = { id: S3_TEST_KEYS.accessKeyId, secret: S3_TEST_KEYS.secretAccessKey };
let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let target: string;
let bench: FaceReturnBench;
const open: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  [data, target] = [join(folder.path, 'data'), join(folder.path, 'target')];
  mkdirSync(data);
  mkdirSync(target);
  await begin();
});
afterEach(async () => {
  await end();
  for (const each of open.splice(0)) await each.stop();
  folder.remove();
});

async function begin(clock: Clock = systemClock, wrap?: Parameters<typeof faceReturnBench>[2]): Promise<void> {
  bench = faceReturnBench(data, clock, wrap);
  expectOk(await bench.service.start());
}

async function end(): Promise<void> {
  await bench.service.stop();
  bench.store.database.close();
}

const status = () => expectOk(bench.service.status());
const sent = (): boolean => status().sent === 1;
const toFolder = (): FaceReturn => ({ kind: 'folder', folder: target });

async function s3(): Promise<{ readonly server: S3Server; readonly destination: FaceReturn }> {
  const server = await startS3Server();
  open.push(server);
  const { endpoint, region, bucket } = server.place;
  return { server, destination: { kind: 's3', endpoint, region, bucket, prefix: 'counter/' } };
}

async function oss(
  answerOf?: Parameters<typeof startOssServer>[0],
): Promise<{ readonly server: OssServer; readonly destination: FaceReturn }> {
  const server = await startOssServer(answerOf);
  open.push(server);
  const { endpoint, bucket } = server;
  return { server, destination: { kind: 'oss', endpoint, region: 'cn-shanghai', bucket, prefix: 'counter/' } };
}

describe('a returned face', () => {
  it('is in the folder as the record names it, and nowhere else', async () => {
    expectOk(bench.service.save(toFolder(), undefined));
    expect(bench.service.desk.ready()).toBe(true);
    const sha256 = await bench.certify(1);
    expect(bench.left()).toEqual({ folders: [sampleCertifyId(1)], keys: 1 });
    bench.service.kick();
    await until(sent);
    const file = join(target, NAME);
    expect(sha256Of(readFileSync(file))).toBe(sha256);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(target, '2026/03/02'))).toEqual([`${sampleCertifyId(1)}.jpg`]);
    await until(() => bench.left().keys === 0);
    await bench.service.stop();
    expect(bench.left()).toEqual(NOTHING_LEFT);
    expect(bench.audited()).toEqual(['face-return.kept', 'face-return.sent', 'face-return.destroyed sent']);
  });

  it('is in an S3 bucket under its prefix', async () => {
    const { server, destination } = await s3();
    const sha256 = await bench.certify(1);
    expectOk(bench.service.save(destination, S3_KEYS));
    await until(sent);
    const stored = await openS3ObjectStore({ ...server.place, prefix: 'counter/' }, S3_TEST_KEYS).get(NAME);
    expect(stored && sha256Of(stored)).toBe(sha256);
    await bench.service.stop();
    expect(bench.left()).toEqual(NOTHING_LEFT);
  });

  it('is in an OSS bucket, encrypted there, with its hash', async () => {
    const { server, destination } = await oss();
    const sha256 = await bench.certify(1);
    expectOk(bench.service.save(destination, OSS_TEST_KEYS));
    await until(sent);
    const stored = server.objects.get(`${server.bucket}/counter/${NAME}`);
    expect(stored && sha256Of(stored.bytes)).toBe(sha256);
    expect(stored?.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-oss-meta-sha256': sha256,
      'x-oss-server-side-encryption': 'AES256',
    });
    expect(server.calls).toEqual([`PUT ${server.bucket}/counter/${NAME} 200`]);
  });

  it('is never prepared for nothing: what no record names goes at once, or at the next start', async () => {
    expectOk(await bench.service.desk.prepare(sampleCertifyId(1)));
    await bench.service.desk.discard(sampleCertifyId(1));
    expect(bench.left()).toEqual(NOTHING_LEFT);
    expectOk(await bench.service.desk.prepare(sampleCertifyId(2)));
    await end();
    await begin();
    expect(bench.left()).toEqual(NOTHING_LEFT);
  });

  it('is erased while it waits, and then never sent', async () => {
    await bench.certify(1);
    expect(expectOk(await bench.service.erase(sampleCertifyId(1)))).toBe(true);
    expectOk(bench.service.save(toFolder(), undefined));
    expect([bench.left(), readdirSync(target)]).toEqual([NOTHING_LEFT, []]);
    expect(status()).toMatchObject({ waiting: 0, sent: 0 });
    expect(bench.audited()).toContain('face-return.stopped erased');
  });
});

describe('what is not taken', () => {
  it.each([
    ['S3', s3, { id: S3_KEYS.id, secret: 'wrong' }, S3_KEYS],
    ['OSS', oss, { ...OSS_TEST_KEYS, secret: 'wrong' }, OSS_TEST_KEYS],
  ])('by %s for a wrong key waits for the right one', async (_kind, start, wrong, right) => {
    const { destination } = await start();
    await bench.certify(1);
    expectOk(bench.service.save(destination, wrong));
    await until(() => status().lastFailure !== null);
    expect(status()).toMatchObject({
      waiting: 1,
      sent: 0,
      hasKeys: true,
      lastFailure: { code: 'face-return.refused' },
    });
    expect(JSON.stringify([status(), bench.logged])).not.toMatch(/wrong|secret/);
    expect(bench.left().keys).toBe(1);
    expectOk(bench.service.save(destination, right));
    await until(sent);
    expect(status()).toMatchObject({ waiting: 0, lastFailure: null });
  });

  it('because nobody answers is sent when somebody does', async () => {
    await bench.certify(1);
    await bench.certify(2);
    const { server, destination } = await oss();
    const { port } = new URL(server.endpoint);
    await server.stop();
    expectOk(bench.service.save(destination, OSS_TEST_KEYS));
    await until(() => status().lastFailure !== null);
    expect(status()).toMatchObject({ waiting: 2, lastFailure: { code: 'face-return.unreachable' } });
    const taken: string[] = [];
    const late = createServer((request, response) => {
      taken.push(request.method ?? '');
      request.resume().on('end', () => response.writeHead(request.method === 'HEAD' ? 404 : 200).end());
    });
    late.listen(Number(port), '127.0.0.1');
    await once(late, 'listening');
    await until(() => status().sent === 2);
    expect(taken.filter((method) => method === 'PUT')).toHaveLength(2);
    late.closeAllConnections();
    await new Promise((resolve) => late.close(resolve));
  });

  it.each([
    [503, 'face-return.unreachable'],
    [429, 'face-return.unreachable'],
    [307, 'face-return.refused'],
    [404, 'face-return.refused'],
  ])('with HTTP %s is %s, and stays here', async (code, reason) => {
    const { server, destination } = await oss((method) => (method === 'PUT' ? code : null));
    await bench.certify(1);
    expectOk(bench.service.save(destination, OSS_TEST_KEYS));
    await until(() => server.calls.length >= 3);
    expect(status()).toMatchObject({ waiting: 1, sent: 0, lastFailure: { code: reason, detail: `HTTP ${code}` } });
    expect(bench.left().keys).toBe(1);
  });

  it('because another object has its name is left as it is', async () => {
    mkdirSync(join(target, '2026/03/02'), { recursive: true });
    writeFileSync(join(target, NAME), 'another picture');
    expectOk(bench.service.save(toFolder(), undefined));
    await bench.certify(1);
    bench.service.kick();
    await until(() => status().lastFailure !== null);
    expect(status().lastFailure).toEqual(failure('face-return.refused', 'another file has that name'));
    expect(readFileSync(join(target, NAME), 'utf8')).toBe('another picture');
  });

  it('for seven days is destroyed, with an entry in the audit log', async () => {
    await end();
    const late = { wallMs: () => Date.now() + 7 * DAY_MS + 60_000, monotonicMs: () => performance.now() };
    await begin();
    await bench.certify(1);
    await end();
    await begin(late);
    await until(() => status().waiting === 0);
    await bench.service.stop();
    expect([bench.left(), status().sent]).toEqual([NOTHING_LEFT, 0]);
    expect(bench.audited()).toEqual([
      'face-return.kept',
      'face-return.stopped expired',
      'face-return.destroyed retention',
    ]);
  });

  it('keeps no other picture from being sent', async () => {
    mkdirSync(join(target, '2026/03/02'), { recursive: true });
    writeFileSync(join(target, NAME), 'another picture');
    for (const number of [1, 2, 3]) await bench.certify(number);
    expectOk(bench.service.save(toFolder(), undefined));
    await until(() => status().sent === 2);
    expect(status()).toMatchObject({ waiting: 1, lastFailure: { code: 'face-return.refused' } });
  });
});

describe('a picture that was sent', () => {
  it('is not sent again where that could not be written down', async () => {
    await end();
    let refusals = 1;
    await begin(systemClock, (rows) => ({
      ...rows,
      sent: (...asked) => {
        refusals -= 1;
        return refusals >= 0 ? { ok: false, error: failure('store.full') } : rows.sent(...asked);
      },
    }));
    const { server, destination } = await oss();
    await bench.certify(1);
    expectOk(bench.service.save(destination, OSS_TEST_KEYS));
    await until(sent);
    expect(server.calls.map((call) => call.split(' ')[0])).toEqual(['PUT', 'HEAD']);
  });

  it('survives that everything was killed while it waited', async () => {
    await end();
    const later = join(folder.path, 'mounted-later');
    const program = fileURLToPath(new URL('../../support/return-faces-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, [program, data, later], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (piece: Buffer) => (printed += piece.toString('utf8')));
    await until(() => printed.includes('waiting'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    mkdirSync(later);
    await begin();
    await until(() => status().sent === 3);
    for (const line of printed.trim().split('\n').slice(0, 3)) {
      const [number, sha256] = line.split(' ');
      const file = join(later, `2026/03/02/${sampleCertifyId(Number(number))}.jpg`);
      expect(sha256Of(readFileSync(file))).toBe(sha256);
    }
    await bench.service.stop();
    expect(bench.left()).toEqual(NOTHING_LEFT);
  }, 30_000);
});

describe('the administrator', () => {
  const handlers = () => faceReturnHandlers({ faceReturn: bench.service, onSettings: () => undefined });

  it('sets a bucket up, tries it, and never sees its keys', async () => {
    const { server, destination } = await oss();
    const saved = handlers()['admin:save-face-return']({ destination, keys: OSS_TEST_KEYS });
    expect(saved).toEqual({ ok: true, value: { destination, hasKeys: true, waiting: 0, sent: 0, lastFailure: null } });
    expect(await handlers()['admin:try-face-return'](null)).toMatchObject({ ok: true });
    expect(server.objects.size).toBe(0);
    expect(server.calls.map((call) => call.replace(/\/[0-9a-f]{16}/, '/ID'))).toEqual([
      'PUT faces/counter/countersign-test/ID.txt 200',
      'DELETE faces/counter/countersign-test/ID.txt 204',
    ]);
  });

  it('never has another bucket signed to with the keys of the one before', async () => {
    const { destination } = await oss();
    expectOk(bench.service.save(destination, OSS_TEST_KEYS));
    const renamed = { ...destination, prefix: 'other/' } as FaceReturn;
    expect(expectOk(bench.service.save(renamed, undefined)).hasKeys).toBe(true);
    const moved = { ...destination, bucket: 'foreign' } as FaceReturn;
    expect(expectOk(bench.service.save(moved, undefined)).hasKeys).toBe(false);
    expect(await bench.service.tryOut()).toEqual({
      ok: false,
      error: failure('face-return.refused', 'keys are missing'),
    });
    expect(bench.service.desk.ready()).toBe(false);
  });

  it.each([
    [
      'http elsewhere',
      { kind: 's3', endpoint: 'http://192.0.2.1', region: 'r', bucket: 'bbb', prefix: '' },
      'endpoint',
    ],
    [
      'a path',
      { kind: 's3', endpoint: 'https://example.invalid/x', region: 'r', bucket: 'bbb', prefix: '' },
      'endpoint',
    ],
    [
      'keys in it',
      { kind: 'oss', endpoint: 'https://a:b@example.invalid', region: 'r', bucket: 'bbb', prefix: '' },
      'endpoint',
    ],
    ['dots', { kind: 'oss', endpoint: 'https://example.invalid', region: 'r', bucket: 'bbb', prefix: '../' }, 'prefix'],
    ['a relative folder', { kind: 'folder', folder: 'faces' }, 'folder'],
  ] as const)('can not set up an address with %s', (_what, destination, field) => {
    const saved = bench.service.save(destination, undefined);
    expect(saved).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    expect(saved.ok ? '' : saved.error.detail).toContain(`destination.${field}`);
    expect(status().destination).toBeNull();
  });

  it('asks on the command line where pictures go, and tries it', async () => {
    writeFileSync(join(data, KEY_FILE_NAME), SAMPLE_MASTER_KEY, { mode: 0o600 });
    chmodSync(join(data, KEY_FILE_NAME), 0o600);
    expectOk(bench.service.save(toFolder(), undefined));
    await bench.service.stop();
    await bench.certify(1);
    const shown = runCommandLine(['face-return', 'status', '--data-folder', data, '--json']);
    expect([shown.status, JSON.parse(shown.stdout)]).toEqual([0, status()]);
    const tried = runCommandLine(['face-return', 'try', '--data-folder', data, '--json']);
    expect([tried.status, JSON.parse(tried.stdout)]).toMatchObject([0, { tookMs: expect.any(Number) as number }]);
    expect(readdirSync(join(target, 'countersign-test'))).toEqual([]);
  });
});
