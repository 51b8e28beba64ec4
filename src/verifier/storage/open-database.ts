import type { VerifierDatabase } from './database.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

/**
 * Opens the database at an address: `postgres://…`, or else the SQLite file in `folder`. The schema is up to date when
 * this settles; throws when the database can't be reached or is newer than this verifier.
 */
export async function openVerifierDatabase(folder: string, address: string | null = null): Promise<VerifierDatabase> {
  if (address === null) return openSqliteDatabase(folder);
  if (!isPostgresAddress(address)) throw new Error('a database is given as postgres://…');
  return openPostgresDatabase(address);
}

/** By the scheme alone: `postgres://` or `postgresql://`. */
export function isPostgresAddress(address: string): boolean {
  return /^postgres(ql)?:\/\//.test(address);
}
