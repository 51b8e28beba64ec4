import { foldStaffName } from '../../shared/domain/staff-name-fold.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StaffChange, StaffRemoval } from '../../shared/ipc/admin-staff.ts';
import type { AuditNote } from './ports.ts';
import { NO_TRIES } from './sign-in-limit.ts';
import { hasAdministrator, MOST_ACCOUNTS, withAccount, type StaffAccount, type StaffBook } from './staff-book.ts';
import type { BookChange } from './staff-store.ts';

type Changed = Result<BookChange<null>, Failure>;

/** The same list as the one that the change was made from; otherwise somebody else's change would be overwritten. */
function fromRevision(book: StaffBook | null, revision: number): Result<StaffBook, Failure> {
  if (book === null) return err(failure('request.invalid', 'nobody was added yet'));
  return book.revision === revision ? ok(book) : err(failure('staff.list-changed', `revision ${book.revision}`));
}

function accountIn(book: StaffBook, staffId: string): Result<StaffAccount, Failure> {
  const account = book.accounts.find((candidate) => candidate.staffId === staffId);
  return account ? ok(account) : err(failure('staff.list-changed', 'staffId'));
}

/** The next revision of the list, where somebody is left who administers. */
function saved(book: StaffBook, note: AuditNote): Changed {
  if (!hasAdministrator(book.accounts)) return err(failure('staff.last-administrator'));
  return ok({ book: { ...book, revision: book.revision + 1 }, notes: [note], value: null });
}

function isNameTaken(book: StaffBook, name: string, except: string | null): boolean {
  const fold = foldStaffName(name);
  return book.accounts.some((account) => account.staffId !== except && foldStaffName(account.name) === fold);
}

/**
 * The next revision of the book. Fails with `staff.list-changed` where `revision` isn't the book's, `staff.name-taken`,
 * or `request.invalid` before there is a book and beyond `MOST_ACCOUNTS`.
 */
export function added(book: StaffBook | null, revision: number, account: StaffAccount): Changed {
  const from = fromRevision(book, revision);
  if (!from.ok) return from;
  if (isNameTaken(from.value, account.name, null)) return err(failure('staff.name-taken', 'name'));
  if (from.value.accounts.length >= MOST_ACCOUNTS) {
    return err(failure('request.invalid', `accounts: ${MOST_ACCOUNTS} at most`));
  }
  return saved(
    { ...from.value, accounts: [...from.value.accounts, account] },
    { kind: 'staff.created', detail: { staffId: account.staffId, role: account.role } },
  );
}

/**
 * The next revision of the book. Fails with `staff.list-changed` also where the account is gone, `staff.name-taken`,
 * `staff.last-administrator`, or `request.invalid` before there is a book.
 */
export function changed(book: StaffBook | null, { revision, staffId, name, role, active }: StaffChange): Changed {
  const from = fromRevision(book, revision);
  if (!from.ok) return from;
  const account = accountIn(from.value, staffId);
  if (!account.ok) return account;
  if (isNameTaken(from.value, name, staffId)) return err(failure('staff.name-taken', 'name'));
  const before = account.value;
  return saved(withAccount(from.value, staffId, { name, role, active }), {
    kind: 'staff.changed',
    detail: {
      staffId,
      role,
      active,
      roleBefore: before.role,
      activeBefore: before.active,
      renamed: name !== before.name,
    },
  });
}

/** A new secret for somebody, whose lock-out ends with it. */
export function reset(
  book: StaffBook | null,
  of: { readonly revision: number; readonly staffId: string; readonly secretHash: string },
): Changed {
  const from = fromRevision(book, of.revision);
  if (!from.ok) return from;
  const account = accountIn(from.value, of.staffId);
  if (!account.ok) return account;
  return saved(withAccount(from.value, of.staffId, { secretHash: of.secretHash, tries: NO_TRIES }), {
    kind: 'staff.secret-reset',
    detail: { staffId: of.staffId },
  });
}

/**
 * The next revision of the book. Fails with `staff.list-changed` also where the account is gone,
 * `staff.last-administrator`, or `request.invalid` before there is a book.
 */
export function removed(book: StaffBook | null, { revision, staffId }: StaffRemoval): Changed {
  const from = fromRevision(book, revision);
  if (!from.ok) return from;
  const account = accountIn(from.value, staffId);
  if (!account.ok) return account;
  const accounts = from.value.accounts.filter((candidate) => candidate.staffId !== staffId);
  return saved({ ...from.value, accounts }, { kind: 'staff.removed', detail: { staffId, role: account.value.role } });
}
