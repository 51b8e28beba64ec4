/**
 * Turns what was measured into a score: 0 for nothing, 0.5 exactly at the limit, towards 1 far beyond it.
 *
 * @param measured 0 to infinity; the more, the more it looks like what is warned of.
 * @param limit above 0, in the same unit.
 */
export function scoreAgainst(measured: number, limit: number): number {
  if (measured <= 0) return 0;
  return measured === Infinity ? 1 : measured / (measured + limit);
}
