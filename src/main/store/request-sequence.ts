import { systemClock, type Clock } from '../../shared/clock.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt } from './sqlite-failure.ts';

const NAME = 'request-sequence';
/** Numbers reserved with one write; a restart skips what is left of them. */
const RESERVED_AT_ONCE = 100;

/**
 * Numbers for signed requests: strictly increasing over restarts, with gaps. They start at the wall clock's
 * milliseconds, so that a database put back from a backup doesn't repeat numbers that the verifier has seen.
 */
export interface RequestSequence {
  next(): Result<number, Failure>;
}

/**
 * A hundred numbers are on the disk as taken before the first of them is given, so that two programs on one database
 * never give the same.
 */
export function createRequestSequence(database: StoreDatabase, clock: Clock = systemClock): RequestSequence {
  const read = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const save = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  const reserve = database.transaction((): number => {
    const first = Math.max(Number(read.get(NAME) ?? '1'), clock.wallMs());
    save.run(NAME, String(first + RESERVED_AT_ONCE));
    return first;
  });
  let upcoming = 0;
  let reservedUpTo = 0;
  return {
    next: () => {
      if (upcoming >= reservedUpTo) {
        const first = attempt(() => reserve.immediate());
        if (!first.ok) return first;
        upcoming = first.value;
        reservedUpTo = first.value + RESERVED_AT_ONCE;
      }
      upcoming += 1;
      return ok(upcoming - 1);
    },
  };
}
