import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import {
  expectOk,
  openSampleStore,
  SAMPLE_MASTER_KEY,
  temporaryFolder,
  type SampleStore,
} from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const folder = temporaryFolder();
let store: SampleStore;

beforeAll(() => {
  store = openSampleStore(folder.path);
  writeFileSync(join(folder.path, KEY_FILE_NAME), SAMPLE_MASTER_KEY, { mode: 0o600 });
  for (const number of [1, 2]) expectOk(store.records.commit(sampleRecord(number)));
});
afterAll(() => {
  store.database.close();
  folder.remove();
});

function run(...args: string[]): Promise<{ code: number; text: string }> {
  const program = join(import.meta.dirname, '../../support/receipt-command-line.ts');
  return new Promise((resolve) => {
    execFile(NODE_24, [program, 'receipt', ...args], { timeout: 20_000 }, (error, stdout) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout });
    });
  });
}

test('a receipt is exported, verified by itself, and found out when it was changed', async () => {
  const file = join(folder.path, 'receipt.json');
  const data = ['--data-folder', folder.path];
  const [exported, codes] = await Promise.all([
    run('export', sampleCertifyId(2), ...data, '--out', file),
    run('export', sampleCertifyId(2), ...data, '--codes', '--json'),
  ]);
  expect([exported.code, codes.code]).toEqual([0, 0]);
  const { code } = JSON.parse(codes.text) as { code: string };
  const forged = join(folder.path, 'forged.json');
  writeFileSync(forged, readFileSync(file, 'utf8').replaceAll('"chip"', '"authority"'));
  const [good, bad, none, unreadable] = await Promise.all([
    run('verify', file, code, '--json'),
    run('verify', forged, code, '--lang', 'zh'),
    run('verify', code, '--json'),
    run('verify', file, '--server-key', 'nonsense', '--json'),
  ]);
  expect([good.code, bad.code, none.code, unreadable.code]).toEqual([0, 1, 2, 2]);
  expect(JSON.parse(good.text)).toMatchObject({
    holds: true,
    receipts: [{ certifyId: sampleCertifyId(2), seq: 2, findings: ['not-countersigned'] }],
    codes: [{ fits: true }],
  });
  expect(bad.text).toMatch(/终端签名无效/);
});
