export const BACKOFF_BASE_MS = 1_000;
export const BACKOFF_CAP_MS = 300_000;

/**
 * How long to wait after the `failures`-th failure in a row: full jitter, that is uniform between 0 and
 * `min(cap, base · 2^(failures-1))`, so that kiosks that lost the same verifier don't come back together.
 *
 * @param failures 1 or more
 * @param random uniform in [0, 1)
 */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(failures - 1, 30));
  return Math.floor(random * ceiling);
}
