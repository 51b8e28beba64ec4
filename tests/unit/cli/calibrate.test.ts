import { Command } from 'commander';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerCalibrateCommand } from '../../../src/cli/calibrate.ts';
import { runProgram } from '../../../src/cli/output.ts';
import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';
import { thresholdCurveSchema } from '../../../src/shared/domain/comparison.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-calibrate-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function run(...args: readonly string[]): Promise<{ json: Record<string, unknown>; text: string; exit: number }> {
  let output = '';
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((output += String(chunk)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((text += String(chunk)), true));
  const program = new Command('countersign');
  registerCalibrateCommand(program);
  await runProgram(program, ['calibrate', '--json', ...args]);
  vi.restoreAllMocks();
  return { json: JSON.parse(output) as Record<string, unknown>, text, exit: Number(process.exitCode ?? 0) };
}

/** Uniform scores: impostors on -0.2..0.4, same persons on 0.2..1. */
function scores(genuine: number, impostor: number): string {
  const random = seededRandom(3);
  const line = (low: number, high: number, same: 0 | 1, subject: string) =>
    `${(low + (high - low) * random()).toFixed(6)},${same},${subject}`;
  return [
    'similarity,same,subject',
    ...Array.from({ length: genuine }, (_, i) => line(0.2, 1, 1, `p${i % 150}`)),
    ...Array.from({ length: impostor }, () => line(-0.2, 0.4, 0, 'p0')),
  ].join('\n');
}

describe('calibrate', () => {
  it('writes a table for the manifest, a page and a plot, and warns of what the scores cannot support', async () => {
    const file = join(folder, 'scores.csv');
    await writeFile(file, scores(600, 3_000));
    const out = join(folder, 'made', 'here');
    const { json, text, exit } = await run(file, '--kind', 'live-chip', '--out', out);
    expect(exit).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['det.svg', 'report.html', 'thresholds.json']);
    const curve = thresholdCurveSchema.parse(JSON.parse(await readFile(join(out, 'thresholds.json'), 'utf8')));
    expect(json['curve']).toEqual(curve);
    expect(curve).toMatchObject({ kind: 'live-chip' });
    expect(curve.measured).toMatch(/^On site: 600 same-person scores of 150 subjects, 3000 different-person scores; /);
    expect(curve.points.map(({ far }) => far)).toEqual([0.5, 0.1, 0.05, 1e-2, 3e-3, 1e-3]);
    expect(Math.abs(curve.points[3]!.cosine - 0.394)).toBeLessThan(0.003);
    expect(json['warnings']).toHaveLength(5);
    expect(text).toContain('accepts nobody by itself');
    const page = await readFile(join(out, 'report.html'), 'utf8');
    expect(page).toContain('not claimed: needs 30,000 different-person scores');
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/<script|src=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it.each([
    ['a bad value', 'similarity,same\n0.5,1\n0.4,maybe\n', 'line 3, column same'],
    ['too few scores', scores(600, 200), 'at least 100 and 300'],
  ])('refuses %s with exit code 2 and writes nothing', async (_, content, message) => {
    const file = join(folder, 'scores.csv');
    await writeFile(file, content);
    const { json, exit } = await run(file, '--out', join(folder, 'out'));
    expect(exit).toBe(2);
    expect(JSON.stringify(json['error'])).toContain(message);
    expect(await readdir(folder)).toEqual(['scores.csv']);
  });

  it('refuses a missing file and a folder that cannot be written', async () => {
    expect((await run(join(folder, 'none.csv'))).exit).toBe(2);
    const file = join(folder, 'scores.csv');
    await writeFile(file, scores(600, 3_000));
    const { json, exit } = await run(file, '--out', join(file, 'below-a-file'));
    expect([exit, (json['error'] as { code: string }).code]).toEqual([2, 'usage']);
  });
});
