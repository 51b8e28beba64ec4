import type { ReliefCoefficients } from './relief-score.ts';

/** Logistic model of `reliefScore`, and the limits that go with it. */
export const RELIEF_COEFFICIENTS: ReliefCoefficients = {
  mean: [0.4, 0.3, -0.15],
  deviation: [0.3, 0.4, 0.2],
  weights: [2, 2, -1],
  bias: 0,
};

/** Least score of a face. */
export const MIN_RELIEF = 0.5;
/** Above this standard error a score would be a matter of luck: nothing is decided. */
export const MAX_RELIEF_NOISE = 0.12;
