/**
 * Least agreement with the challenge that counts as following it: the least of 0.01 steps at which none of 60,000
 * pairs of unrelated sequences agrees, in either palette, at 15 and at 30 frames a second, over every lag that an
 * uncalibrated kiosk accepts. The 1st percentile of genuine simulated recordings is 0.955.
 */
export const CODE_RHO_LIMIT = 0.92;

/**
 * Probability that noise-free light following an unrelated sequence reaches `CODE_RHO_LIMIT`, by number of colours:
 * one-sided 95 % upper bounds of `tests/bench/light-false-accept.ts`, the worse of both palettes and both rates (none
 * of 60,000 pairs each, any lag from 40 to 300 ms). It bounds guessing and the replay of an old recording; it says
 * nothing of other attacks.
 */
const FALSE_ACCEPT_BY_COLOURS: Readonly<Record<number, number>> = { 10: 5e-5 };

/** Null for a number of colours that was never tabulated. */
export function falseAcceptAtThreshold(colours: number): number | null {
  return FALSE_ACCEPT_BY_COLOURS[colours] ?? null;
}
