import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { MASTER_KEY_BYTES, type KeySource } from './key-source.ts';

export const KEY_FILE_NAME = 'database.key';

/**
 * A master key in a file of mode 0600 next to the database, for machines without a vault. It protects against a
 * copied database, not against somebody who can read the whole disk: the admin window says so.
 *
 * @param randomBytes a cryptographically strong source
 */
export function keyFile(path: string, randomBytes: (length: number) => Buffer): KeySource {
  return {
    protection: 'key-file',
    loadOrCreate: () => {
      const existing = readKeyFile(path);
      if (!existing.ok || existing.value !== null) return existing as Result<Buffer, Failure>;
      return createKeyFile(path, randomBytes(MASTER_KEY_BYTES));
    },
  };
}

/**
 * Reads an existing key file: null when there is none.
 *
 * @returns `store.unavailable` when it can't be read or others may read it, `store.wrong-key` when it isn't 32 bytes
 */
export function readKeyFile(path: string): Result<Buffer | null, Failure> {
  try {
    if (isOpenToOthers(path)) return err(failure('store.unavailable', 'the key file is open to others; use mode 0600'));
    const key = readFileSync(path);
    if (key.length === MASTER_KEY_BYTES) return ok(key);
    return err(failure('store.wrong-key', `the key file holds ${key.length} bytes instead of ${MASTER_KEY_BYTES}`));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ok(null);
    return err(failure('store.unavailable', `key file: ${errorCode(error)}`));
  }
}

/** Windows has no mode bits; there the folder's access list protects the file. */
function isOpenToOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

/** The file appears whole or not at all, and never replaces one that another process has just made. */
function createKeyFile(path: string, key: Buffer): Result<Buffer, Failure> {
  const draft = `${path}.${process.pid}.new`;
  try {
    writeDurably(draft, key);
    linkSync(draft, path);
    unlinkSync(draft);
    syncFolder(dirname(path));
    return ok(key);
  } catch (error) {
    removeQuietly(draft);
    if (errorCode(error) !== 'EEXIST') return err(failure('store.unavailable', `key file: ${errorCode(error)}`));
    const other = readKeyFile(path);
    if (!other.ok) return other;
    return other.value === null ? err(failure('store.unavailable', 'the key file vanished')) : ok(other.value);
  }
}

function writeDurably(path: string, bytes: Buffer): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a new name in a folder survive a power cut; Windows does that by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The draft was never made; the first error is the one to report.
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
