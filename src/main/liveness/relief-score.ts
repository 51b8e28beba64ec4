import { RELIEF_COEFFICIENTS } from './relief-coefficients.ts';

/** The three numbers that the score is made of; see `ReliefMeasurement`. */
export interface ReliefFeatures {
  readonly normalsShare: number;
  readonly normalCorrelation: number;
  readonly sideResponse: number;
}

/** A logistic model on standardised features. */
export interface ReliefCoefficients {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
  readonly weights: readonly [number, number, number];
  readonly bias: number;
}

/** The features in the order of the coefficients. */
export function featureVector(features: ReliefFeatures): readonly [number, number, number] {
  return [features.normalsShare, features.normalCorrelation, features.sideResponse];
}

/** 0–1: how much a face's answer is that of a relief. */
export function reliefScore(features: ReliefFeatures, model: ReliefCoefficients = RELIEF_COEFFICIENTS): number {
  const logit = featureVector(features).reduce(
    (sum, value, i) => sum + (model.weights[i]! * (value - model.mean[i]!)) / model.deviation[i]!,
    model.bias,
  );
  return 1 / (1 + Math.exp(-logit));
}
