/** Coefficients of P. J. Acklam's rational approximation (2003); its relative error is below 1.15e-9. */
const CENTRE = {
  above: [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ],
  below: [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
} as const;
const TAIL = {
  above: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  below: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
} as const;
const TAIL_STARTS = 0.02425;

/**
 * The value below which a standard normal variable lies with this probability: the scale of a detection error
 * trade-off plot, on which normally distributed scores give a straight line.
 *
 * @throws unless 0 < probability < 1.
 */
export function normalDeviate(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new Error(`no deviate for a probability of ${probability}`);
  if (probability < TAIL_STARTS) return tail(probability);
  if (probability > 1 - TAIL_STARTS) return -tail(1 - probability);
  const offset = probability - 0.5;
  const square = offset * offset;
  return (polynomial(CENTRE.above, square) * offset) / polynomial(CENTRE.below, square);
}

function tail(probability: number): number {
  const root = Math.sqrt(-2 * Math.log(probability));
  return polynomial(TAIL.above, root) / polynomial(TAIL.below, root);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
