import type { LinearRgb } from '../../shared/domain/linear-light.ts';
import { median } from './median.ts';
import type { Stimulus } from './stimulus.ts';

/** Three channels over time. */
export interface ColourSeries {
  readonly timesMs: readonly number[];
  readonly values: readonly LinearRgb[];
}

/** How well a series follows a stimulus at one lag. */
export interface CodeFit {
  /** √R² of the series explained by the stimulus with gains ≥ 0 after removing slow drift; 0–1. */
  readonly rho: number;
  readonly lagMs: number;
  readonly gain: LinearRgb;
}

/** Half of the time over which a frame gathers light, at a usual indoor exposure. */
const HALF_EXPOSURE_MS = 12;
/** A lag that leaves fewer frames, or a smaller share of them, under known light isn't scored. */
const MIN_FRAMES = 24;
const MIN_SHARE = 0.6;
const TINY = 1e-12;

type Columns = readonly [Float64Array, Float64Array, Float64Array];

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Orthonormal basis of {1, t, t²} over the given times: what exposure, white balance and ambient light do slowly. */
function driftBasis(timesMs: readonly number[]): readonly Float64Array[] {
  const first = timesMs[0] ?? 0;
  const half = Math.max(((timesMs.at(-1) ?? 0) - first) / 2, 1);
  const basis: Float64Array[] = [];
  for (let power = 0; power < 3; power++) {
    const column = Float64Array.from(timesMs, (time) => ((time - first) / half - 1) ** power);
    for (const earlier of basis) subtract(column, earlier, dot(column, earlier));
    const norm = Math.sqrt(dot(column, column));
    if (norm > TINY) basis.push(column.map((value) => value / norm));
  }
  return basis;
}

function subtract(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! -= factor * source[i]!;
}

function columnsOf(rows: readonly LinearRgb[]): Columns {
  const column = (channel: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row[channel]);
  return [column(0), column(1), column(2)];
}

/** The frames that are under known light at a lag, and that light, drift removed. */
export interface Alignment {
  readonly light: Columns;
  /** A series' columns at the same frames, drift removed. `values` has a row for each of the times. */
  project(values: readonly LinearRgb[]): Columns;
}

/** Null when too few frames are under known light at that lag. */
export function alignAtLag(timesMs: readonly number[], stimulus: Stimulus, lagMs: number): Alignment | null {
  const chosen: number[] = [];
  const lightRows: LinearRgb[] = [];
  timesMs.forEach((timeMs, i) => {
    const light = stimulus.over(timeMs - lagMs - HALF_EXPOSURE_MS, timeMs - lagMs + HALF_EXPOSURE_MS);
    if (!light) return;
    chosen.push(i);
    lightRows.push(light);
  });
  if (chosen.length < Math.max(MIN_FRAMES, MIN_SHARE * timesMs.length)) return null;
  const basis = driftBasis(chosen.map((i) => timesMs[i]!));
  const withoutDrift = (rows: readonly LinearRgb[]): Columns => {
    const columns = columnsOf(rows);
    for (const column of columns) for (const drift of basis) subtract(column, drift, dot(column, drift));
    return columns;
  };
  return { light: withoutDrift(lightRows), project: (values) => withoutDrift(chosen.map((i) => values[i]!)) };
}

/** Each channel has its own gain: for a ratio signal. */
function fitChannels(seen: Columns, light: Columns): Omit<CodeFit, 'lagMs'> {
  let total = 0;
  let explained = 0;
  const gain: [number, number, number] = [0, 0, 0];
  seen.forEach((column, channel) => {
    const against = light[channel]!;
    const power = dot(against, against) + TINY;
    const both = dot(column, against);
    gain[channel] = Math.max(0, both / power);
    total += dot(column, column);
    explained += Math.max(0, both) ** 2 / power;
  });
  return { rho: Math.sqrt(explained / (total + TINY)), gain };
}

/** One gain for all channels, of the stimulus without its brightness: for a chroma signal. */
function fitChroma(seen: Columns, light: Columns): Omit<CodeFit, 'lagMs'> {
  const brightness = light[0].map((value, i) => (value + light[1][i]! + light[2][i]!) / 3);
  let total = 0;
  let both = 0;
  let power = TINY;
  seen.forEach((column, channel) => {
    const against = light[channel]!.map((value, i) => value - brightness[i]!);
    total += dot(column, column);
    both += dot(column, against);
    power += dot(against, against);
  });
  const gain = Math.max(0, both / power);
  return { rho: Math.sqrt(Math.max(0, both) ** 2 / power / (total + TINY)), gain: [gain, gain, gain] };
}

/**
 * Best fit of a series to a stimulus over the given lags. Null when no lag leaves enough frames.
 * `kind` is `ratio` for face over background (cancels exposure, white balance, ambient light and flicker common to
 * both) and `chroma` for the face's colour alone (cancels exposure only).
 */
export function correlateCode(
  series: ColourSeries,
  stimulus: Stimulus,
  kind: 'ratio' | 'chroma',
  lagsMs: readonly number[],
): CodeFit | null {
  let best: CodeFit | null = null;
  for (const lagMs of lagsMs) {
    const aligned = alignAtLag(series.timesMs, stimulus, lagMs);
    if (!aligned) continue;
    const fit = (kind === 'ratio' ? fitChannels : fitChroma)(aligned.project(series.values), aligned.light);
    if (!best || fit.rho > best.rho) best = { ...fit, lagMs };
  }
  return best;
}

/** Rows divided by each channel's median, so that a gain reads as a relative change. */
export function relativeToMedian(rows: readonly LinearRgb[]): LinearRgb[] {
  const centre = ([0, 1, 2] as const).map((channel) => Math.max(median(rows.map((row) => row[channel])) ?? 0, TINY));
  return rows.map(([r, g, b]) => [r / centre[0]!, g / centre[1]!, b / centre[2]!]);
}

/** ln of each channel less the mean of the three: the face's colour without its brightness. */
export function logChroma([r, g, b]: LinearRgb): LinearRgb {
  const logs = [Math.log(r + 1e-4), Math.log(g + 1e-4), Math.log(b + 1e-4)] as const;
  const mean = (logs[0] + logs[1] + logs[2]) / 3;
  return [logs[0] - mean, logs[1] - mean, logs[2] - mean];
}
