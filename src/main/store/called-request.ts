import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt } from './sqlite-failure.ts';

const NAME = 'called-request';

/** The request that the next visitor carries out; it is remembered over restarts. */
export interface CalledRequest {
  read(): Result<string | null, Failure>;
  /** Null takes it back. */
  write(requestId: string | null): Result<null, Failure>;
}

/** On the disk when a write returns; without an entry in the audit log. */
export function createCalledRequest(database: StoreDatabase): CalledRequest {
  const read = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const save = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  const clear = database.prepare('DELETE FROM meta WHERE name = ?');
  return {
    read: () => attempt(() => read.get(NAME) ?? null),
    write: (requestId) =>
      attempt(() => {
        if (requestId === null) clear.run(NAME);
        else save.run(NAME, requestId);
        return null;
      }),
  };
}
