import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt } from './sqlite-failure.ts';

/** Runs several writes as one: a failure of any of them, or of the commit, leaves nothing of them behind. */
export function inOneTransaction<T>(database: StoreDatabase, work: () => Result<T, Failure>): Result<T, Failure> {
  let outcome: Result<T, Failure> | null = null;
  const rolledBack = new Error('rolled back');
  const run = database.transaction(() => {
    outcome = work();
    if (!outcome.ok) throw rolledBack;
  });
  const committed = attempt(() => {
    try {
      run.immediate();
    } catch (error) {
      if (error !== rolledBack) throw error;
    }
    return null;
  });
  return committed.ok ? outcome! : committed;
}
