import type { Clock } from '../../shared/clock.ts';
import { hasRight, RIGHTS_OF, type StaffMember, type StaffRight } from '../../shared/domain/staff.ts';
import type { NewStaff, StaffChange, StaffList, StaffRemoval, StaffReset } from '../../shared/ipc/admin-staff.ts';
import type {
  Credentials,
  FirstAdministrator,
  OwnSecretChange,
  StaffChoice,
  StaffGate,
  StaffWindow,
} from '../../shared/ipc/staff.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createIdleSession, type SignedIn } from './idle-session.ts';
import type { AuditTrail } from './ports.ts';
import { createRunningLocks } from './running-locks.ts';
import { createSecretHash, type SecretHash } from './secret-hash.ts';
import { NO_TRIES, TRIES } from './sign-in-limit.ts';
import { activeAccount, memberOf, newBook, type StaffAccount, type StaffBook } from './staff-book.ts';
import { createSecretCheck, lockOfAccount, lockOfBrake } from './staff-check.ts';
import { added, changed, removed, reset } from './staff-list-changes.ts';
import { createStaffStore, type BookChange, type StaffStoreParts } from './staff-store.ts';

/**
 * Who of the staff may use the windows. Each window has a session of its own, which ends after ten idle minutes, when
 * its holder is switched off, and when their secret is changed elsewhere.
 */
export interface StaffDesk {
  /** What a window shows first. */
  gate(window: StaffWindow): Result<StaffGate, Failure>;
  /** The first administrator, who is signed in with it; `request.invalid` once there is somebody. */
  createFirst(window: StaffWindow, first: FirstAdministrator): Promise<Result<StaffGate, Failure>>;
  /** Five wrong tries lock an account for 60 s, then 120 s … up to 15 min. The answer to a wrong one is the gate. */
  signIn(window: StaffWindow, credentials: Credentials): Promise<Result<StaffGate, Failure>>;
  signOut(window: StaffWindow): Result<StaffGate, Failure>;
  /** A new secret for whoever has signed in. `staff.wrong-secret` where the current one isn't. */
  changeOwnSecret(window: StaffWindow, change: OwnSecretChange): Promise<Result<StaffGate, Failure>>;
  /**
   * Who has signed in, when they may do this; null: anything. Being asked counts as activity unless `polled`.
   *
   * @returns `staff.signed-out` or `staff.not-allowed`
   */
  admit(window: StaffWindow, right: StaffRight | null, polled: boolean): Result<StaffMember, Failure>;
  /**
   * One action by somebody's secret, without signing in. Wrong tries count like those of signing in.
   *
   * @param otherThan - somebody who has to be another person: `staff.same-person`
   * @returns `staff.wrong-secret`, `staff.locked`, `staff.not-allowed`
   */
  confirm(credentials: Credentials, right: StaffRight, otherThan: string | null): Promise<Result<StaffMember, Failure>>;
  /** Who could confirm something that needs this right. */
  choices(right: StaffRight): Result<readonly StaffChoice[], Failure>;
  /** Names by id, of those who were switched off as well; for lists that show who did something. */
  names(): Result<ReadonlyMap<string, string>, Failure>;
  list(): Result<StaffList, Failure>;
  /** Changes to the list: `staff.list-changed` when it isn't the named revision any more, `staff.name-taken`, … */
  create(entry: NewStaff): Promise<Result<StaffList, Failure>>;
  change(change: StaffChange): Result<StaffList, Failure>;
  resetSecret(reset: StaffReset): Promise<Result<StaffList, Failure>>;
  remove(removal: StaffRemoval): Result<StaffList, Failure>;
}

export interface StaffDeskParts extends StaffStoreParts {
  readonly audit: AuditTrail;
  /** Absent: at the cost that is recommended. */
  readonly secretHash?: SecretHash;
}

/** Opens a window's session, unless it was closed since. */
type Opening = (who: SignedIn) => void;

/**
 * Sessions are in memory: a restart signs everybody out. Accounts and their wrong tries are on the disk. Secrets are
 * checked one after the other, so that tries at the same time count each.
 */
export function createStaffDesk(parts: StaffDeskParts): StaffDesk {
  const { clock, audit } = parts;
  const store = createStaffStore(parts);
  const locks = createRunningLocks(clock);
  const secrets = parts.secretHash ?? createSecretHash();
  const check = createSecretCheck({ store, clock, locks, secretHash: secrets });
  const sessions = { admin: createIdleSession(clock), clerk: createIdleSession(clock) };
  const oneAtATime = createQueue();

  function holderAt(window: StaffWindow, book: StaffBook | null): StaffAccount | null {
    const held = sessions[window].holder();
    const account = held && book && activeAccount(book, held.staffId);
    if (account && account.secretHash === held?.secretHash) return account;
    if (held) sessions[window].close();
    return null;
  }

  function gate(window: StaffWindow): Result<StaffGate, Failure> {
    const read = store.read();
    if (!read.ok) return read;
    const book = read.value;
    if (book === null) return ok({ state: 'no-staff' });
    const holder = holderAt(window, book);
    if (holder) return ok({ state: 'signed-in', staff: memberOf(holder), rights: RIGHTS_OF[holder.role] });
    const choices = choicesIn(book);
    const accountsMs = Math.min(...choices.map(({ lockedForSeconds }) => (lockedForSeconds ?? 0) * 1_000));
    const lockedMs = Math.max(lockOfBrake(locks, book, window), accountsMs);
    return ok(lockedMs > 0 ? { state: 'locked', retryInSeconds: seconds(lockedMs) } : { state: 'signed-out', choices });
  }

  function choicesIn(book: StaffBook, right: StaffRight | null = null): readonly StaffChoice[] {
    return book.accounts
      .filter(({ active, role }) => active && (right === null || hasRight(role, right)))
      .map((account) => ({
        staffId: account.staffId,
        name: account.name,
        triesLeft: TRIES - account.tries.wrong,
        lockedForSeconds: lockedForSeconds(account),
      }));
  }

  function lockedForSeconds(account: StaffAccount): number | null {
    const lockedMs = lockOfAccount(locks, account);
    return lockedMs > 0 ? seconds(lockedMs) : null;
  }

  async function createFirst(window: StaffWindow, { name, secret }: FirstAdministrator, open: Opening) {
    const secretHash = await secrets.of(secret);
    const made = store.update<StaffAccount>((book) => {
      if (book !== null) return err(failure('request.invalid', 'there is an administrator already'));
      const account = newAccount({ name, role: 'administrator', secretHash }, parts);
      const detail = { staffId: account.staffId, role: account.role, from: 'first-start' };
      return ok({ book: newBook(account), notes: [{ kind: 'staff.created', detail }], value: account });
    });
    if (!made.ok) return made;
    open(made.value);
    return gate(window);
  }

  async function signIn(window: StaffWindow, credentials: Credentials, open: Opening) {
    const checked = await check(credentials, window, ({ staffId }) => ({
      changes: { lastSignInAtMs: clock.wallMs() },
      note: { kind: 'staff.signed-in', detail: { staffId, window } },
    }));
    if (checked.ok) open(checked.value);
    else if (!checked.error.code.startsWith('staff.')) return checked;
    return gate(window);
  }

  function signOut(window: StaffWindow): Result<StaffGate, Failure> {
    const held = sessions[window].holder();
    sessions[window].close();
    if (held) {
      const noted = audit.append('staff.signed-out', { staffId: held.staffId, window });
      if (!noted.ok) return noted;
    }
    return gate(window);
  }

  async function changeOwnSecret(
    window: StaffWindow,
    { current, secret }: OwnSecretChange,
    staffId: string,
    open: Opening,
  ): Promise<Result<StaffGate, Failure>> {
    const secretHash = await secrets.of(secret);
    const checked = await check({ staffId, secret: current }, 'confirm', () => ({
      changes: { secretHash },
      note: { kind: 'staff.secret-changed', detail: { staffId } },
    }));
    if (checked.ok) open(checked.value);
    // Whoever guesses at a window that was left open has five tries, as everywhere.
    else if (checked.error.code === 'staff.locked') sessions[window].close();
    return checked.ok ? gate(window) : checked;
  }

  function admit(window: StaffWindow, right: StaffRight | null, polled: boolean): Result<StaffMember, Failure> {
    const read = store.read();
    if (!read.ok) return read;
    const holder = holderAt(window, read.value);
    if (!holder) return err(failure('staff.signed-out'));
    if (!polled) sessions[window].touch();
    if (right !== null && !hasRight(holder.role, right)) return err(failure('staff.not-allowed', right));
    return ok(memberOf(holder));
  }

  async function confirm(credentials: Credentials, right: StaffRight, otherThan: string | null) {
    if (credentials.staffId === otherThan) return err(failure('staff.same-person'));
    const checked = await check(credentials, 'confirm', ({ staffId, role }) => ({
      changes: {},
      note: { kind: 'staff.confirmed', detail: { staffId, right, allowed: hasRight(role, right) } },
    }));
    if (!checked.ok) return checked;
    return hasRight(checked.value.role, right) ? ok(memberOf(checked.value)) : err(failure('staff.not-allowed', right));
  }

  function list(): Result<StaffList, Failure> {
    const read = store.read();
    if (!read.ok) return read;
    return ok({
      revision: read.value?.revision ?? 0,
      entries: (read.value?.accounts ?? []).map((account) => ({
        ...memberOf(account),
        active: account.active,
        createdAtMs: account.createdAtMs,
        lastSignInAtMs: account.lastSignInAtMs,
        lockedForSeconds: lockedForSeconds(account),
      })),
    });
  }

  function changeList(change: (book: StaffBook | null) => Result<BookChange<null>, Failure>) {
    const saved = store.update(change);
    return saved.ok ? list() : saved;
  }

  return {
    gate,
    createFirst: (window, first) => {
      const open = sessions[window].opening();
      return oneAtATime(() => createFirst(window, first, open));
    },
    signIn: (window, credentials) => {
      sessions[window].close();
      const open = sessions[window].opening();
      return oneAtATime(() => signIn(window, credentials, open));
    },
    signOut,
    changeOwnSecret: async (window, change) => {
      const admitted = admit(window, null, false);
      if (!admitted.ok) return admitted;
      const open = sessions[window].opening();
      return oneAtATime(() => changeOwnSecret(window, change, admitted.value.staffId, open));
    },
    admit,
    confirm: (credentials, right, otherThan) => oneAtATime(() => confirm(credentials, right, otherThan)),
    choices: (right) => {
      const read = store.read();
      return read.ok ? ok(read.value ? choicesIn(read.value, right) : []) : read;
    },
    names: () => {
      const read = store.read();
      return read.ok ? ok(new Map(read.value?.accounts.map(({ staffId, name }) => [staffId, name]))) : read;
    },
    list,
    create: async ({ revision, name, role, secret }) => {
      const secretHash = await secrets.of(secret);
      return changeList((book) => added(book, revision, newAccount({ name, role, secretHash }, parts)));
    },
    change: (change) => changeList((book) => changed(book, change)),
    resetSecret: async ({ revision, staffId, secret }) => {
      const secretHash = await secrets.of(secret);
      return changeList((book) => reset(book, { revision, staffId, secretHash }));
    },
    remove: (removal) => changeList((book) => removed(book, removal)),
  };
}

function newAccount(
  of: Pick<StaffAccount, 'name' | 'role' | 'secretHash'>,
  { newStaffId, clock }: { readonly newStaffId: () => string; readonly clock: Clock },
): StaffAccount {
  return {
    staffId: newStaffId(),
    ...of,
    active: true,
    createdAtMs: clock.wallMs(),
    lastSignInAtMs: null,
    tries: NO_TRIES,
  };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}

/** Runs tasks one after the other: two tries at the same time must count as two. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
