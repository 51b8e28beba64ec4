import Database from 'better-sqlite3-multiple-ciphers';
import { failure, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** SQLite's primary result codes that are circumstances; every other one is a bug and stays an exception. */
const CIRCUMSTANCES: Readonly<Record<string, FailureCode>> = {
  SQLITE_FULL: 'store.full',
  SQLITE_NOTADB: 'store.corrupt',
  SQLITE_CORRUPT: 'store.corrupt',
  SQLITE_READONLY: 'store.unavailable',
  SQLITE_CANTOPEN: 'store.unavailable',
  SQLITE_IOERR: 'store.unavailable',
  SQLITE_BUSY: 'store.unavailable',
  SQLITE_LOCKED: 'store.unavailable',
  SQLITE_PERM: 'store.unavailable',
  SQLITE_NOLFS: 'store.full',
};

/** Runs database work; circumstances (full, read-only, corrupt, busy) become failures, bugs stay exceptions. */
export function attempt<T>(work: () => T): Result<T, Failure> {
  try {
    return ok(work());
  } catch (error) {
    return err(sqliteFailure(error));
  }
}

/** Like `attempt`, for work that has expected failures of its own. */
export function attemptResult<T>(work: () => Result<T, Failure>): Result<T, Failure> {
  const outcome = attempt(work);
  return outcome.ok ? outcome.value : outcome;
}

function sqliteFailure(error: unknown): Failure {
  if (!(error instanceof Database.SqliteError)) throw error;
  const primary = /^SQLITE_[A-Z]+/.exec(error.code)?.[0] ?? '';
  const code = CIRCUMSTANCES[primary];
  if (code === undefined) throw error;
  return failure(code, error.code);
}
