/** Similarities of pairs of the same person and of different people, each sorted upwards. */
export interface ScoreSets {
  readonly genuine: Float64Array;
  readonly impostor: Float64Array;
}

/** One point of a curve: what happens when everything from `threshold` on is accepted. */
export interface OperatingPoint {
  readonly threshold: number;
  /** Share of different people accepted. */
  readonly falseAcceptRate: number;
  /** Share of same persons refused. */
  readonly falseRejectRate: number;
}

/**
 * Sorts both lists.
 *
 * @throws when a value isn't a finite number.
 */
export function scoreSets(genuine: Iterable<number>, impostor: Iterable<number>): ScoreSets {
  const sorted = (values: Iterable<number>): Float64Array => {
    const array = values instanceof Float64Array ? values.slice() : Float64Array.from(values);
    for (const value of array) if (!Number.isFinite(value)) throw new Error('a similarity is not a finite number');
    return array.sort();
  };
  return { genuine: sorted(genuine), impostor: sorted(impostor) };
}

/** How many of the sorted values are at least `threshold`. */
export function countAtLeast(sorted: Float64Array, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! >= threshold) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

/** The share of the sorted values that are at least `threshold`; 0 without values. */
export function acceptRate(sorted: Float64Array, threshold: number): number {
  return sorted.length === 0 ? 0 : countAtLeast(sorted, threshold) / sorted.length;
}

/**
 * The lowest threshold, as a whole number of `step`, at which no more than `far` of the impostors are accepted.
 *
 * @param step thresholds are rounded up to it, so that the table never promises more than was measured.
 * @throws without impostors.
 */
export function thresholdAtFar(impostor: Float64Array, far: number, step = 0.001): number {
  if (impostor.length === 0) throw new Error('no impostor scores');
  const allowed = Math.floor(far * impostor.length + 1e-9);
  if (allowed >= impostor.length) return Math.floor(impostor[0]! / step) * step;
  // The first score that has to be refused; anything above it will do.
  const refused = impostor[impostor.length - 1 - allowed]!;
  let units = Math.ceil(refused / step);
  while (countAtLeast(impostor, units * step) > allowed) units++;
  return units * step;
}

/** The threshold where most pairs are told right, and that share; the middle of the best gap between two scores. */
export function bestThreshold({ genuine, impostor }: ScoreSets): { threshold: number; accuracy: number } {
  const total = genuine.length + impostor.length;
  if (total === 0) throw new Error('no scores');
  const all = Float64Array.from([...genuine, ...impostor]).sort();
  let best = { threshold: all[0]!, right: genuine.length };
  for (let i = 1; i <= all.length; i++) {
    const below = all[i - 1]!;
    const above = all[i] ?? below + 1e-6;
    if (above === below) continue;
    const threshold = (below + above) / 2;
    const right = countAtLeast(genuine, threshold) + impostor.length - countAtLeast(impostor, threshold);
    if (right > best.right) best = { threshold, right };
  }
  return { threshold: best.threshold, accuracy: best.right / total };
}

/** A pair of a list that comes in folds. */
export interface FoldedScore {
  readonly similarity: number;
  readonly same: boolean;
  readonly fold: number;
}

/** Cross-validated accuracy: each fold is judged with the best threshold of all the others. */
export interface FoldedAccuracy {
  readonly mean: number;
  /** Standard deviation over the folds. */
  readonly deviation: number;
  readonly folds: readonly {
    readonly fold: number;
    readonly threshold: number;
    readonly accuracy: number;
    readonly pairs: number;
  }[];
}

/** Null with fewer than two folds: there is nothing left to choose a threshold on. */
export function foldedAccuracy(scores: readonly FoldedScore[]): FoldedAccuracy | null {
  const names = [...new Set(scores.map(({ fold }) => fold))].sort((a, b) => a - b);
  if (names.length < 2) return null;
  const folds = names.map((fold) => {
    const { threshold } = bestThreshold(setsOf(scores.filter((score) => score.fold !== fold)));
    const own = scores.filter((score) => score.fold === fold);
    const right = own.filter(({ similarity, same }) => similarity >= threshold === same).length;
    return { fold, threshold, accuracy: right / own.length, pairs: own.length };
  });
  const mean = folds.reduce((sum, { accuracy }) => sum + accuracy, 0) / folds.length;
  const variance = folds.reduce((sum, { accuracy }) => sum + (accuracy - mean) ** 2, 0) / (folds.length - 1);
  return { mean, deviation: Math.sqrt(variance), folds };
}

/** Splits scores by what they are of. */
export function setsOf(scores: readonly { readonly similarity: number; readonly same: boolean }[]): ScoreSets {
  const of = (same: boolean) => scores.filter((score) => score.same === same).map(({ similarity }) => similarity);
  return scoreSets(of(true), of(false));
}

/** The rate at which as many impostors pass as genuine pairs fail, between the two nearest points. */
export function equalErrorRate({ genuine, impostor }: ScoreSets): number {
  let low = -1;
  let high = 1;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (acceptRate(impostor, middle) > 1 - acceptRate(genuine, middle)) low = middle;
    else high = middle;
  }
  return (acceptRate(impostor, high) + 1 - acceptRate(genuine, high)) / 2;
}

/**
 * Points of the detection error trade-off curve, rising in threshold: rates evenly spread over the powers of ten that
 * the data supports, from 1 down to where three impostors are accepted.
 */
export function detCurve({ genuine, impostor }: ScoreSets, perDecade = 12): OperatingPoint[] {
  if (genuine.length === 0 || impostor.length === 0) return [];
  const decades = Math.max(0, Math.log10(impostor.length / 3));
  const points: OperatingPoint[] = [];
  for (let i = 1; i <= Math.floor(decades * perDecade + 1e-9); i++) {
    const threshold = thresholdAtFar(impostor, 10 ** (-i / perDecade), 1e-6);
    if (points.at(-1)?.threshold === threshold) continue;
    points.push({
      threshold,
      falseAcceptRate: acceptRate(impostor, threshold),
      falseRejectRate: 1 - acceptRate(genuine, threshold),
    });
  }
  return points;
}
