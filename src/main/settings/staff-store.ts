import type { Clock } from '../../shared/clock.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { AuditNote, StaffRows } from './ports.ts';
import { readBook, type StaffBook } from './staff-book.ts';

export interface StaffStoreParts {
  readonly rows: StaffRows;
  readonly clock: Clock;
  /** A new UUID. */
  readonly newStaffId: () => string;
}

/** What becomes of the book, what is noted about it, and what the caller is told. */
export interface BookChange<T> {
  /** Null leaves it as it is. */
  readonly book: StaffBook | null;
  readonly notes: readonly AuditNote[];
  readonly value: T;
}

export interface StaffStore {
  /** Null when nobody was ever added. */
  read(): Result<StaffBook | null, Failure>;
  /** Changes the book as it is now, whatever was read before; a failure changes nothing. */
  update<T>(change: (book: StaffBook | null) => Result<BookChange<T>, Failure>): Result<T, Failure>;
}

/** The book of the staff; an earlier version's single PIN becomes an account with the first look at it. */
export function createStaffStore({ rows, clock, newStaffId }: StaffStoreParts): StaffStore {
  function update<T>(change: (book: StaffBook | null) => Result<BookChange<T>, Failure>): Result<T, Failure> {
    return rows.update((stored) => {
      const found = readBook(stored, newStaffId, clock.wallMs());
      if (!found.ok) return found;
      const changed = change(found.value.book);
      if (!changed.ok) return changed;
      const { book, notes, value } = changed.value;
      const kept = book ?? (found.value.notes.length > 0 ? found.value.book : null);
      return ok({
        staff: kept && JSON.stringify(kept),
        notes: [...found.value.notes, ...notes],
        value,
      });
    });
  }

  return {
    update,
    read: () => {
      const stored = rows.read();
      if (!stored.ok) return stored;
      if (stored.value.staff === null && stored.value.singlePin !== null) {
        return update((book) => ok({ book: null, notes: [], value: book }));
      }
      const found = readBook(stored.value, newStaffId, clock.wallMs());
      return found.ok ? ok(found.value.book) : found;
    },
  };
}
