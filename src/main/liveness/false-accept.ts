/**
 * Least agreement with the challenge that counts as following it. Chosen between what the simulated person gives in
 * front of a real browser's flashing page (0.92–1.00 over 62 genuine runs on a loaded machine, at most 0.60 over 62
 * replays that no screen lights) and what 3,896 wrong sequences reach against the genuine runs (at most 0.76). No
 * recording of real people under a real screen is in these figures yet.
 */
export const CODE_RHO_LIMIT = 0.9;

/**
 * Probability that noise-free light following an unrelated sequence reaches `CODE_RHO_LIMIT`, by number of colours:
 * one-sided 95 % upper bounds of `tests/bench/light-false-accept.ts` (3 and 1 of 100,000 pairs, calibrated lag) for
 * the palette that is easier to hit, `gentle`. It bounds guessing and the replay of an old recording; it says
 * nothing of other attacks.
 */
const FALSE_ACCEPT_BY_COLOURS: Readonly<Record<number, number>> = { 8: 7.8e-5, 10: 4.8e-5 };

/** Null for a number of colours that was never tabulated. */
export function falseAcceptAtThreshold(colours: number): number | null {
  return FALSE_ACCEPT_BY_COLOURS[colours] ?? null;
}
