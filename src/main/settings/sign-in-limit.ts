import { z } from 'zod';

/** Wrong tries after which an account is locked. */
export const TRIES = 5;
/** Wrong tries at one window after which nobody can sign in there: whoever has several names tries them all. */
export const TRIES_AT_A_WINDOW = 15;
const FIRST_LOCK_MS = 60_000;
export const LONGEST_LOCK_MS = 15 * 60_000;

/** How many wrong tries there were; kept durably, so that a restart doesn't give new ones. */
export const signInTriesSchema = z.strictObject({
  /** Wrong tries since the last lock or sign-in. */
  wrong: z.int().min(0).max(TRIES_AT_A_WINDOW),
  /** Locks since the last sign-in; each is twice as long as the one before. */
  locks: z.int().nonnegative(),
  /** Wall clock, milliseconds since the Unix epoch. */
  lockedUntilMs: z.int().nonnegative(),
});
export type SignInTries = z.infer<typeof signInTriesSchema>;

export const NO_TRIES: SignInTries = { wrong: 0, locks: 0, lockedUntilMs: 0 };

/** Milliseconds that the lock of this ordinal takes: 60 s, doubled each time, 15 min at most. */
function lockLengthMs(ordinal: number): number {
  return ordinal < 1 ? 0 : Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** Math.min(ordinal - 1, 10));
}

/** The state after one more wrong try at `nowMs` (wall clock). The last one of `allowed` locks. */
export function afterWrongTry(tries: SignInTries, nowMs: number, allowed = TRIES): SignInTries {
  if (tries.wrong + 1 < allowed) return { ...tries, wrong: tries.wrong + 1 };
  const locks = tries.locks + 1;
  return { wrong: 0, locks, lockedUntilMs: Math.max(0, nowMs) + lockLengthMs(locks) };
}

/** Milliseconds for which it is locked; never more than this very lock takes, whatever the wall clock did. */
export function lockRemainingMs(tries: SignInTries, nowMs: number): number {
  return Math.min(lockLengthMs(tries.locks), Math.max(0, tries.lockedUntilMs - nowMs));
}
