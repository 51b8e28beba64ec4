import type { Clock } from '../../shared/clock.ts';

/** Wrong tokens that one source may send within the window. */
export const GUESS_LIMITS = { tries: 10, windowMs: 10 * 60_000, lockMs: 15 * 60_000, sources: 10_000 } as const;

/** Stops whoever guesses, by where the guesses come from. In memory: a restart forgets. */
export interface GuessLock {
  /** Milliseconds that this source has to wait; 0 when it needn't. */
  waitMs(source: string): number;
  /** Counts a wrong guess. True when it is the one that locks. */
  wrong(source: string): boolean;
}

/** By `GUESS_LIMITS`, on the monotonic clock; beyond its number of sources the one goes that guessed least recently. */
export function createGuessLock(clock: Pick<Clock, 'monotonicMs'>): GuessLock {
  const sources = new Map<string, { guesses: number; sinceMs: number; lockedUntilMs: number }>();
  return {
    waitMs: (source) => Math.max(0, Math.ceil((sources.get(source)?.lockedUntilMs ?? 0) - clock.monotonicMs())),
    wrong: (source) => {
      const nowMs = clock.monotonicMs();
      const known = sources.get(source);
      const fresh = known === undefined || nowMs - known.sinceMs > GUESS_LIMITS.windowMs;
      const guesses = fresh ? 1 : known.guesses + 1;
      const locks = guesses >= GUESS_LIMITS.tries;
      sources.delete(source);
      sources.set(source, {
        guesses: locks ? 0 : guesses,
        sinceMs: fresh ? nowMs : known.sinceMs,
        lockedUntilMs: locks ? nowMs + GUESS_LIMITS.lockMs : (known?.lockedUntilMs ?? 0),
      });
      const oldest = sources.size > GUESS_LIMITS.sources ? sources.keys().next().value : undefined;
      if (oldest !== undefined) sources.delete(oldest);
      return locks;
    },
  };
}
