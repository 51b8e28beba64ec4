import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keyFile } from '../../../src/main/store/key-file.ts';
import { deriveKeys } from '../../../src/main/store/key-source.ts';
import { ok } from '../../../src/shared/result.ts';
import { temporaryFolder } from '../../support/sample-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
const bytes = (length: number): Buffer => Buffer.alloc(length, 5);

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'database.key');
});
afterEach(() => folder.remove());

it('makes a key that only its owner can read, and keeps it', () => {
  expect(keyFile(path, bytes).loadOrCreate()).toEqual(ok(bytes(32)));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder.path)).toEqual(['database.key']);
  expect(keyFile(path, (length) => Buffer.alloc(length, 6)).loadOrCreate()).toEqual(ok(bytes(32)));
});

it.each([0o640, 0o604, 0o660, 0o644])('refuses a key file of mode %o', (mode) => {
  writeFileSync(path, bytes(32));
  chmodSync(path, mode);
  expect(keyFile(path, bytes).loadOrCreate()).toMatchObject({ ok: false, error: { code: 'store.unavailable' } });
  expect(statSync(path).mode & 0o777).toBe(mode);
});

it.each([0, 16, 31, 33])('refuses a key of %i bytes and leaves it', (length) => {
  writeFileSync(path, bytes(length), { mode: 0o600 });
  expect(keyFile(path, bytes).loadOrCreate()).toMatchObject({ ok: false, error: { code: 'store.wrong-key' } });
  expect(readFileSync(path)).toEqual(bytes(length));
});

it('fails where no file can be made', () => {
  const missing = join(folder.path, 'missing', 'database.key');
  expect(keyFile(missing, bytes).loadOrCreate()).toMatchObject({ ok: false, error: { code: 'store.unavailable' } });
  expect(existsSync(missing)).toBe(false);
});

it('derives a different key for each purpose', () => {
  const { database, audit, subject, evidence, materials } = deriveKeys(bytes(32));
  expect(
    new Set([database, audit, subject, evidence, materials, bytes(32)].map((key) => key.toString('hex'))).size,
  ).toBe(6);
  expect([database, audit, subject, evidence, materials].map((key) => key.length)).toEqual([32, 32, 32, 32, 32]);
});
