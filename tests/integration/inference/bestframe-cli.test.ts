import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withVideoFrames } from '../../../src/cli/video-frames.ts';
import { mediaPath, MODELS_FOLDER } from '../../support/inference/media.ts';

interface Ran {
  readonly json: Record<string, unknown>;
  readonly exitCode: number | null;
}

let folder: string;
const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0;
if (!hasFfmpeg) console.warn('frames of a video not ranked: ffmpeg missing');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the command line as its own process whose temporary files lie in `folder`. */
function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Ran {
  const ran = spawnSync(
    process.execPath,
    ['src/cli/main.ts', 'face', 'bestframe', '--json', '--models', MODELS_FOLDER, ...args],
    { encoding: 'utf8', env: { ...process.env, TMPDIR: folder, ...environment } },
  );
  return { json: JSON.parse(ran.stdout) as Record<string, unknown>, exitCode: ran.status };
}

async function stills(...names: readonly string[]): Promise<string> {
  const into = await mkdtemp(join(folder, 'stills-'));
  for (const name of names) await copyFile(mediaPath(name), join(into, name));
  return into;
}

/** Folders with frames that are still there. */
async function frameFolders(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('countersign-frames'));
}

describe('face bestframe', () => {
  it('ranks the stills of a folder and says what is wrong with each', async () => {
    const from = await stills('franck_04000.jpg', 'franck_02159.jpg', 'icon_happy.png');
    const { json, exitCode } = run([from]);
    expect(exitCode).toBe(0);
    const frames = json['frames'] as { file: string; quality: number; reasons: { reason: string }[] }[];
    expect(json['best']).toEqual(frames[0]);
    expect(frames.map(({ file, reasons }) => [file, reasons.map(({ reason }) => reason)])).toEqual([
      [join(from, 'franck_02159.jpg'), []],
      [join(from, 'franck_04000.jpg'), expect.arrayContaining(['eyes-closed']) as unknown],
      [join(from, 'icon_happy.png'), expect.arrayContaining(['low-resolution']) as unknown],
    ]);
  });

  it('goes on after a file that is no picture, and says so', async () => {
    const from = await stills('franck_02159.jpg');
    await writeFile(join(from, 'broken.jpg'), 'no picture');
    const { json, exitCode } = run([from]);
    expect(exitCode).toBe(2);
    expect(json['best']).toMatchObject({ file: join(from, 'franck_02159.jpg') });
    expect((json['frames'] as unknown[])[1]).toMatchObject({ error: { code: 'inference.image-invalid' } });
  });

  it('has no best frame where nobody is seen', async () => {
    const { json, exitCode } = run([await stills('facemodel_numbering_new.png')]);
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ best: null, frames: [{ quality: 0, reasons: [{ reason: 'no-face' }] }] });
  });

  it('refuses what it can not look at', async () => {
    const noVideo = join(folder, 'notes.webm');
    await writeFile(noVideo, '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n');
    const refusals = [
      [join(folder, 'nowhere')],
      [await stills()],
      [folder, '--fps', '0'],
      [folder, '--fps', 'many'],
      ...(hasFfmpeg ? [[noVideo]] : []),
    ];
    for (const args of refusals) {
      const { json, exitCode } = run(args);
      expect([exitCode, Object.keys(json)]).toEqual([2, ['error']]);
    }
  });

  it('says that ffmpeg is missing', async () => {
    const { json, exitCode } = run([mediaPath('franck.webm')], { PATH: folder });
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { code: 'usage', message: expect.stringContaining('ffmpeg') as unknown } });
    expect(await frameFolders()).toEqual([]);
  });
});

describe.skipIf(!hasFfmpeg)('frames of a video', () => {
  it('are ranked by moment, and nothing of them is left', async () => {
    const clip = join(folder, 'clip.mkv');
    const cut = ['-v', 'error', '-ss', '5', '-i', mediaPath('franck.webm'), '-t', '2', '-c', 'copy', clip];
    expect(spawnSync('ffmpeg', cut).status).toBe(0);
    const { json, exitCode } = run([clip, '--fps', '2']);
    expect(exitCode).toBe(0);
    const frames = json['frames'] as { file: string; atSeconds: number }[];
    expect(frames.map(({ atSeconds }) => atSeconds).sort((a, b) => a - b)).toEqual(frames.map((_, i) => i / 2));
    expect(frames.length).toBeGreaterThanOrEqual(4);
    expect(new Set(frames.map(({ file }) => file))).toEqual(new Set([clip]));
    expect(await frameFolders()).toEqual([]);
  });

  it('are given up after the time limit, and nothing of them is left', async () => {
    const before = process.listenerCount('SIGINT');
    const slow = { video: mediaPath('franck.webm'), framesPerSecond: 60, timeLimitMs: 150 };
    const result = await withVideoFrames(slow, async () => 'used');
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining('too long') as unknown } });
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
