import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaPath } from '../../support/inference/media.ts';

interface Summary {
  readonly run: { readonly command: string; readonly cpuSeconds: number };
  readonly pairs: readonly {
    readonly kind: string;
    readonly genuinePairs: number;
    readonly impostorPairs: number;
    readonly withoutFace: number;
    readonly rates: readonly { readonly far: number }[];
    readonly listed: { readonly best: { readonly accuracy: number } };
  }[];
  readonly presentations: { readonly presentations: number } | null;
}

let out: string;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'countersign-accuracy-'));
});
afterAll(() => rmSync(out, { recursive: true }));

function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const script = join(process.cwd(), 'scripts', 'accuracy.ts');
  return spawnSync(process.execPath, [script, '--out', out, ...args], { encoding: 'utf8', timeout: 60_000 });
}

function summary(): Summary {
  return JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary;
}

describe('accuracy run', () => {
  it('tells the persons of the packaged stills apart and claims no rate from them', () => {
    const { status, stdout } = run();
    expect(status).toBe(0);
    expect(stdout).toContain('no rate can be claimed');
    const { pairs, presentations } = summary();
    // At a rate of 0.1 thirty different-person pairs are needed: 58 chip pairs allow it, 29 live ones don't.
    expect(
      pairs.map(({ kind, genuinePairs, impostorPairs, withoutFace, rates, listed }) => ({
        kind,
        counts: [genuinePairs, impostorPairs, withoutFace],
        rates: rates.map(({ far }) => far),
        accuracy: listed.best.accuracy,
      })),
    ).toEqual([
      { kind: 'live-live', counts: [7, 29, 0], rates: [0.5], accuracy: 1 },
      { kind: 'live-chip', counts: [14, 58, 0], rates: [0.5, 0.1], accuracy: 1 },
    ]);
    expect(presentations).toMatchObject({ presentations: 9 });
    expect(existsSync(join(out, 'det-pairs.svg'))).toBe(true);
  });

  it('keeps embeddings for the next run, and its command names no folder', () => {
    expect(run('--kind', 'pairs').stderr).toContain('0 embeddings computed');
    const { run: facts, presentations } = summary();
    expect(facts.command).toMatch(/^npm run accuracy -- --out countersign-accuracy-\w+ --kind pairs$/);
    expect(presentations).toBeNull();
  });

  it('refuses to ship thresholds from a handful of stills', () => {
    const manifest = join(process.cwd(), 'models', 'manifest.json');
    const before = readFileSync(manifest, 'utf8');
    const { status, stderr } = run('--write-thresholds');
    expect(status).toBe(2);
    expect(stderr).toContain('make no table to ship');
    expect(readFileSync(manifest, 'utf8')).toBe(before);
  });

  it('measures presentations of a data folder', () => {
    const lines = ['franck_01829.jpg', 'audrey.jpg'].map((file) => `${file},live,still,${file}`);
    for (const file of ['franck_01829.jpg', 'audrey.jpg'])
      writeFileSync(join(out, file), readFileSync(mediaPath(file)));
    writeFileSync(join(out, 'presentations.csv'), ['files,label,species,subject', ...lines].join('\n'));
    const { status, stdout } = run('--data', out);
    expect(status).toBe(0);
    expect(stdout).toContain('BPCER: 0 of 2, at most 77.64 %');
    expect(stdout).toContain('worst APCER not measured');
  });

  it.each([
    [['--kind', 'faces'], '--kind'],
    [['--lfw', '.'], '--lfw and --pairs'],
    [['--data', '.', '--lfw', '.', '--pairs', 'x'], 'either'],
    [['--nonsense'], 'nonsense'],
    [['--data', join('no', 'such', 'folder')], 'no manifest.json'],
  ])('refuses %j with exit code 2', (args, message) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
