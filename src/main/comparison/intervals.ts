/** A share with the limits that hold in 95 of 100 repetitions. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % point of the standard normal distribution. */
const Z95 = 1.959964;

/**
 * Wilson's score interval for `hits` of `trials` (E. B. Wilson, JASA 22, 1927): 95 %, two-sided, sensible near 0 and 1
 * where the textbook interval isn't. 0..1 when there were no trials.
 *
 * @throws when the counts aren't counts.
 */
export function wilsonInterval(hits: number, trials: number): Interval {
  requireCounts(hits, trials);
  if (trials === 0) return { low: 0, high: 1 };
  const share = hits / trials;
  const z2 = Z95 * Z95;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (Z95 / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  return {
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * The largest error rate that `errors` of `trials` leave credible, 95 % one-sided: Wilson's limit, and for no error at
 * all the exact one, 1 − 0.05^(1/n), which the rule of three rounds to 3/n.
 */
export function upperErrorRate(errors: number, trials: number): number {
  requireCounts(errors, trials);
  if (trials === 0) return 1;
  return errors === 0 ? 1 - 0.05 ** (1 / trials) : wilsonInterval(errors, trials).high;
}

/** Trials without which a rate of errors can't be claimed, by the rule of three: 30,000 for 1e-4. */
export function trialsNeededFor(rate: number): number {
  return Math.ceil(3 / rate - 1e-9);
}

/** What one subject adds to a share. */
export interface SubjectCount {
  readonly hits: number;
  readonly trials: number;
}

/**
 * A 95 % interval for a share whose trials come in groups: whole subjects are drawn again, because the pairs of one
 * person stand and fall together (ISO/IEC 19795-1 asks for it). Without trials 0..1; with one subject Wilson's interval.
 * Where nobody or everybody failed there is nothing to draw from: then each subject counts as one trial, and the exact
 * one-sided limit is taken.
 *
 * @param random 0 (included) to 1 (excluded).
 */
export function subjectBootstrapInterval(
  subjects: readonly SubjectCount[],
  random: () => number,
  rounds = 2_000,
): Interval {
  const counted = subjects.filter(({ trials }) => trials > 0);
  if (counted.length < 2) return wilsonInterval(counted[0]?.hits ?? 0, counted[0]?.trials ?? 0);
  const unanimous = 1 - upperErrorRate(0, counted.length);
  if (counted.every(({ hits, trials }) => hits === trials)) return { low: unanimous, high: 1 };
  if (counted.every(({ hits }) => hits === 0)) return { low: 0, high: 1 - unanimous };
  const shares = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let hits = 0;
    let trials = 0;
    for (let i = 0; i < counted.length; i++) {
      const drawn = counted[Math.floor(random() * counted.length)]!;
      hits += drawn.hits;
      trials += drawn.trials;
    }
    shares[round] = hits / trials;
  }
  shares.sort();
  return { low: shares[Math.floor(rounds * 0.025)]!, high: shares[Math.ceil(rounds * 0.975) - 1]! };
}

function requireCounts(hits: number, trials: number): void {
  if (Number.isInteger(hits) && Number.isInteger(trials) && hits >= 0 && hits <= trials) return;
  throw new Error(`${hits} of ${trials} is no count`);
}
