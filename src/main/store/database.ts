import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { migrationSteps, type Migration, type MigrationProgress } from './migration-steps.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

export type StoreDatabase = Database.Database;

export const DATABASE_FILE_NAME = 'countersign.db';

const BUSY_TIMEOUT_MS = 5_000;
/** Files that belong to one database, by what follows its path. */
const COMPANIONS = ['', '-wal', '-shm', '.key-id'] as const;

export interface OpenOptions {
  readonly readOnly?: boolean;
  /** Schema versions to bring the database to; tests pass older and broken ones. */
  readonly migrations?: readonly Migration[];
  /** Told now and then while a database of an earlier version is brought up to date. */
  readonly onMigration?: (progress: MigrationProgress) => void;
}

/**
 * Opens the encrypted database and brings its schema up to date.
 *
 * The file is encrypted page by page and each page carries an HMAC (SQLCipher 4 format); the key is used as it is,
 * without a key derivation per open. Commits are durable when they return: WAL with `synchronous=FULL`.
 *
 * @param key 32 bytes
 * @returns `store.wrong-key`, `store.corrupt` (the file is left untouched: see `quarantineDatabase`), `store.full`, or
 *   `store.unavailable` (read-only, missing folder, locked, or written by a newer version)
 */
export function openDatabase(path: string, key: Buffer, options: OpenOptions = {}): Result<StoreDatabase, Failure> {
  const readOnly = options.readOnly === true;
  if (!existsSync(dirname(path))) return err(failure('store.unavailable', 'the folder of the database is missing'));
  const isNew = !existsSync(path);
  // SQLite would make it readable for everybody; its companions take over its mode.
  if (isNew && !readOnly) createPrivate(path);
  const opened = attempt(
    () => new Database(path, { readonly: readOnly, fileMustExist: readOnly, timeout: BUSY_TIMEOUT_MS }),
  );
  if (!opened.ok) return opened;
  const database = opened.value;
  const prepared = attemptResult(() => {
    unlock(database, key);
    if (readOnly) return ok(null);
    configure(database);
    return migrate(database, options);
  });
  if (!prepared.ok) {
    database.close();
    return err(tellWrongKeyFromCorrupt(path, key, prepared.error));
  }
  if (isNew) noteKeyId(path, key);
  return ok(database);
}

function createPrivate(path: string): void {
  try {
    writeFileSync(path, '', { mode: 0o600, flag: 'wx' });
  } catch {
    // Opening it says what is wrong.
  }
}

function unlock(database: StoreDatabase, key: Buffer): void {
  if (key.length !== 32) throw new TypeError('a database key has 32 bytes');
  database.pragma(`cipher='sqlcipher'`);
  database.pragma(`key="x'${key.toString('hex')}'"`);
  // SQLite reads nothing until the first query: this one proves that the key fits.
  database.prepare('SELECT count(*) FROM sqlite_master').get();
}

function configure(database: StoreDatabase): void {
  database.pragma('journal_mode=WAL');
  database.pragma('synchronous=FULL');
  database.pragma('foreign_keys=ON');
  database.pragma('trusted_schema=OFF');
  // Sorting must not write plain text to a temporary file.
  database.pragma('temp_store=MEMORY');
  database.pragma('journal_size_limit=16777216');
}

function migrate(database: StoreDatabase, options: OpenOptions): Result<null, Failure> {
  const migrations = options.migrations ?? MIGRATIONS;
  const current = database.pragma('user_version', { simple: true }) as number;
  if (current > migrations.length) {
    return err(failure('store.unavailable', `schema ${current} is newer than this version's ${migrations.length}`));
  }
  for (const progress of migrationSteps(database, migrations)) options.onMigration?.(progress);
  return ok(null);
}

/** A wrong key and a damaged first page look the same to SQLite; the key id beside the file tells them apart. */
function tellWrongKeyFromCorrupt(path: string, key: Buffer, found: Failure): Failure {
  if (found.code !== 'store.corrupt' || found.detail !== 'SQLITE_NOTADB') return found;
  const noted = readKeyId(path);
  return noted === keyIdOf(key) ? found : failure('store.wrong-key', 'the database does not open with this key');
}

function keyIdOf(key: Buffer): string {
  return createHmac('sha256', key).update('countersign key id').digest('hex').slice(0, 16);
}

function noteKeyId(path: string, key: Buffer): void {
  try {
    writeFileSync(`${path}.key-id`, keyIdOf(key), { mode: 0o600 });
  } catch {
    // Only the wording of a later failure depends on it.
  }
}

function readKeyId(path: string): string | null {
  try {
    return readFileSync(`${path}.key-id`, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Reads every page and checks its HMAC and structure. Costs about as much as reading the file once; meant for the
 * start and for the night.
 */
export function checkIntegrity(database: StoreDatabase): Result<null, Failure> {
  return attemptResult(() => {
    const found = database.pragma('integrity_check(1)', { simple: true });
    return found === 'ok' ? ok(null) : err(failure('store.corrupt', 'integrity check'));
  });
}

/**
 * Moves a database that can't be used out of the way, for recovery: nothing is deleted.
 *
 * @param suffix what to add to each file name, for example the time
 * @returns where the database file is now
 */
export function quarantineDatabase(path: string, suffix: string): Result<string, Failure> {
  const aside = `${path}.corrupt-${suffix}`;
  if (existsSync(aside)) return err(failure('store.unavailable', 'a quarantined database has that name already'));
  try {
    for (const companion of COMPANIONS) {
      if (existsSync(`${path}${companion}`)) renameSync(`${path}${companion}`, `${aside}${companion}`);
    }
    return ok(aside);
  } catch {
    return err(failure('store.unavailable', 'the database could not be moved aside'));
  }
}
