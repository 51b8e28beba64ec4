import { Command } from 'commander';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerFaceCommands } from '../../../src/cli/face.ts';
import { runProgram } from '../../../src/cli/output.ts';
import { media, mediaPath, MODELS_FOLDER } from '../../support/inference/media.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-cli-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

/** Runs a command line in this process: the JSON lines of standard output and the exit code. */
async function run(
  command: string,
  ...args: readonly string[]
): Promise<{ lines: Record<string, unknown>[]; exitCode: number }> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  const program = new Command('countersign');
  registerFaceCommands(program);
  await runProgram(program, ['face', command, '--models', MODELS_FOLDER, '--json', ...args]);
  vi.restoreAllMocks();
  const lines = output.split('\n').filter((line) => line !== '');
  return {
    lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    exitCode: Number(process.exitCode ?? 0),
  };
}

describe('face inspect', () => {
  it('prints one line an image and goes on after one that is none', async () => {
    const text = join(folder, 'notes.txt');
    await writeFile(text, 'no picture');
    const { lines, exitCode } = await run('inspect', mediaPath('cage.jpg'), text, mediaPath('audrey.jpg'));
    expect(exitCode).toBe(2);
    expect(lines.map((line) => Object.keys(line))).toEqual([
      ['file', 'faces', 'timingsMs'],
      ['file', 'error'],
      ['file', 'faces', 'timingsMs'],
    ]);
    expect(lines[1]?.['error']).toMatchObject({ code: 'inference.image-invalid' });
    const face = (lines[2]?.['faces'] as Record<string, unknown>[])[0]!;
    expect(Object.keys(face)).toEqual(['box', 'score', 'landmarks', 'pose', 'eyes', 'quality', 'spoof']);
    expect(face).toMatchObject({ eyes: { leftOpen: 1, rightOpen: 1 }, quality: { reasons: [] } });
  });

  it('refuses a folder without models', async () => {
    const { lines, exitCode } = await run('inspect', mediaPath('cage.jpg'), '--models', folder);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([{ error: expect.objectContaining({ code: 'inference.model-refused' }) as unknown }]);
  });
});

describe('face compare --multi', () => {
  it('lists every face of the photo and says which one is the person', async () => {
    const [a, b] = [
      await sharp(media('cage.jpg')).resize(300, 300, { fit: 'cover' }).png().toBuffer(),
      media('audrey.jpg'),
    ];
    const other = await sharp(b).resize(300, 300, { fit: 'inside' }).png().toBuffer();
    const canvas = { create: { width: 640, height: 300, channels: 3, background: '#808080' } } as const;
    const photo = join(folder, 'both.png');
    await sharp(canvas)
      .composite([
        { input: a, left: 0, top: 0 },
        { input: other, left: 330, top: 0 },
      ])
      .png()
      .toFile(photo);
    const { lines, exitCode } = await run('compare', photo, mediaPath('cage2_crop.jpg'), '--multi');
    expect([exitCode, lines.length]).toEqual([0, 1]);
    const { faces, best, compared } = lines[0] as { faces: number; best: number; compared: Record<string, unknown>[] };
    expect([faces, compared.length]).toEqual([2, 2]);
    expect(compared[best]).toMatchObject({ kind: 'live-live', outcome: 'match' });
    expect((compared[best]!['box'] as { x: number }).x).toBeLessThan(300);
    expect(compared[1 - best]).toMatchObject({ outcome: 'no-match' });
  });

  it('says which image has no face, and takes no list', async () => {
    const flat = join(folder, 'flat.png');
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } })
      .png()
      .toFile(flat);
    const { lines, exitCode } = await run('compare', flat, mediaPath('cage.jpg'), '--multi');
    expect([exitCode, lines]).toEqual([
      1,
      [
        {
          error: expect.objectContaining({
            code: 'capture.no-face',
            message: expect.stringContaining('photo') as unknown,
          }) as unknown,
        },
      ],
    ]);
    expect((await run('compare', '--pairs', 'x.csv', '--multi')).exitCode).toBe(2);
  });
});

describe('face compare', () => {
  it('prints one comparison', async () => {
    const [a, b] = [mediaPath('cage.jpg'), mediaPath('cage2_crop.jpg')];
    const { lines, exitCode } = await run('compare', a, b, '--far', '1e-5');
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      {
        a,
        b,
        similarity: expect.closeTo(0.79, 1) as unknown,
        score: expect.closeTo(98, 0) as unknown,
        far: 1e-5,
        kind: 'live-live',
        match: true,
      },
    ]);
  });

  it('takes a list, with paths from the list’s folder, and reports a failing pair in its line', async () => {
    const list = join(folder, 'pairs.csv');
    await writeFile(join(folder, 'empty.jpg'), '');
    const rows = [
      `${mediaPath('franck_01829.jpg')},${mediaPath('franck_02159.jpg')}`,
      `${mediaPath('franck_01829.jpg')},empty.jpg`,
      `${mediaPath('franck_01829.jpg')},${mediaPath('cage.jpg')}`,
    ];
    await writeFile(list, `a,b\n${rows.join('\n')}\n`);
    const { lines, exitCode } = await run('compare', '--pairs', list);
    expect(exitCode).toBe(0);
    expect(lines.map(({ match, error }) => [match, (error as { code?: string } | undefined)?.code])).toEqual([
      [true, undefined],
      [undefined, 'inference.image-invalid'],
      [false, undefined],
    ]);
  });

  it.each([
    ['nothing to compare', ['compare']],
    ['one image', ['compare', 'a.jpg']],
    ['images and a list', ['compare', 'a.jpg', 'b.jpg', '--pairs', 'c.csv']],
    ['an impossible rate', ['compare', 'a.jpg', 'b.jpg', '--far', '2']],
    ['an unknown kind', ['compare', 'a.jpg', 'b.jpg', '--kind', 'chip-chip']],
    ['a list that is not there', ['compare', '--pairs', 'missing.csv']],
  ])('refuses %s as bad usage', async (_, args) => {
    const { lines, exitCode } = await run(args[0]!, ...args.slice(1));
    expect(exitCode).toBe(2);
    expect(lines).toEqual([{ error: expect.objectContaining({ code: 'usage' }) as unknown }]);
  });
});
