import type { Interval } from '../../src/main/comparison/intervals.ts';
import { trialsNeededFor } from '../../src/main/comparison/intervals.ts';
import type { PresentationErrors, SpeciesErrors } from '../../src/main/comparison/presentation-errors.ts';
import type { PairEvaluation } from './pair-evaluation.ts';
import type { PresentationEvaluation } from './presentation-evaluation.ts';

/** The rates that people ask for; the table in between is in `summary.json`. */
const PRINTED_RATES: readonly number[] = [1e-2, 1e-3, 1e-4, 1e-5];

/** One kind of pair in lines for a terminal. */
export function pairLines(evaluation: PairEvaluation): string[] {
  const { listed, rates, unsupported } = evaluation;
  const lines = [
    `== ${evaluation.kind}`,
    `images ${evaluation.images} of ${evaluation.subjects ?? 'unnamed'} subjects; without a face ${evaluation.withoutFace}, unreadable ${evaluation.unreadable}`,
    `listed pairs ${listed.pairs} (${listed.refusedWithoutFace} refused for want of a face): ` +
      `${percent(listed.best.accuracy)} at the best threshold ${listed.best.threshold.toFixed(3)}`,
  ];
  if (listed.folded) {
    const { mean, deviation, folds } = listed.folded;
    lines.push(
      `over ${folds.length} folds, threshold from the others: ${percent(mean)} ± ${percent(deviation)} (standard deviation)`,
    );
  }
  lines.push(
    `${evaluation.scored === 'cross' ? 'all cross pairs' : 'listed pairs'}: ` +
      `${evaluation.genuinePairs} same, ${evaluation.impostorPairs} different` +
      (evaluation.equalErrorRate === null ? '' : `; equal error rate ${percent(evaluation.equalErrorRate)}`),
  );
  for (const rate of rates.filter(({ far }) => PRINTED_RATES.includes(far))) {
    lines.push(
      `  FAR ${exponent(rate.far)}: TAR ${percent(rate.trueAcceptRate)} ${between(rate.trueAcceptInterval)} ` +
        `at ${rate.threshold.toFixed(3)}; measured FAR ${exponent(rate.measuredFar)} ` +
        `(${exponent(rate.falseAcceptInterval.low)} to ${exponent(rate.falseAcceptInterval.high)})`,
    );
  }
  for (const far of unsupported) {
    lines.push(`  FAR ${exponent(far)}: not claimed, it needs ${trialsNeededFor(far)} different-person pairs`);
  }
  return lines;
}

/** The spoof model by itself in lines for a terminal. */
export function presentationLines({ presentations, frames, subjects, errors }: PresentationEvaluation): string[] {
  return [
    '== spoof model alone (no light challenge)',
    `${presentations} presentations, ${frames} frames, ${subjects} subjects`,
    ...errors.flatMap(errorLines),
  ];
}

function errorLines({ threshold, attacks, live, worstAttackRate, averageErrorRate }: PresentationErrors): string[] {
  return [
    `live from ${threshold} on: ` +
      `worst APCER ${worstAttackRate === null ? 'not measured' : percent(worstAttackRate)}, ` +
      `BPCER ${live === null ? 'not measured' : percent(live.rate)}, ` +
      `ACER ${averageErrorRate === null ? 'not measured' : percent(averageErrorRate)}`,
    ...attacks.map((one) => `  APCER ${one.species}: ${counted(one)}`),
    ...(live ? [`  BPCER: ${counted(live)}`] : []),
  ];
}

function counted({ errors, presentations, interval, upperLimit, withoutFace }: SpeciesErrors): string {
  if (withoutFace === presentations) return `not measured, no face was found in any of ${presentations}`;
  const missing = withoutFace === 0 ? '' : `, ${withoutFace} without a face`;
  const limit = errors === 0 ? `at most ${percent(upperLimit)}` : between(interval);
  return `${errors} of ${presentations}, ${limit}${missing}`;
}

function between({ low, high }: Interval): string {
  return `(${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function exponent(rate: number): string {
  return rate === 0 ? '0' : rate.toExponential(1).replace('.0e', 'e');
}
