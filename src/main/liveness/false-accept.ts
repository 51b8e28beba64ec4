/** Least agreement with the challenge that counts as following it. */
export const CODE_RHO_LIMIT = 0.93;

/**
 * Probability that light following an unrelated sequence reaches `CODE_RHO_LIMIT`, by number of colours, for the
 * palette that is easier to hit (`gentle`). It bounds guessing and replay of an old recording, not every attack.
 */
const FALSE_ACCEPT_BY_COLOURS: Readonly<Record<number, number>> = { 8: 6.1e-4, 10: 6.6e-5 };

/** Null for a number of colours that was never tabulated. */
export function falseAcceptAtThreshold(colours: number): number | null {
  return FALSE_ACCEPT_BY_COLOURS[colours] ?? null;
}
