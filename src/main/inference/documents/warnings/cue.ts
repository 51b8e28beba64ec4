/**
 * Turns what was measured into a score: 0 for nothing, 0.5 exactly at the limit, towards 1 far beyond it.
 *
 * @param measured at least 0; the more, the more it looks like what is warned of.
 * @param limit above 0, in the same unit.
 */
export function scoreAgainst(measured: number, limit: number): number {
  return measured <= 0 ? 0 : measured / (measured + limit);
}
