import { z } from 'zod';

export const TRIES = 5;
const FIRST_LOCK_MS = 60_000;
export const LONGEST_LOCK_MS = 15 * 60_000;

/** How many wrong PINs there were; kept durably, so that a restart doesn't give new tries. */
export const signInTriesSchema = z.strictObject({
  /** Wrong PINs since the last lock or sign-in. */
  wrong: z.int().min(0).max(TRIES),
  /** Locks since the last sign-in; each is twice as long as the one before. */
  locks: z.int().nonnegative(),
  /** Wall clock, milliseconds since the Unix epoch. */
  lockedUntilMs: z.int().nonnegative(),
});
export type SignInTries = z.infer<typeof signInTriesSchema>;

export const NO_TRIES: SignInTries = { wrong: 0, locks: 0, lockedUntilMs: 0 };

/** The state after one more wrong PIN at `nowMs` (wall clock). The fifth one locks. */
export function afterWrongPin(tries: SignInTries, nowMs: number): SignInTries {
  if (tries.wrong + 1 < TRIES) return { ...tries, wrong: tries.wrong + 1 };
  const lockMs = Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** Math.min(tries.locks, 10));
  return { wrong: 0, locks: tries.locks + 1, lockedUntilMs: nowMs + lockMs };
}

/** Milliseconds for which signing in is locked; never more than the longest lock, whatever the wall clock did. */
export function lockRemainingMs(tries: SignInTries, nowMs: number): number {
  return Math.min(LONGEST_LOCK_MS, Math.max(0, tries.lockedUntilMs - nowMs));
}
