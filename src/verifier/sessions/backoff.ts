/** How often one question is asked by itself, and how long it waits in between. */
export interface RetryBounds {
  /** Calls of one submission, the first included. */
  readonly maxAttempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  /** No further try begins later than this after the submission. */
  readonly totalMs: number;
}

/** The person waits at the counter: what a vendor doesn't answer within minutes is told as an error. */
export const RETRY_BOUNDS: RetryBounds = { maxAttempts: 5, baseMs: 500, capMs: 20_000, totalMs: 120_000 };

/**
 * How long to wait before the next try, in milliseconds: full jitter (a random share of a wait that doubles), and
 * never less than what the vendor asked for. Null when there is no further try.
 *
 * @param random 0 ≤ x < 1
 */
export function retryDelay(
  bounds: RetryBounds,
  {
    attempts,
    elapsedMs,
    retryAfterMs,
  }: { readonly attempts: number; readonly elapsedMs: number; readonly retryAfterMs: number | null },
  random: number,
): number | null {
  if (attempts >= bounds.maxAttempts) return null;
  const window = Math.min(bounds.capMs, bounds.baseMs * 2 ** (attempts - 1));
  const delayMs = Math.max(Math.ceil(random * window), retryAfterMs ?? 0);
  return elapsedMs + delayMs > bounds.totalMs ? null : delayMs;
}
