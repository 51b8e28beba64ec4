import type { Clock } from '../shared/clock.ts';

export interface BucketSize {
  /** Tokens that can be taken at once. */
  readonly burst: number;
  readonly perSecond: number;
}

export interface TokenBuckets {
  /** Takes a token of this name's bucket. Gives 0, or the milliseconds until there is one. */
  take(name: string): number;
}

/** Most names that are remembered; the one that was asked about longest ago is forgotten first. */
const MOST_BUCKETS = 10_000;

/** One token bucket per name, in memory. */
export function createTokenBuckets({ burst, perSecond }: BucketSize, clock: Pick<Clock, 'monotonicMs'>): TokenBuckets {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take: (name) => {
      const nowMs = clock.monotonicMs();
      const last = buckets.get(name) ?? { tokens: burst, atMs: nowMs };
      const tokens = Math.min(burst, last.tokens + ((nowMs - last.atMs) / 1_000) * perSecond);
      const waitMs = tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1_000);
      buckets.delete(name);
      buckets.set(name, { tokens: waitMs === 0 ? tokens - 1 : tokens, atMs: nowMs });
      const oldest = buckets.size > MOST_BUCKETS ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      return waitMs;
    },
  };
}
