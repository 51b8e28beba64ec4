import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { pinSchema, type AdminGate } from '../../shared/ipc/admin.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditTrail, SettingRows } from './ports.ts';
import {
  afterWrongPin,
  lockRemainingMs,
  NO_TRIES,
  signInTriesSchema,
  TRIES,
  type SignInTries,
} from './sign-in-limit.ts';

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const IDLE_SIGN_OUT_MS = 10 * 60_000;
const SETTING = 'admin-access';

const accessSchema = z.strictObject({ pinHash: z.string().startsWith('$argon2id$'), tries: signInTriesSchema });
type Access = z.infer<typeof accessSchema>;

export interface AdminAccess {
  /** What the administrator window shows first. */
  gate(): Result<AdminGate, Failure>;
  /** Sets the first PIN, or changes it while signed in; signs in. Otherwise `request.invalid`. */
  setPin(pin: string): Promise<Result<AdminGate, Failure>>;
  /** Five wrong PINs lock for 60 s, then 120 s … up to 15 min. The answer to a wrong PIN is the gate, still closed. */
  signIn(pin: string): Promise<Result<AdminGate, Failure>>;
  signOut(): Result<AdminGate, Failure>;
  /** Whether a request of the administrator may be served now; being asked counts as activity. */
  admit(): boolean;
}

export interface AdminAccessParts {
  readonly rows: SettingRows;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export function createAdminAccess(parts: AdminAccessParts): AdminAccess {
  const { rows, audit, clock } = parts;
  const session = idleSession(clock);
  const lock = monotonicLock(clock);
  const oneAtATime = createQueue();

  function gate(): Result<AdminGate, Failure> {
    const access = readAccess(rows);
    if (!access.ok) return access;
    if (access.value === null) return ok({ state: 'no-pin' });
    if (session.isOpen()) return ok({ state: 'signed-in' });
    const lockedMs = lock.remainingMs(access.value.tries);
    if (lockedMs > 0) return ok({ state: 'locked', retryInSeconds: Math.ceil(lockedMs / 1_000) });
    return ok({ state: 'signed-out', triesLeft: TRIES - access.value.tries.wrong });
  }

  function save(access: Access): Result<null, Failure> {
    return rows.write(SETTING, JSON.stringify(access), false);
  }

  async function setPin(pin: string): Promise<Result<AdminGate, Failure>> {
    if (!pinSchema.safeParse(pin).success) return err(failure('request.invalid', 'a PIN is 6 to 12 digits'));
    const current = gate();
    if (!current.ok) return current;
    if (current.value.state !== 'no-pin' && current.value.state !== 'signed-in') {
      return err(failure('request.invalid', 'a PIN is changed while signed in'));
    }
    const noted = audit.append('admin.pin-set', { first: current.value.state === 'no-pin' });
    if (!noted.ok) return noted;
    const saved = save({ pinHash: await hash(pin, ARGON2), tries: NO_TRIES });
    if (!saved.ok) return saved;
    session.open();
    return gate();
  }

  async function signIn(pin: string): Promise<Result<AdminGate, Failure>> {
    const access = readAccess(rows);
    if (!access.ok) return access;
    if (access.value === null) return gate();
    if (lock.remainingMs(access.value.tries) > 0) {
      const noted = audit.append('admin.sign-in-refused', { locked: true });
      return noted.ok ? gate() : noted;
    }
    // Counted before the check, so that killing the program during the check doesn't give the try back.
    const counted: Access = { ...access.value, tries: afterWrongPin(access.value.tries, clock.wallMs()) };
    const saved = save(counted);
    if (!saved.ok) return saved;
    if (await verify(access.value.pinHash, pin)) return opened(access.value);
    return refused(counted.tries);
  }

  function opened(access: Access): Result<AdminGate, Failure> {
    const saved = save({ ...access, tries: NO_TRIES });
    if (!saved.ok) return saved;
    const noted = audit.append('admin.signed-in', {});
    if (!noted.ok) return noted;
    session.open();
    return gate();
  }

  function refused(tries: SignInTries): Result<AdminGate, Failure> {
    const lockedMs = lockRemainingMs(tries, clock.wallMs());
    if (lockedMs > 0) lock.start(lockedMs);
    session.close();
    const noted = audit.append('admin.sign-in-refused', { locked: lockedMs > 0 });
    return noted.ok ? gate() : noted;
  }

  return {
    gate,
    setPin: (pin) => oneAtATime(() => setPin(pin)),
    signIn: (pin) => oneAtATime(() => signIn(pin)),
    signOut: () => {
      if (session.isOpen()) {
        session.close();
        const noted = audit.append('admin.signed-out', {});
        if (!noted.ok) return noted;
      }
      return gate();
    },
    admit: () => session.touch(),
  };
}

function readAccess(rows: SettingRows): Result<Access | null, Failure> {
  const stored = rows.read(SETTING);
  if (!stored.ok) return stored;
  if (stored.value === null) return ok(null);
  try {
    return ok(accessSchema.parse(JSON.parse(stored.value)));
  } catch {
    // An unreadable PIN must not become "no PIN yet", which would let anybody choose one.
    return err(failure('store.corrupt', `setting ${SETTING} does not parse`));
  }
}

interface Session {
  open(): void;
  close(): void;
  isOpen(): boolean;
  touch(): boolean;
}

/** A session that ends by itself after ten idle minutes. */
function idleSession(clock: Clock): Session {
  let lastActiveMs: number | null = null;
  const isOpen = (): boolean => lastActiveMs !== null && clock.monotonicMs() - lastActiveMs < IDLE_SIGN_OUT_MS;
  return {
    open: () => (lastActiveMs = clock.monotonicMs()),
    close: () => (lastActiveMs = null),
    isOpen,
    touch: () => {
      const open = isOpen();
      lastActiveMs = open ? clock.monotonicMs() : null;
      return open;
    },
  };
}

interface MonotonicLock {
  start(lockMs: number): void;
  remainingMs(tries: SignInTries): number;
}

/** Moving the wall clock forward must not open a lock that began while this program was running. */
function monotonicLock(clock: Clock): MonotonicLock {
  let untilMs: number | null = null;
  return {
    start: (lockMs) => (untilMs = clock.monotonicMs() + lockMs),
    remainingMs: (tries) => {
      if (untilMs !== null) return Math.max(0, untilMs - clock.monotonicMs());
      const remainingMs = lockRemainingMs(tries, clock.wallMs());
      if (remainingMs > 0) untilMs = clock.monotonicMs() + remainingMs;
      return remainingMs;
    },
  };
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
