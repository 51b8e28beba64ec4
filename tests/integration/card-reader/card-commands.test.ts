import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { baseData, dataFrame } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';

const CLI = join(import.meta.dirname, '../../support/card-reader/cli.ts');

function run(...args: string[]): { exit: number | null; lines: unknown[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', timeout: 30_000 });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { exit: status, lines: lines.map((line) => JSON.parse(line) as unknown), stderr };
}

let folder: string;
const running: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'card-commands-test-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGTERM');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('card decode', () => {
  test.each(CARD_KINDS)('%s', async (kind) => {
    const frame = dataFrame(0x90, baseData(encodeCard(CARDS[kind]), false));
    const wlt = frame.slice();
    // A photo that isn't empty, with the checksum made right again.
    wlt[270]! ^= 0x57;
    wlt[1294]! ^= 0x57;
    expect(run('card', 'decode', await file('frame.bin', wlt), '--json')).toMatchObject({
      exit: 0,
      lines: [{ type: kind, fields: CARDS[kind].fields, photo: { bytes: 1024, decoded: false } }],
    });
  });

  test('fingerprints are counted; hexadecimal text is read too', async () => {
    const card = encodeCard({ ...CARDS.resident, fingerprintBytes: 1024 });
    const frame = Buffer.from(dataFrame(0x90, baseData(card, true)));
    expect(frame).toHaveLength(2321);
    expect(run('card', 'decode', await file('frame.hex', frame.toString('hex')), '--json')).toMatchObject({
      exit: 0,
      lines: [{ type: 'resident', fingerprint: { bytes: 1024 } }],
    });
  });

  test.each([
    ['a wrong checksum', dataFrame(0x90, new Uint8Array(1284)).fill(0, 1294), 'reader.bad-frame'],
    ['half a frame', dataFrame(0x90, new Uint8Array(1284)).subarray(0, 700), 'reader.bad-frame'],
    ['a refusal', dataFrame(0x41, new Uint8Array(0)), 'card.read-failed'],
    ['zero lengths', dataFrame(0x90, new Uint8Array(1284)), 'card.malformed'],
    ['an empty file', new Uint8Array(0), 'reader.bad-frame'],
  ])('%s', async (_, content, code) => {
    const bad = content.slice();
    if (code === 'reader.bad-frame' && bad.length === 1295) bad[1294] = 0x01;
    expect(run('card', 'decode', await file('bad.bin', bad), '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code } }],
    });
  });

  test('no such file', () => {
    expect(run('card', 'decode', join(folder, 'none'), '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code: 'usage' } }],
    });
  });
});

describe('identity check', () => {
  test('right, wrong, and missing', () => {
    expect(run('identity', 'check', '11010519491231002X', '--json')).toEqual({
      exit: 0,
      lines: [
        {
          valid: true,
          type: 'resident',
          birthDate: '1949-12-31',
          sex: 'female',
          region: { code: '110105', province: '北京市' },
        },
      ],
      stderr: '',
    });
    expect(run('identity', 'check', '110105194912310021', '--json')).toMatchObject({
      exit: 1,
      lines: [{ valid: false, reason: 'check-digit' }],
    });
    expect(run('identity', 'check', '--json')).toMatchObject({ exit: 2, lines: [{ error: { code: 'usage' } }] });
  });
});

/** Starts `card simulate`; `next` gives what it prints, line by line. */
function simulate(...args: string[]) {
  const child = spawn(process.execPath, [CLI, 'card', 'simulate', '--json', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    next: async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>,
    send: (change: unknown) => child.stdin.write(`${JSON.stringify(change)}\n`),
  };
}

describe('card simulate and card read', () => {
  test('over TCP, with cards and faults changed while it runs', async () => {
    const card = await file('card.json', JSON.stringify(CARDS.hmt));
    const simulator = simulate('--tcp', '0', '--card', card);
    const serving = await simulator.next();
    const port = String(serving.address);
    const read = () => run('card', 'read', '--transport', 'tcp', '--port', port, '--timeout', '5', '--json');
    expect(read()).toMatchObject({ exit: 0, lines: [{ type: 'hmt', fields: CARDS.hmt.fields, simulated: true }] });
    simulator.send({ card, fault: 'read-status@33' });
    await simulator.next();
    expect(read()).toMatchObject({ exit: 1, lines: [{ error: { code: 'card.refused' } }] });
    simulator.send({ card });
    await simulator.next();
    expect(read()).toMatchObject({ exit: 0 });
    const ended = new Promise((resolve) => simulator.child.once('exit', resolve));
    simulator.child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(read()).toMatchObject({ exit: 1, lines: [{ error: { code: 'reader.missing' } }] });
  });

  test.skipIf(!hasSocat())('over a serial port', async () => {
    const card = await file('card.json', JSON.stringify(CARDS['foreigner-2017']));
    const link = join(folder, 'reader');
    const simulator = simulate('--link', link, '--card', card);
    expect(await simulator.next()).toEqual({ event: 'serving', address: link });
    expect(run('card', 'read', '--port', link, '--timeout', '5', '--json')).toMatchObject({
      exit: 0,
      lines: [{ type: 'foreigner-2017', fields: CARDS['foreigner-2017'].fields }],
    });
  });

  test('usage that can not be carried out', async () => {
    expect(run('card', 'simulate', '--json')).toMatchObject({ exit: 2, lines: [{ error: { code: 'usage' } }] });
    expect(run('card', 'simulate', '--tcp', '0', '--fault', 'explode', '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code: 'request.invalid' } }],
    });
    expect(run('card', 'read', '--port', 'x', '--transport', 'pigeon', '--json')).toMatchObject({ exit: 2 });
    expect(run('card', 'nothing', '--json')).toMatchObject({ exit: 2, lines: [{ error: { code: 'usage' } }] });
  });
});
