/** How regularly frames came. */
export interface FrameTiming {
  readonly frames: number;
  readonly medianMs: number;
  /** Mean distance of the intervals from their median, gaps left out. */
  readonly jitterMs: number;
  /** Share of intervals longer than one and a half of the median: frames that were dropped. */
  readonly gaps: number;
  /** More regular than the clock of any device that a host reads over a bus. */
  readonly even: boolean;
}

const LEAST_FRAMES = 30;
/** Chromium rounds capture times to 0.1 ms: computed times keep up to half of that, a device's add to it. */
const EVEN_BELOW_MS = 0.06;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Statistics of capture times; null with too few of them to say anything. Times that don't rise are left out. */
export function measureTiming(timesMs: readonly number[]): FrameTiming | null {
  const intervals = timesMs
    .slice(1)
    .map((time, i) => time - timesMs[i]!)
    .filter((interval) => interval > 0);
  if (intervals.length < LEAST_FRAMES) return null;
  const medianMs = median(intervals);
  const regular = intervals.filter((interval) => interval <= 1.5 * medianMs);
  const jitterMs = regular.reduce((sum, interval) => sum + Math.abs(interval - medianMs), 0) / regular.length;
  const gaps = 1 - regular.length / intervals.length;
  return { frames: intervals.length + 1, medianMs, jitterMs, gaps, even: jitterMs < EVEN_BELOW_MS };
}
