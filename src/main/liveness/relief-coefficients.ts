import type { ReliefCoefficients } from './relief-score.ts';

/**
 * Logistic model of `reliefScore`, fitted by `tests/accuracy/liveness/fit-relief.ts` on the development half of the
 * simulated corpus: 160 genuine clips against 36 each of flat and curved prints, paper masks, phones, tablets and
 * tinted relays, all whose noise is at most `MAX_REFUTING_NOISE`.
 */
export const RELIEF_COEFFICIENTS: ReliefCoefficients = {
  mean: [0.4493, 0.2272, -0.3389],
  deviation: [0.3561, 0.2304, 0.2665],
  weights: [1.9666, 1.3681, -0.4882],
  bias: 0.0067,
};

/** Least score of a face: in the middle, in the logistic's own scale, between carriers (99 % below 0.17) and faces. */
export const MIN_RELIEF = 0.5;

/**
 * Noise takes a face's score away and gives a sheet none: in more than the first a low score refutes nobody, in more
 * than the second a high one proves nothing either.
 */
export const MAX_REFUTING_NOISE = 0.12;
export const MAX_RELIEF_NOISE = 0.25;
