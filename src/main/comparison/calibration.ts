import type { PairKind, ThresholdCurve } from '../../shared/domain/comparison.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { trialsNeededFor, subjectBootstrapInterval, wilsonInterval, type Interval } from './intervals.ts';
import { acceptRate, countAtLeast, scoreSets, thresholdAtFar, type ScoreSets } from './roc.ts';

/** One comparison whose truth is known. */
export interface KnownScore {
  /** Cosine similarity, -1..1. */
  readonly similarity: number;
  readonly same: boolean;
  /** Whose pair it is, so that pairs of one person are not counted as independent; unknown when null. */
  readonly subject: string | null;
}

/** What was found at one rate of a table. */
export interface MeasuredRate {
  readonly far: number;
  readonly threshold: number;
  readonly trueAcceptRate: number;
  readonly trueAcceptInterval: Interval;
  /** The rate really measured at the rounded threshold; at most `far`. */
  readonly measuredFar: number;
  readonly falseAcceptInterval: Interval;
}

export interface Calibration {
  readonly kind: PairKind;
  readonly genuineCount: number;
  readonly impostorCount: number;
  /** Known subjects; null when none were named. */
  readonly subjectCount: number | null;
  readonly rates: readonly MeasuredRate[];
  /** Rates of the table that the data can't support, with the impostor scores each would need. */
  readonly unsupported: readonly { readonly far: number; readonly impostorsNeeded: number }[];
  readonly warnings: readonly string[];
}

/** Rates of a threshold table, falling. */
export const TABLE_RATES = [0.5, 0.1, 0.05, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5] as const;

/** Fewer than these and no table is made: a rate of 1e-2 can't be supported, or a true accept rate not to ±6 points. */
export const FEWEST_IMPOSTORS = 300;
export const FEWEST_GENUINE = 100;

/** FIDO's biometric requirements ask for at least this many people; below it the report says so. */
const ADVISED_SUBJECTS = 123;
/** The kiosk decides at this rate unless a scene says otherwise. */
const USUAL_FAR = 1e-4;

/**
 * Makes a threshold table from scores whose truth is known. A rate is only in it when the rule of three supports it:
 * at least 3/rate impostor scores.
 *
 * @param random for the bootstrap over subjects.
 * @returns `request.invalid` when there are too few scores, when genuine pairs score no higher than impostors, or when
 *   all scores are about the same.
 */
export function calibrate(
  scores: readonly KnownScore[],
  kind: PairKind,
  random: () => number,
): Result<Calibration, Failure> {
  const genuine = scores.filter(({ same }) => same);
  const impostor = scores.filter(({ same }) => !same);
  if (genuine.length < FEWEST_GENUINE || impostor.length < FEWEST_IMPOSTORS) {
    const found = `${genuine.length} same-person and ${impostor.length} different-person scores`;
    return err(failure('request.invalid', `${found}; at least ${FEWEST_GENUINE} and ${FEWEST_IMPOSTORS} are needed`));
  }
  const similarity = (list: readonly KnownScore[]) => list.map((score) => score.similarity);
  const sets = scoreSets(similarity(genuine), similarity(impostor));
  const half = (sorted: Float64Array): number => sorted[sorted.length >> 1]!;
  if (half(sets.genuine) <= half(sets.impostor)) {
    return err(failure('request.invalid', 'same persons score no higher than different ones: is the column right?'));
  }
  const supported = TABLE_RATES.filter((far) => sets.impostor.length >= trialsNeededFor(far));
  const rates = strictlyRising(supported.map((far) => measuredRate(sets, genuine, far, random)));
  if (rates.length < 2) return err(failure('request.invalid', 'the scores are too much alike for a table'));
  const unsupported = TABLE_RATES.filter((far) => !supported.includes(far)).map((far) => ({
    far,
    impostorsNeeded: trialsNeededFor(far),
  }));
  const subjects = new Set(genuine.flatMap(({ subject }) => (subject === null ? [] : [subject]))).size;
  const counts = { genuineCount: genuine.length, impostorCount: impostor.length, subjectCount: subjects || null };
  return ok({ kind, ...counts, rates, unsupported, warnings: warningsFor(rates, unsupported, subjects) });
}

/** Scores in groups by subject; those without one stand for themselves. */
export function countsBySubject(
  genuine: readonly KnownScore[],
  threshold: number,
): { readonly hits: number; readonly trials: number }[] {
  const bySubject = new Map<string | symbol, { hits: number; trials: number }>();
  for (const { similarity, subject } of genuine) {
    const key = subject ?? Symbol();
    const count = bySubject.get(key) ?? { hits: 0, trials: 0 };
    count.trials++;
    if (similarity >= threshold) count.hits++;
    bySubject.set(key, count);
  }
  return [...bySubject.values()];
}

/** The table in the form of the model manifest. */
export function thresholdCurve(calibration: Calibration, measured: string): ThresholdCurve {
  return {
    kind: calibration.kind,
    measured,
    points: calibration.rates.map(({ far, threshold, trueAcceptRate }) => ({
      far,
      cosine: Number(threshold.toFixed(3)),
      trueAcceptRate: Number(trueAcceptRate.toFixed(4)),
    })),
  };
}

/** What the scores say about one rate; the true accept rate at the threshold rounded up to three digits. */
export function measuredRate(
  sets: ScoreSets,
  genuine: readonly KnownScore[],
  far: number,
  random: () => number,
): MeasuredRate {
  const threshold = Math.min(1, Math.max(-0.999, thresholdAtFar(sets.impostor, far)));
  return {
    far,
    threshold,
    trueAcceptRate: acceptRate(sets.genuine, threshold),
    trueAcceptInterval: subjectBootstrapInterval(countsBySubject(genuine, threshold), random),
    measuredFar: acceptRate(sets.impostor, threshold),
    falseAcceptInterval: wilsonInterval(countAtLeast(sets.impostor, threshold), sets.impostor.length),
  };
}

/** Rates that the rounded thresholds can't tell apart are one: the lower stays. */
function strictlyRising(rates: readonly MeasuredRate[]): MeasuredRate[] {
  return rates.filter((rate, i) => i === rates.length - 1 || rates[i + 1]!.threshold > rate.threshold);
}

function warningsFor(
  rates: readonly MeasuredRate[],
  unsupported: Calibration['unsupported'],
  subjects: number,
): string[] {
  const warnings = unsupported.map(
    ({ far, impostorsNeeded }) =>
      `A rate of ${far} can't be claimed: it needs at least ${impostorsNeeded} different-person scores.`,
  );
  if (unsupported.some(({ far }) => far >= USUAL_FAR)) {
    warnings.push(
      `With this table a scene that decides at ${USUAL_FAR} accepts nobody by itself: all go to the clerk.`,
    );
  }
  if (subjects === 0) warnings.push('No subjects are named: intervals treat every pair as independent, so are narrow.');
  else if (subjects < ADVISED_SUBJECTS) {
    warnings.push(`Only ${subjects} subjects with same-person scores; at least ${ADVISED_SUBJECTS} are advised.`);
  }
  if (rates.some(({ threshold }) => threshold >= 1))
    warnings.push('A different-person score of 1: the labels may be wrong.');
  return warnings;
}
