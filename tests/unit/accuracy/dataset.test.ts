import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDataset } from '../../accuracy/dataset.ts';
import { readLfwPairs } from '../../accuracy/lfw-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-data-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('data folder', () => {
  it('reads a manifest, with paths inside the folder', async () => {
    const pair = { a: 'x/1.jpg', b: '2.jpg', same: false, fold: 3, subjectA: 'p', subjectB: 'q' };
    const presentation = { files: ['c/1.png', 'c/2.png'], label: 'spoof', species: 'print', subject: 'p' };
    await writeFile(
      join(folder, 'manifest.json'),
      JSON.stringify({ version: 1, description: 'mine', pairs: [pair], presentations: [presentation] }),
    );
    expect(await readDataset(folder)).toEqual({
      ok: true,
      value: {
        description: 'mine',
        pairs: [{ ...pair, a: join(folder, 'x/1.jpg'), b: join(folder, '2.jpg') }],
        presentations: [{ ...presentation, files: [join(folder, 'c/1.png'), join(folder, 'c/2.png')] }],
      },
    });
  });

  it('reads CSV lists as well', async () => {
    await writeFile(join(folder, 'pairs.csv'), 'a,b,same,fold\n1.jpg,2.jpg,1,\n1.jpg,3.jpg,0,2\n');
    await writeFile(join(folder, 'presentations.csv'), 'files,label,species,subject\n1.jpg;2.jpg,live,kiosk,p\n');
    const read = await readDataset(folder);
    if (!read.ok) throw new Error(read.error.detail);
    expect(read.value.pairs).toEqual([
      { a: join(folder, '1.jpg'), b: join(folder, '2.jpg'), same: true },
      { a: join(folder, '1.jpg'), b: join(folder, '3.jpg'), same: false, fold: 2 },
    ]);
    expect(read.value.presentations).toHaveLength(1);
  });

  it.each([
    ['an empty folder', {}, 'no manifest.json'],
    ['text that is not JSON', { 'manifest.json': '{' }, 'not JSON'],
    ['nothing in it', { 'manifest.json': '{"version":1,"description":"x"}' }, 'neither pairs nor'],
    ['a path that leads out', { 'pairs.csv': 'a,b,same\n../1.jpg,2.jpg,1\n' }, 'pairs.0.a'],
    ['an absolute path', { 'pairs.csv': 'a,b,same\n/1.jpg,2.jpg,1\n' }, 'pairs.0.a'],
    ['a truth that is none', { 'pairs.csv': 'a,b,same\n1.jpg,2.jpg,yes\n' }, 'pairs.0.same'],
    ['a row without b', { 'pairs.csv': 'a,b,same\n1.jpg,,1\n' }, 'pairs.0.b'],
    ['a fold that is none', { 'pairs.csv': 'a,b,same,fold\n1.jpg,2.jpg,1,x\n' }, 'pairs.0.fold'],
    ['an unknown label', { 'presentations.csv': 'files,label,species,subject\n1.jpg,fake,p,q\n' }, 'label'],
    [
      'subjects that contradict the label',
      { 'pairs.csv': 'a,b,same,subjectA,subjectB\n1.jpg,2.jpg,1,p,q\n' },
      'names two subjects',
    ],
  ])('refuses %s', async (_, files: Readonly<Record<string, string>>, detail) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const read = await readDataset(folder);
    expect(read.ok ? '' : read.error.detail).toContain(detail);
  });
});

describe('LFW list', () => {
  const text = '2 1\nAda 1 12\nAda 1 Bob 2\nBob 1 3\nBob 3 Cy 1\n';

  it('reads the folds asked for', () => {
    expect(readLfwPairs(text, 'lfw', [2])).toEqual({
      ok: true,
      value: [
        {
          a: join('lfw', 'Bob', 'Bob_0001.jpg'),
          b: join('lfw', 'Bob', 'Bob_0003.jpg'),
          same: true,
          fold: 2,
          subjectA: 'Bob',
          subjectB: 'Bob',
        },
        {
          a: join('lfw', 'Bob', 'Bob_0003.jpg'),
          b: join('lfw', 'Cy', 'Cy_0001.jpg'),
          same: false,
          fold: 2,
          subjectA: 'Bob',
          subjectB: 'Cy',
        },
      ],
    });
    const both = readLfwPairs(text, 'lfw', [1, 2]);
    expect(both.ok && both.value.map(({ same }) => same)).toEqual([true, false, true, false]);
  });

  it.each([
    ['no header', 'Ada 1 12\n', 'line 1'],
    ['a list cut short', '2 1\nAda 1 12\n', 'expected 4 pairs, found 1'],
    ['a line of the wrong kind', '1 1\nAda 1 Bob 2\nAda 1 2\n', 'line 2'],
    ['a number that is none', '1 1\nAda 1 2\nAda x Bob 2\n', 'line 3'],
  ])('refuses %s', (_, bad, detail) => {
    const read = readLfwPairs(bad, 'lfw', [1, 2]);
    expect(read.ok ? '' : read.error.detail).toContain(detail);
  });
});
