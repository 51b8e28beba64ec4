import type { ComparisonOutcome, FaceComparison, PairKind, ThresholdCurve } from '../../shared/domain/comparison.ts';

/** Maps cosine similarities to false accept rates, scores and outcomes, from one model's measured curves. */
export interface ThresholdTable {
  /**
   * The similarity from which on a pair is accepted at `far`. Infinite when the curve wasn't measured down to that
   * rate: then nothing is accepted, rather than more than was asked for.
   */
  thresholdFor(kind: PairKind, far: number): number;
  compare(similarity: number, kind: PairKind): FaceComparison;
  decide(similarity: number, kind: PairKind, far: number): ComparisonOutcome;
}

/** Pairs between this rate's threshold and the scene's are left to a clerk. */
export const GREY_BAND_FAR = 1e-3;

/** The 0–100 scale that cloud services use: score at 1 / rate in powers of ten. */
const SCORE_AT_EXPONENT = [
  [0, 0],
  [2, 60],
  [3, 80],
  [4, 90],
  [5, 95],
] as const;

interface Point {
  readonly cosine: number;
  readonly far: number;
}

/**
 * Builds the table; between measured points log10 of the rate is linear in the cosine, and below the first one it
 * runs to a rate of 1 at -1.
 *
 * @throws when a kind of pair has no curve.
 */
export function createThresholdTable(curves: readonly ThresholdCurve[]): ThresholdTable {
  const pointsOf = (kind: PairKind): readonly Point[] => {
    const curve = curves.find((candidate) => candidate.kind === kind);
    if (!curve) throw new Error(`no threshold curve for ${kind}`);
    return [{ cosine: -1, far: 1 }, ...curve.points.filter(({ cosine, far }) => cosine > -1 && far < 1)];
  };
  const points: Record<PairKind, readonly Point[]> = {
    'live-live': pointsOf('live-live'),
    'live-chip': pointsOf('live-chip'),
  };
  const thresholdFor = (kind: PairKind, far: number): number => cosineAt(points[kind], far);
  return {
    thresholdFor,
    compare: (similarity, kind) => ({
      similarity,
      score: scoreOf(points[kind], similarity),
      far: farAt(points[kind], similarity),
      kind,
    }),
    decide: (similarity, kind, far) => {
      if (similarity >= thresholdFor(kind, far)) return 'match';
      return similarity >= thresholdFor(kind, Math.max(far, GREY_BAND_FAR)) ? 'grey' : 'no-match';
    },
  };
}

function cosineAt(points: readonly Point[], far: number): number {
  if (far >= 1) return -1;
  const next = points.findIndex((point) => point.far <= far);
  if (next < 0) return Number.POSITIVE_INFINITY;
  const upper = points[next]!;
  const lower = points[next - 1] ?? upper;
  if (upper.far === far) return upper.cosine;
  return mix(Math.log10(far), Math.log10(lower.far), Math.log10(upper.far), lower.cosine, upper.cosine);
}

/** The rate at a similarity, never below the lowest measured one. */
function farAt(points: readonly Point[], similarity: number): number {
  const next = points.findIndex((point) => point.cosine >= similarity);
  if (next < 0) return points.at(-1)!.far;
  const upper = points[next]!;
  if (next === 0 || upper.cosine === similarity) return upper.far;
  const lower = points[next - 1]!;
  return 10 ** mix(similarity, lower.cosine, upper.cosine, Math.log10(lower.far), Math.log10(upper.far));
}

function scoreOf(points: readonly Point[], similarity: number): number {
  const last = points.at(-1)!;
  if (similarity <= last.cosine) return scoreAtFar(farAt(points, similarity));
  return mix(similarity, last.cosine, 1, scoreAtFar(last.far), 100);
}

function scoreAtFar(far: number): number {
  const exponent = Math.max(0, -Math.log10(far));
  const next = SCORE_AT_EXPONENT.findIndex(([at]) => at >= exponent);
  // Half of the way to 100 with every further power of ten, as from 80 to 90 to 95.
  if (next < 0) return 100 - 5 * 0.5 ** (exponent - 5);
  const [upperAt, upperScore] = SCORE_AT_EXPONENT[next]!;
  const [lowerAt, lowerScore] = SCORE_AT_EXPONENT[Math.max(0, next - 1)]!;
  return upperAt === lowerAt ? upperScore : mix(exponent, lowerAt, upperAt, lowerScore, upperScore);
}

/** The value at `x` on the line through (`x0`, `y0`) and (`x1`, `y1`). */
function mix(x: number, x0: number, x1: number, y0: number, y1: number): number {
  return x0 === x1 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
