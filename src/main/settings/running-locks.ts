import type { Clock } from '../../shared/clock.ts';
import { lockRemainingMs, type SignInTries } from './sign-in-limit.ts';

export interface RunningLocks {
  /** Milliseconds for which the lock of this name goes on. */
  remainingMs(name: string, tries: SignInTries): number;
}

/**
 * Measures locks on the monotonic clock from when this program first saw them: setting the wall clock then neither ends
 * a lock early nor makes it longer.
 */
export function createRunningLocks(clock: Clock): RunningLocks {
  const seen = new Map<string, { readonly lockedUntilMs: number; readonly endsAtMs: number }>();
  return {
    remainingMs: (name, tries) => {
      const known = seen.get(name);
      if (known?.lockedUntilMs === tries.lockedUntilMs) return Math.max(0, known.endsAtMs - clock.monotonicMs());
      const remainingMs = lockRemainingMs(tries, clock.wallMs());
      seen.set(name, { lockedUntilMs: tries.lockedUntilMs, endsAtMs: clock.monotonicMs() + remainingMs });
      return remainingMs;
    },
  };
}
