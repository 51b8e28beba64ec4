import { closeSync, constants, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { decryptUnder, encryptUnder, KEY_BYTES, type RandomBytes } from './envelope.ts';

export const MASTER_KEY_VARIABLE = 'COUNTERSIGN_VERIFIER_MASTER_KEY';
const FILE_NAME = 'master.key';
const CHECK_NAME = 'master-key-check';
const CHECK_CONTEXT = 'countersign|master-key-check';

export interface MasterKeyPlace {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Makes a key file in the folder on the first start; false where several servers share a database. */
  readonly mayCreate: boolean;
  readonly randomBytes: RandomBytes;
}

/**
 * The key that wraps the keys of all sessions and reference photos: 32 bytes as base64 in the environment, or else in a
 * file beside the database that only the server's account can read. Keep it apart from the database's backups.
 *
 * @throws when it isn't 32 bytes, or there is none and none may be made
 */
export function loadMasterKey({ folder, environment, mayCreate, randomBytes }: MasterKeyPlace): Buffer {
  const given = environment[MASTER_KEY_VARIABLE];
  if (given !== undefined && given !== '') return parseKey(given, MASTER_KEY_VARIABLE);
  const path = join(folder, FILE_NAME);
  const kept = readKey(path);
  if (kept !== null) return parseKey(kept, FILE_NAME);
  if (!mayCreate) throw new Error(`${MASTER_KEY_VARIABLE} is not set: servers on one database need the same key`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return createKey(path, randomBytes(KEY_BYTES));
}

/** Whether this is the key that the database was begun with; the first key is taken. Throws for another one. */
export async function assertMasterKey(
  database: VerifierDatabase,
  masterKey: Uint8Array,
  clock: Clock,
  randomBytes: RandomBytes,
): Promise<void> {
  const value = await database.transaction(async (queries) => {
    const known = await queries.selectFrom('secrets').select('value').where('name', '=', CHECK_NAME).executeTakeFirst();
    if (known !== undefined) return known.value;
    const made = encryptUnder(masterKey, Buffer.from(CHECK_NAME), CHECK_CONTEXT, randomBytes);
    await queries
      .insertInto('secrets')
      .values({ name: CHECK_NAME, value: made, created_at_ms: clock.wallMs() })
      .execute();
    return made;
  });
  if (decryptUnder(masterKey, value, CHECK_CONTEXT) === null)
    throw new Error('the database belongs to another master key');
}

function readKey(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** On the disk when it returns; of two that start at once one makes it and the other reads it. */
function createKey(path: string, key: Buffer): Buffer {
  let file: number;
  try {
    file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch {
    return parseKey(readKey(path) ?? '', FILE_NAME);
  }
  writeSync(file, `${key.toString('base64')}\n`);
  fsyncSync(file);
  closeSync(file);
  return key;
}

function parseKey(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${where} does not hold ${KEY_BYTES} bytes as base64`);
  return key;
}
