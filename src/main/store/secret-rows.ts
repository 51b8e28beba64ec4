import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt } from './sqlite-failure.ts';

/** Named byte strings that never leave the encrypted database, for example the device's private key. */
export interface SecretRows {
  read(name: string): Result<Buffer | null, Failure>;
  /** Keeps a new secret unless one with that name exists; gives the one that is kept. */
  keepFirst(name: string, value: Buffer): Result<Buffer, Failure>;
  /** Puts a secret in the place of the one with that name; null takes it away. */
  replace(name: string, value: Buffer | null): Result<null, Failure>;
}

/** On the disk when a change returns; without an entry in the audit log. */
export function createSecretRows(database: StoreDatabase): SecretRows {
  const read = database.prepare<[string], Buffer>('SELECT value FROM secrets WHERE name = ?').pluck();
  const insert = database.prepare('INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const keepFirst = database.transaction((name: string, value: Buffer) => {
    insert.run(name, value);
    return read.get(name) ?? value;
  });
  const remove = database.prepare('DELETE FROM secrets WHERE name = ?');
  const replace = database.transaction((name: string, value: Buffer | null) => {
    remove.run(name);
    if (value !== null) insert.run(name, value);
  });
  return {
    read: (name) => attempt(() => read.get(name) ?? null),
    replace: (name, value) => attempt(() => (replace.immediate(name, value), null)),
    keepFirst: (name, value) => attempt(() => keepFirst.immediate(name, value)),
  };
}
