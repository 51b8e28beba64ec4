import { z } from 'zod';
import { staffIdSchema, staffRoleSchema, type StaffMember } from '../../shared/domain/staff.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditNote, StoredStaff } from './ports.ts';
import { NO_TRIES, signInTriesSchema } from './sign-in-limit.ts';

/** More than anybody has at one terminal; the list is read whole with every request. */
export const MOST_ACCOUNTS = 200;
/** How the one account is called that an installation with a single PIN gets. */
export const SINGLE_PIN_NAME = 'administrator';

const secretHashSchema = z.string().startsWith('$argon2id$');

const accountSchema = z.strictObject({
  staffId: staffIdSchema,
  name: z.string().min(1),
  role: staffRoleSchema,
  active: z.boolean(),
  secretHash: secretHashSchema,
  createdAtMs: z.int(),
  lastSignInAtMs: z.int().nullable(),
  tries: signInTriesSchema,
});
export type StaffAccount = z.infer<typeof accountSchema>;

/** Where wrong tries are counted whoever they were for: at each window, and where somebody confirms one action. */
export const BRAKES = ['admin', 'clerk', 'confirm'] as const;
export type Brake = (typeof BRAKES)[number];

const bookSchema = z.strictObject({
  version: z.literal(1),
  revision: z.int().nonnegative(),
  // A list without an administrator is a damaged one, never an invitation to become the first.
  accounts: z.array(accountSchema).max(MOST_ACCOUNTS).refine(hasAdministrator, 'an active administrator'),
  brakes: z.strictObject({ admin: signInTriesSchema, clerk: signInTriesSchema, confirm: signInTriesSchema }),
});
/** Everybody of the staff, as it is kept. */
export type StaffBook = z.infer<typeof bookSchema>;

/** What an earlier version kept instead: one PIN for whoever administers. */
const singlePinSchema = z.strictObject({ pinHash: secretHashSchema, tries: signInTriesSchema });

export interface ReadBook {
  readonly book: StaffBook | null;
  /** What has to be noted when it is written: it was made of an earlier version's single PIN. */
  readonly notes: readonly AuditNote[];
}

/** Null when nobody was ever added. What doesn't parse is `store.corrupt`, never nobody. */
export function readBook(stored: StoredStaff, newStaffId: () => string, nowMs: number): Result<ReadBook, Failure> {
  if (stored.staff !== null) {
    const book = parse(bookSchema, stored.staff);
    return book === null ? corrupt('staff') : ok({ book, notes: [] });
  }
  if (stored.singlePin === null) return ok({ book: null, notes: [] });
  const pin = parse(singlePinSchema, stored.singlePin);
  if (pin === null) return corrupt('admin-access');
  const account: StaffAccount = {
    staffId: newStaffId(),
    name: SINGLE_PIN_NAME,
    role: 'administrator',
    active: true,
    secretHash: pin.pinHash,
    createdAtMs: nowMs,
    lastSignInAtMs: null,
    tries: pin.tries,
  };
  const detail = { staffId: account.staffId, role: account.role, from: 'single-pin' };
  return ok({ book: newBook(account), notes: [{ kind: 'staff.created', detail }] });
}

/** At revision 1. The first has to be an active administrator: a book without one counts as damaged. */
export function newBook(first: StaffAccount): StaffBook {
  return {
    version: 1,
    revision: 1,
    accounts: [first],
    brakes: { admin: NO_TRIES, clerk: NO_TRIES, confirm: NO_TRIES },
  };
}

/** The book with one account changed. */
export function withAccount(book: StaffBook, staffId: string, changes: Partial<StaffAccount>): StaffBook {
  return {
    ...book,
    accounts: book.accounts.map((account) => (account.staffId === staffId ? { ...account, ...changes } : account)),
  };
}

/** Somebody who may sign in. */
export function activeAccount(book: StaffBook, staffId: string): StaffAccount | undefined {
  return book.accounts.find((account) => account.staffId === staffId && account.active);
}

/** Without its hash and its tries, which no window gets. */
export function memberOf({ staffId, name, role }: StaffAccount): StaffMember {
  return { staffId, name, role };
}

/** Whether somebody is left who can change who may do what. */
export function hasAdministrator(accounts: readonly StaffAccount[]): boolean {
  return accounts.some(({ role, active }) => role === 'administrator' && active);
}

function parse<T>(schema: z.ZodType<T>, json: string): T | null {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

function corrupt(name: string): Result<never, Failure> {
  return err(failure('store.corrupt', `setting ${name} does not parse`));
}
