import type { Clock } from '../../shared/clock.ts';

/** How often rows that have had their time are looked for. */
const INTERVAL_MS = 60_000;

/** Work that is asked for often and needed rarely: runs at the first call and then at most once a minute. */
export function nowAndThen(
  clock: Pick<Clock, 'monotonicMs'>,
  work: () => Promise<unknown>,
  intervalMs = INTERVAL_MS,
): () => Promise<void> {
  let nextMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const nowMs = clock.monotonicMs();
    if (nowMs < nextMs) return;
    nextMs = nowMs + intervalMs;
    await work();
  };
}
