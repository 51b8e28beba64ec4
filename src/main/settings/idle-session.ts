import type { Clock } from '../../shared/clock.ts';

export const IDLE_SIGN_OUT_MS = 10 * 60_000;

/** Who has signed in at one window, and with which secret. */
export interface SignedIn {
  readonly staffId: string;
  readonly secretHash: string;
}

export interface IdleSession {
  /** What opens it, unless it is closed in between: proving who somebody is takes a moment in which they may leave. */
  opening(): (who: SignedIn) => void;
  close(): void;
  /** Null when nobody has, or when they have been idle for ten minutes. */
  holder(): SignedIn | null;
  /** Somebody did something. */
  touch(): void;
}

/** A session that ends by itself after ten idle minutes. */
export function createIdleSession(clock: Clock): IdleSession {
  let held: { readonly who: SignedIn; readonly lastActiveMs: number } | null = null;
  let closings = 0;
  const holder = (): SignedIn | null => {
    if (held !== null && clock.monotonicMs() - held.lastActiveMs >= IDLE_SIGN_OUT_MS) held = null;
    return held && held.who;
  };
  return {
    opening: () => {
      const before = closings;
      return (who) => {
        if (closings === before) held = { who, lastActiveMs: clock.monotonicMs() };
      };
    },
    close: () => {
      closings += 1;
      held = null;
    },
    holder,
    touch: () => {
      const who = holder();
      if (who !== null) held = { who, lastActiveMs: clock.monotonicMs() };
    },
  };
}
