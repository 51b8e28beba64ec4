import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import {
  SAMPLE_MASTER_KEY,
  expectOk,
  openSampleStore,
  temporaryFolder,
  type SampleStore,
} from '../../support/sample-store.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const folder = temporaryFolder();
let store: SampleStore;

beforeAll(() => {
  store = openSampleStore(folder.path);
  writeFileSync(join(folder.path, KEY_FILE_NAME), SAMPLE_MASTER_KEY, { mode: 0o600 });
  for (const number of [1, 2, 3])
    expectOk(store.records.commit(sampleRecord(number, number === 2 ? 'card.pulled' : 'ok.matched')));
});

afterAll(() => {
  store.database.close();
  folder.remove();
});

interface Run {
  readonly code: number;
  readonly values: readonly unknown[];
}

/** Runs a program of two command groups, as the command line does, and parses its lines. */
function run(...args: string[]): Promise<Run> {
  const program = join(import.meta.dirname, '../../support/store-command-line.ts');
  return new Promise((resolve) => {
    execFile(NODE_24, [program, ...args, '--json'], (error, stdout) => {
      const values = stdout
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line));
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, values });
    });
  });
}

it('lists and shows records while the application has the database open', async () => {
  const list = await run('records', 'list', '--data-folder', folder.path);
  expect(list).toMatchObject({ code: 0, values: [3, 2, 1].map((number) => ({ certifyId: sampleCertifyId(number) })) });
  const errors = await run('records', 'list', '--data-folder', folder.path, '--state', 'error');
  expect(errors).toMatchObject({ code: 0, values: [{ certifyId: sampleCertifyId(2), reason: 'card.pulled' }] });
  const shown = await run('records', 'show', sampleCertifyId(1), '--data-folder', folder.path);
  expect(shown).toEqual({ code: 0, values: [expectOk(store.queries.show(sampleCertifyId(1)))] });
});

it('verifies the audit chain, and says with its exit code when it does not hold', async () => {
  expect(await run('audit', 'verify', store.path)).toEqual({
    code: 0,
    values: [{ entries: 3, ok: true, firstBadEntry: null, reason: null }],
  });
  store.database.exec(`UPDATE audit SET entry = replace(entry, 'passed', 'failed') WHERE seq = 3`);
  expect(await run('audit', 'verify', store.path)).toEqual({
    code: 1,
    values: [{ entries: 3, ok: false, firstBadEntry: 3, reason: 'mac-wrong' }],
  });
});

it('tells what is wrong with the input', async () => {
  const otherKey = join(folder.path, 'other.key');
  writeFileSync(otherKey, randomBytes(32), { mode: 0o600 });
  const runs = await Promise.all([
    run('audit', 'verify', join(folder.path, 'none.db')),
    run('audit', 'verify', store.path, '--key-file', otherKey),
    run('records', 'list', '--data-folder', folder.path, '--state', 'happy'),
    run('records', 'list'),
    run('records', 'show', sampleCertifyId(9), '--data-folder', folder.path),
  ]);
  expect(runs.map(({ code, values }) => [code, (values[0] as { error: { code: string } }).error.code])).toEqual([
    [2, 'request.invalid'],
    [1, 'store.wrong-key'],
    [2, 'usage'],
    [2, 'usage'],
    [2, 'request.invalid'],
  ]);
});
