import { existsSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { dirname, join } from 'node:path';
import { readDevicePublicKey } from '../main/settings/device-identity.ts';
import { openDatabase, type StoreDatabase } from '../main/store/database.ts';
import { KEY_FILE_NAME, readKeyFile } from '../main/store/key-file.ts';
import { deriveKeys, type StoreKeys } from '../main/store/key-source.ts';
import { createSecretRows } from '../main/store/secret-rows.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** A database opened for reading only, with the keys that it needs. */
export interface ReadableStore {
  readonly database: StoreDatabase;
  readonly keys: StoreKeys;
}

/**
 * Opens the database at `path` for reading. The key is read from `keyPath`, by default the key file in the same
 * folder; where the key is in the operating system's vault, only the application itself can open the database.
 */
export function openStoreForReading(path: string, keyPath: string | undefined): Result<ReadableStore, Failure> {
  if (!existsSync(path)) return err(failure('request.invalid', 'there is no such database'));
  const masterKey = readKeyFile(keyPath ?? join(dirname(path), KEY_FILE_NAME));
  if (!masterKey.ok) return masterKey;
  if (masterKey.value === null) {
    return err(failure('request.invalid', 'there is no key file; give one with --key-file'));
  }
  const keys = deriveKeys(masterKey.value);
  const database = openDatabase(path, keys.database, { readOnly: true });
  return database.ok ? ok({ database: database.value, keys }) : database;
}

/** The public key that signs this installation's receipts and checkpoints. */
export function readPublicKey(database: StoreDatabase): Result<KeyObject, Failure> {
  const key = readDevicePublicKey(createSecretRows(database));
  if (!key.ok) return key;
  return key.value === null ? err(failure('store.corrupt', 'the device key is missing')) : ok(key.value);
}
