import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Credentials } from '../../shared/ipc/staff.ts';
import type { AuditNote } from './ports.ts';
import type { RunningLocks } from './running-locks.ts';
import type { SecretHash } from './secret-hash.ts';
import { afterWrongTry, NO_TRIES, TRIES_AT_A_WINDOW } from './sign-in-limit.ts';
import { activeAccount, withAccount, type Brake, type StaffAccount, type StaffBook } from './staff-book.ts';
import type { StaffStore } from './staff-store.ts';

export interface SecretCheck {
  /**
   * Whether somebody is who they say they are. Tries that fail count: five lock the account, fifteen for whomever lock
   * the window.
   *
   * @returns the account; `staff.wrong-secret`, `staff.locked`, or a failure of the store
   */
  (credentials: Credentials, brake: Brake, accepted: Accepted): Promise<Result<StaffAccount, Failure>>;
}

/** What is kept and noted about somebody who has proven who they are. */
export type Accepted = (account: StaffAccount) => { readonly changes: Partial<StaffAccount>; readonly note: AuditNote };

export interface SecretCheckParts {
  readonly store: StaffStore;
  readonly clock: Clock;
  readonly locks: RunningLocks;
  readonly secretHash: SecretHash;
}

/** Milliseconds for which an account, or a window, is locked. */
export function lockOfAccount(locks: RunningLocks, { staffId, tries }: StaffAccount): number {
  return locks.remainingMs(staffId, tries);
}

/** Milliseconds for which a window, or confirming one action, is locked, whoever the tries were for; 0: it isn't. */
export function lockOfBrake(locks: RunningLocks, book: StaffBook, brake: Brake): number {
  return locks.remainingMs(`brake ${brake}`, book.brakes[brake]);
}

/** A try is on the disk before its secret is looked at. Two checks at the same time are the caller's to keep apart. */
export function createSecretCheck({ store, clock, locks, secretHash }: SecretCheckParts): SecretCheck {
  /** Counts the try before the check, so that ending the program during the check doesn't give it back. */
  function begin({ staffId }: Credentials, brake: Brake): Result<StaffAccount | null, Failure> {
    const begun = store.update<StaffAccount | null | 'locked'>((book) => {
      if (book === null) return err(failure('staff.signed-out', 'nobody was ever added'));
      const account = activeAccount(book, staffId) ?? null;
      const lockedMs = Math.max(lockOfBrake(locks, book, brake), account ? lockOfAccount(locks, account) : 0);
      if (lockedMs > 0) {
        return ok({ book: null, notes: [refusal(account, brake, true)], value: 'locked' as const });
      }
      return ok({ book: counted(book, account, brake), notes: [], value: account });
    });
    if (!begun.ok) return begun;
    return begun.value === 'locked' ? err(failure('staff.locked')) : ok(begun.value);
  }

  function counted(book: StaffBook, account: StaffAccount | null, brake: Brake): StaffBook {
    const nowMs = clock.wallMs();
    const brakes = { ...book.brakes, [brake]: afterWrongTry(book.brakes[brake], nowMs, TRIES_AT_A_WINDOW) };
    const braked = { ...book, brakes };
    return account ? withAccount(braked, account.staffId, { tries: afterWrongTry(account.tries, nowMs) }) : braked;
  }

  function accept(found: StaffAccount, brake: Brake, accepted: Accepted): Result<StaffAccount, Failure> {
    return store.update((book) => {
      // Somebody else may have switched the account off, or changed its secret, in the meantime.
      const account = book && activeAccount(book, found.staffId);
      if (!book || !account || account.secretHash !== found.secretHash) return err(failure('staff.wrong-secret'));
      const { changes, note } = accepted(account);
      const after = withAccount({ ...book, brakes: { ...book.brakes, [brake]: NO_TRIES } }, account.staffId, {
        ...changes,
        tries: NO_TRIES,
      });
      return ok({ book: after, notes: [note], value: { ...account, ...changes, tries: NO_TRIES } });
    });
  }

  function refuse(found: StaffAccount | null, brake: Brake): Result<never, Failure> {
    const refused = store.update((book) => {
      const account = (found && book && activeAccount(book, found.staffId)) ?? null;
      const accountMs = account ? lockOfAccount(locks, account) : 0;
      const brakeMs = book ? lockOfBrake(locks, book, brake) : 0;
      const notes = [refusal(account, brake, false)];
      if (accountMs > 0 && account) notes.push(lockNote({ staffId: account.staffId }, accountMs));
      if (brakeMs > 0) notes.push(lockNote({ window: brake }, brakeMs));
      return ok({ book: null, notes, value: null });
    });
    return refused.ok ? err(failure('staff.wrong-secret')) : refused;
  }

  return async (credentials, brake, accepted) => {
    const begun = begin(credentials, brake);
    if (!begun.ok) return begun;
    const right = await secretHash.matches(begun.value?.secretHash ?? null, credentials.secret);
    return right && begun.value ? accept(begun.value, brake, accepted) : refuse(begun.value, brake);
  };
}

/** What was typed for whom isn't noted when there is no such person: it may be anything. */
function refusal(account: StaffAccount | null, window: Brake, locked: boolean): AuditNote {
  return { kind: 'staff.refused', detail: { staffId: account?.staffId ?? null, window, locked } };
}

function lockNote(of: Readonly<Record<string, string>>, lockedMs: number): AuditNote {
  return { kind: 'staff.locked', detail: { ...of, seconds: Math.ceil(lockedMs / 1_000) } };
}
