import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../../src/shared/clock.ts';
import { openAdministration } from '../../../src/verifier/administration.ts';
import { createVerifierApp } from '../../../src/verifier/app.ts';
import { assembleVerifier } from '../../../src/verifier/assemble.ts';
import { RefusedStart } from '../../../src/verifier/refused-start.ts';
import { startVerifier } from '../../../src/verifier/start.ts';
import { openVerifierDatabase } from '../../../src/verifier/storage/open-database.ts';
import { parseTrustedProxies } from '../../../src/verifier/trusted-proxies.ts';
import { artifactOf, enrolQuestioner, NOBODY, noiseJpeg, sessionOf, sessionRequest } from '../../support/questioner.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folders: { readonly path: string; remove(): void }[] = [];
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) folder.remove();
});

function temporary(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
}

function checksFile(content: unknown): string {
  const path = join(temporary(), 'checks.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly enrolmentCode: () => Promise<string>;
}

async function start(program: string, data: string, checks: string, port = 0): Promise<Started> {
  const flags = ['--data', data, '--checks', checks, '--port', String(port), '--json'];
  const child = spawn(NODE_24, [join(root, program), ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const ready = JSON.parse(line) as { ready: boolean; address: string; enrolmentCode: string };
  expect(ready.ready).toBe(true);
  return { child, address: ready.address, enrolmentCode: () => Promise.resolve(ready.enrolmentCode) };
}

async function terminate(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return child.exitCode;
}

const MOCKED = { checks: { 'face-authority': ['mock'] }, mock: { delayMs: 700 } };

describe('the verifier as a process', () => {
  it('ends a decision that is under way, and has it after a restart under another server key', async () => {
    const data = temporary();
    const checks = checksFile(MOCKED);
    const first = await start('src/verifier/main.ts', data, checks);
    const device = await enrolQuestioner(first);
    const face = noiseJpeg(2_000);
    const opened = sessionOf(await device.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] })));
    await device.put(opened.sessionId, 'face.jpg', face);
    expect(sessionOf(await device.submit(opened, NOBODY)).state).toBe('submitted');
    expect(await terminate(first.child)).toBe(0);

    const administration = await openAdministration({ dataFolder: data, database: null });
    const { keyId } = await administration.addServerKey();
    await administration.close();

    const port = Number(new URL(first.address).port);
    const second = await start('src/verifier/main.ts', data, checks, port);
    const answer = await device.read(opened.sessionId, 10);
    expect(answer.decision?.body).toMatchObject({ state: 'passed', revision: 1, vendor: { name: 'mock' } });
    // The device, which pinned the first key, has followed.
    const next = await device.ask('face-authority', face, NOBODY);
    expect(next.decision?.server.keyId).toBe(keyId);
    expect(await terminate(second.child)).toBe(0);
    const database = await openVerifierDatabase(data, null);
    const attempts = await database.queries.selectFrom('attempts').select('session_id').execute();
    await database.close();
    expect(attempts.filter(({ session_id }) => session_id === opened.sessionId)).toHaveLength(1);
  });

  const built = join(root, 'out/main/verifier.js');
  if (!existsSync(built)) console.warn('the built verifier is not started: there is no build');
  it.skipIf(!existsSync(built))('starts as it was built', async () => {
    const { child, address } = await start('out/main/verifier.js', temporary(), checksFile(MOCKED));
    expect((await fetch(`${address}/v1/health`)).status).toBe(200);
    expect(await terminate(child)).toBe(0);
  });

  it.each([
    ['src/verifier/main.ts', []],
    ['src/cli/main.ts', ['verifier']],
  ])('refuses what it can not use with one sentence and exit code 2: %s', async (program, words) => {
    const file = checksFile({ checks: { phone: ['tencent'] }, tencent: { region: 'ap-guangzhou' } });
    const flags = [...words, '--data', temporary(), '--checks', file, '--port', '0'];
    const environment = { ...process.env, COUNTERSIGN_TENCENT_SECRET_ID: 'AKIDunspeakable' };
    const ended = await promisify(execFile)(NODE_24, [join(root, program), ...flags], { env: environment }).catch(
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.stderr).toContain('COUNTERSIGN_TENCENT_SECRET_KEY');
    expect(ended.stderr).not.toMatch(/unspeakable|\n\s+at /);
  });
});

describe('a file of checks that can not be used', () => {
  const uni = { checks: { identity: ['uni'] }, uni: { url: 'https://function.example/verify' } };
  const mock = { answers: {} };
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'is not JSON'],
    ['an unknown part', { checks: {}, tencnt: {} }, 'tencnt'],
    ['an unknown field', { checks: { phone: ['mock'] }, mock: { delay: 5 } }, 'mock delay'],
    ['an unknown check', { checks: { faces: ['mock'] }, mock }, 'checks'],
    ['somebody unknown', { checks: { phone: ['acme'] } }, 'checks.phone'],
    ['somebody who is not configured', { checks: { phone: ['aliyun'] } }, 'aliyun is listed under checks'],
    ['a secret in the file', { checks: {}, tencent: { region: 'ap-guangzhou', secretKey: 'hush' } }, 'secretKey'],
    ['a check that uni can not answer', uni, 'checks.identity: uni: uni verifies in an app'],
  ])('%s', async (_what, content, fault) => {
    const options = { dataFolder: temporary(), host: '127.0.0.1', port: 0, publicOrigin: null };
    const environment = { COUNTERSIGN_UNI_SECRET: 'unspeakable-'.repeat(4) };
    const refused = await startVerifier({ ...options, checks: checksFile(content), environment }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(RefusedStart);
    expect(String(refused)).toContain(fault);
    expect(String(refused)).not.toMatch(/unspeakable|hush/);
  });

  it('a file that is not there, and a port that is taken', async () => {
    const options = { dataFolder: temporary(), host: '127.0.0.1', port: 0, publicOrigin: null };
    await expect(startVerifier({ ...options, checks: '/nowhere/checks.json' })).rejects.toThrow("can't be read");
    const running = await startVerifier(options);
    const port = Number(new URL(running.address).port);
    await expect(startVerifier({ ...options, dataFolder: temporary(), port })).rejects.toThrow('EADDRINUSE');
    await running.close();
  });
});

describe('proxies', () => {
  it.each([
    ['10.0.0.5', ['10.0.0.5']],
    ['10.1.0.0/16, fd00::/8', ['10.1.0.0/16', 'fd00::/8']],
    ['0.0.0.0/0', null],
    ['loopback', null],
    ['10.0.0.5/33', null],
    ['10.0.0.5,', null],
    ['true', null],
  ])('%s', (text, expected) => {
    const parsed = parseTrustedProxies(text);
    expect(parsed.ok ? parsed.value : null).toEqual(expected);
  });

  it('are believed about who asks where they are listed, and nobody else is', async () => {
    const database = await openVerifierDatabase(temporary(), null);
    const parts = await assembleVerifier({ database, clock: systemClock, randomBytes, publicOrigin: null });
    const seenFrom = async (proxies: readonly string[], remoteAddress: string, forwarded: string): Promise<string> => {
      const app = createVerifierApp({
        ...parts,
        trustedProxies: proxies,
        routes: [(each) => void each.get('/from', async (request) => request.ip)],
      });
      const answer = await app.inject({ url: '/from', remoteAddress, headers: { 'x-forwarded-for': forwarded } });
      await app.close();
      return answer.body;
    };
    const forwarded = '198.51.100.9, 203.0.113.7';
    expect(await seenFrom([], '10.1.2.3', forwarded)).toBe('10.1.2.3');
    expect(await seenFrom(['10.1.0.0/16'], '10.1.2.3', forwarded)).toBe('203.0.113.7');
    expect(await seenFrom(['10.1.0.0/16'], '10.2.0.1', forwarded)).toBe('10.2.0.1');
    expect(await seenFrom(['10.1.0.0/16', '203.0.113.7'], '10.1.2.3', forwarded)).toBe('198.51.100.9');
    await database.close();
  });
});
