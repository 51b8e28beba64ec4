import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClipFolder, sweepClipFolders } from '../../src/main/clip/clip-folders.ts';
import { findFfmpeg } from '../../src/main/clip/ffmpeg.ts';
import { CLIP_LIMITS, fitClip, MAX_CLIP_BYTES } from '../../src/shared/domain/clip.ts';
import { expectOk } from '../support/sample-store.ts';

const program = await findFfmpeg({ memoryFolder: tmpdir() });
if (!program) console.warn('no encoding killed: no ffmpeg with H.264 and AAC');
const hasProcessList = existsSync('/proc/self/cmdline');

let memory: string;
beforeEach(() => {
  memory = mkdtempSync(join(tmpdir(), 'countersign-memory-test-'));
});
afterEach(() => rmSync(memory, { recursive: true, force: true }));

const ENCODING = join(import.meta.dirname, '../support/encode-until-killed.ts');
const clips = () => readdirSync(memory).filter((name) => name.startsWith('countersign-clip-'));

/** Ids of processes that were given this folder. */
const workingIn = (folder: string): readonly number[] =>
  readdirSync('/proc').flatMap((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(folder) ? [Number(id)] : [];
    } catch {
      return [];
    }
  });

async function until(what: () => boolean): Promise<void> {
  const endMs = performance.now() + 25_000;
  while (!what()) {
    if (performance.now() > endMs) throw new Error('it never came to that');
    await sleep(10);
  }
}

describe.skipIf(!program)('a process that is killed while it encodes', () => {
  it.each(['parts', 'mp4'])('leaves a clip of %s that the next start removes', async (kind) => {
    const child = spawn(process.execPath, [ENCODING, memory, kind], { stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    try {
      const marker = kind === 'mp4' ? 'source.mp4' : 'clip.mp4';
      await until(() => clips().some((name) => existsSync(join(memory, name, marker))));
      expect(await sweepClipFolders(memory)).toBe(0);
      expect(clips()).toEqual([expect.stringMatching(new RegExp(`^countersign-clip-${child.pid}-\\w{6}$`))]);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
    expect(clips()).toHaveLength(1);
    if (kind === 'parts' && hasProcessList) await until(() => workingIn(memory).length === 0);
    expect(await sweepClipFolders(memory)).toBe(1);
    expect(clips()).toEqual([]);
    // Without its source and its folder it can't go on for long.
    if (hasProcessList) await until(() => workingIn(memory).length === 0);
  });
});

describe('the folders of clips', () => {
  it('of a process that is alive stay, and so does everything else', async () => {
    const own = await makeClipFolder(memory);
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const names = {
      older: `countersign-clip-${process.pid}-AAAAAA`,
      parent: `countersign-clip-${process.ppid}-AAAAAA`,
      gone: `countersign-clip-${gone}-AAAAAA`,
      nameless: 'countersign-clip-AAAAAA',
      longer: `countersign-clip-${gone}-AAAAAA.kept`,
      other: `other-clip-${gone}-AAAAAA`,
    };
    for (const name of Object.values(names)) {
      mkdirSync(join(memory, name));
      writeFileSync(join(memory, name, 'clip.mp4'), 'clip');
    }
    writeFileSync(join(memory, `countersign-clip-${gone}-BBBBBB`), 'a file');
    utimesSync(join(memory, names.older), 1, 1);
    expect(await sweepClipFolders(memory)).toBe(3);
    const left = [own.slice(memory.length + 1), names.parent, names.longer, names.other];
    expect(readdirSync(memory).toSorted()).toEqual([...left, `countersign-clip-${gone}-BBBBBB`].toSorted());
    expect(await sweepClipFolders(join(memory, 'nowhere'))).toBe(0);
  });
});

describe('a clip that comes out', () => {
  /** A program that says it can, and leaves a file of so many bytes. */
  function programLeaving(bytes: number): string {
    const file = join(memory, 'ffmpeg');
    const encoders = ' V....D libx264 x\\n A....D aac x\\n';
    const script = `#!/bin/sh\nfor last; do :; done\ncase "$last" in\n-encoders) printf '${encoders}' ;;\n`;
    writeFileSync(file, `${script}*) cat >/dev/null; head -c ${bytes} /dev/zero >"$last" ;;\nesac\n`, { mode: 0o700 });
    return file;
  }

  it.each([
    ['as large as a clip may be is read whole', MAX_CLIP_BYTES, true],
    ['larger is refused, and not cut', MAX_CLIP_BYTES + 1, false],
  ])('%s', async (_what, bytes, isRead) => {
    const tool = await findFfmpeg({ program: programLeaving(bytes), memoryFolder: memory });
    const frames = [0, 40].map((capturedAtMs) => ({ jpeg: Uint8Array.of(0xff, 0xd8), capturedAtMs }));
    const made = await tool!.encode({ frames, pcm: null }, expectOk(fitClip(CLIP_LIMITS.evidence, 5, false)));
    if (isRead) expect(expectOk(made)).toHaveLength(bytes);
    else expect(made).toMatchObject({ error: { code: 'capture.clip-unavailable' } });
    expect(clips()).toEqual([]);
  });
});
