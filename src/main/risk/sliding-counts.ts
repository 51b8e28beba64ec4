/** Counts within a window of time that moves on; only moments are kept, and none for longer than the window. */
export interface SlidingCounts {
  add(key: string | null, atMs: number): void;
  /** Those of one key since a moment, included. */
  count(key: string, sinceMs: number): number;
  countAll(sinceMs: number): number;
}

/**
 * Moments further back than `windowMs` are dropped in time, so no `sinceMs` may lie before that. A `null` key counts
 * only in `countAll`.
 */
export function createSlidingCounts(windowMs: number): SlidingCounts {
  const moments = new Map<string, readonly number[]>();
  let all: number[] = [];
  let first = 0;

  return {
    add: (key, atMs) => {
      all.push(atMs);
      // Dropped in large steps: taking one off the front of a long list each time would be slow.
      while (first < all.length && all[first]! < atMs - windowMs) first += 1;
      if (first > 1_000 && first * 2 > all.length) {
        all = all.slice(first);
        first = 0;
        for (const [each, times] of moments) if ((times.at(-1) ?? 0) < atMs - windowMs) moments.delete(each);
      }
      if (key === null) return;
      const kept = (moments.get(key) ?? []).filter((time) => time >= atMs - windowMs);
      moments.set(key, [...kept, atMs]);
    },
    count: (key, sinceMs) => (moments.get(key) ?? []).filter((time) => time >= sinceMs).length,
    countAll: (sinceMs) => {
      // From the newest back: the list is in order but for a clock that was set back.
      let count = 0;
      for (let index = all.length - 1; index >= first; index -= 1) {
        if (all[index]! >= sinceMs) count += 1;
        else if (all[index]! < sinceMs - 24 * 3_600_000) break;
      }
      return count;
    },
  };
}
