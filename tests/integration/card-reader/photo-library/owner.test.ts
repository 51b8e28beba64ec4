import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writePortraitBmp } from '../../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import {
  makePrivateFolder,
  removePrivateFolder,
} from '../../../../src/main/card-reader/photo-library/private-folder.ts';
import { forkWorker } from '../../../../src/main/worker-process/child-process.ts';
import type { WorkerName, WorkerProcess } from '../../../../src/main/worker-process/endpoint.ts';
import { hostingWorkers } from '../../../../src/main/worker-process/hosted-workers.ts';
import { callerFor, type Caller } from '../../../../src/main/worker-process/rpc.ts';
import {
  canCompile,
  openWorkshop,
  type Workshop,
} from '../../../support/card-reader/photo-library/compiled-library.ts';
import { drawnPortrait, testBlock } from '../../../support/card-reader/photo-library/drawn-portrait.ts';
import type { OwnerContract } from '../../../support/card-reader/photo-library/hosted-owner.ts';

const OWNER = join(import.meta.dirname, '../../../support/card-reader/photo-library/hosted-owner.ts');
const PHOTO = join(import.meta.dirname, '../../../../src/main/card-reader/photo-library/worker.ts');
const compiles = process.platform === 'linux' && (await canCompile());
if (!compiles) console.warn('the photo process and its owner are not tested: gcc makes no shared libraries here');

describe.skipIf(!compiles)('the photo process', () => {
  let workshop: Workshop;
  let root: string;
  let owner: WorkerProcess;
  let caller: Caller<OwnerContract>;
  let started: WorkerName[];
  let running: Set<WorkerProcess>;

  beforeAll(async () => {
    workshop = await openWorkshop();
    await workshop.compile('good-library.c');
    root = await mkdtemp('/tmp/photo-root-');
  });
  afterAll(async () => {
    await workshop.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    started = [];
    running = new Set();
  });
  afterEach(async () => {
    owner.kill();
    for (let i = 0; i < 100 && running.size > 0; i++) await sleep(50);
    expect(running.size).toBe(0);
  });

  function launch(allowed: readonly WorkerName[] = ['photo']): void {
    const start = hostingWorkers(
      (name) => {
        const worker = name === 'photo' ? forkWorker(PHOTO, [], { output: 'ignore' }) : forkWorker(OWNER);
        started.push(name);
        running.add(worker);
        worker.onExit(() => running.delete(worker));
        return worker;
      },
      { device: allowed },
    );
    owner = start('device');
    caller = callerFor<OwnerContract>(owner, { crashed: 'reader.crashed', late: 'reader.no-answer' });
  }
  const open = (path: string, hosted = true) => caller.call('open', { path, root, hosted });
  const decode = (variant: number) => caller.call('decode', { block: testBlock(variant) });
  const good = (): string => join(workshop.folder, 'good-library.so');
  const drawn = (variant: number) => ({
    ok: true,
    value: { image: writePortraitBmp(drawnPortrait(testBlock(variant))), mediaType: 'image/bmp' },
  });

  test('is started by the owner’s owner where the owner may not', async () => {
    launch();
    await open(good());
    for (const variant of [1, 2, 3]) expect(await decode(variant)).toEqual(drawn(variant));
    expect(started).toEqual(['device', 'photo']);
    await caller.call('close', null);
    expect(running.size).toBe(1);
    expect(await readdir(root)).toEqual([]);
  });

  test('is ended and started anew that way too', async () => {
    launch();
    await open(await workshop.compile('bad-library.c', { defines: ['CRASHES_ON_SECOND'] }));
    expect(await decode(1)).toEqual(drawn(1));
    expect(await decode(2)).toMatchObject({ error: { code: 'decoder.crashed' } });
    expect(await decode(3)).toEqual(drawn(3));
    await open(await workshop.compile('bad-library.c', { defines: ['HANGS'] }));
    expect(await decode(4)).toMatchObject({ error: { code: 'decoder.timed-out' } });
    expect(started).toEqual(['device', 'photo', 'photo', 'photo']);
  });

  test('ends with its owner', async () => {
    launch();
    await open(good());
    expect(await decode(1)).toEqual(drawn(1));
    expect(running.size).toBe(2);
  });

  test('is no process that a worker may not have', async () => {
    launch([]);
    await open(good());
    expect(await decode(1)).toMatchObject({ error: { code: 'decoder.crashed' } });
    expect(started).toEqual(['device']);
  });

  test('that hangs ends although its owner is gone, and what it left is swept later', { timeout: 60_000 }, async () => {
    launch();
    await open(await workshop.compile('bad-library.c', { defines: ['LITTERS_THEN_HANGS'] }), false);
    void decode(1);
    for (let i = 0; i < 100 && (await littered(root)) === 0; i++) await sleep(50);
    expect(await littered(root)).toBe(1);
    const [ownerPid = 0] = await childrenOf(process.pid, OWNER);
    const [pid = 0] = await childrenOf(ownerPid, PHOTO);
    expect(pid).toBeGreaterThan(0);
    owner.kill();
    for (let i = 0; i < 500 && (await parentOf(pid)) !== null; i++) await sleep(50);
    expect(await parentOf(pid)).toBeNull();
    expect(await littered(root)).toBe(1);
    const folder = (await makePrivateFolder([root], good())) ?? '';
    expect(await littered(root)).toBe(0);
    await removePrivateFolder(folder);
  });
});

/** How many private folders hold a photo. */
async function littered(root: string): Promise<number> {
  const names = await readdir(root, { recursive: true });
  return names.filter((name) => name.endsWith('zp.bmp')).length;
}

/** Numbers of the processes that `parent` started for `module`. */
async function childrenOf(parent: number, module: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter((number) => number > 0)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(module) && (await parentOf(pid)) === parent) found.push(pid);
  }
  return found;
}

/** The parent's number; null when the process is gone, or ended and not yet reaped. */
async function parentOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, state, parent] = /\) (\S) (\d+) /.exec(stat) ?? [];
  return state === undefined || state === 'Z' ? null : Number(parent);
}
