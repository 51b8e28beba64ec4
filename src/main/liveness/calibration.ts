import { NEUTRAL_RGB, type DisplayLog, type LightChallenge } from '../../shared/domain/challenge.ts';
import { luminanceOf, toLinear, type LinearRgb } from '../../shared/domain/linear-light.ts';
import type { LightFrame } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import { failure, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { alignAtLag, relativeToMedian } from './code-correlation.ts';
import { DEFAULT_LAG_SEARCH, framesPerSecondOf, ratioSeries } from './light-measurement.ts';
import { median } from './median.ts';
import { measureFrame, type FrameSignal } from './region-signals.ts';
import { buildStimulus, PLAIN_COLOUR_MATRIX, type ColourMatrix, type Stimulus } from './stimulus.ts';
import { solveSymmetric } from './weighted-fit.ts';

/** One played light challenge and what the camera saw of a face, or of a white card in its place. */
export interface CalibrationRecording {
  readonly challenge: LightChallenge;
  readonly display: DisplayLog;
  readonly frames: readonly LightFrame[];
}

/** What a terminal learns from its recordings. */
export type MeasuredTerminal = Pick<
  TerminalCalibration,
  'lagMs' | 'lagSpreadMs' | 'colourMatrix' | 'gain' | 'framesPerSecond'
>;

export const LEAST_RECORDINGS = 3;
/** Below this agreement it wasn't the screen that lit the card, or something else did too. */
const LEAST_RHO = 0.92;
const LEAST_GAIN = 0.01;
const MOST_SATURATED = 0.1;
/** The lag has to be known far better than the judge's window of 45 ms. */
const LARGEST_LAG_SPREAD_MS = 40;
/** Largest difference between two runs' colour matrices, entry by entry. */
const LARGEST_COLOUR_SPREAD = 0.2;
const FINE_STEP_MS = 1;
const WHITE_OVER_GREY = 1 - luminanceOf(toLinear(NEUTRAL_RGB));

interface Run {
  readonly lagMs: number;
  readonly rho: number;
  /** Answer of each camera channel to each screen primary. */
  readonly answer: readonly [LinearRgb, LinearRgb, LinearRgb];
  readonly framesPerSecond: number;
}

function refused(code: FailureCode, detail: string): Result<never, Failure> {
  return err(failure(code, detail));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Every channel as a free mixture of the screen's primaries: nothing is assumed of the camera's colours. */
function fitAt(
  timesMs: readonly number[],
  values: readonly LinearRgb[],
  stimulus: Stimulus,
  lagMs: number,
): Omit<Run, 'framesPerSecond'> | null {
  const aligned = alignAtLag(timesMs, stimulus, lagMs);
  if (!aligned) return null;
  const { light } = aligned;
  const power = Float64Array.from({ length: 9 }, (_, i) => dot(light[Math.floor(i / 3)]!, light[i % 3]!));
  let [total, explained] = [1e-12, 0];
  const rows: LinearRgb[] = [];
  for (const seen of aligned.project(values)) {
    const both = Float64Array.from(light, (column) => dot(column, seen));
    const answer = solveSymmetric(power, both);
    if (!answer) return null;
    total += dot(seen, seen);
    explained += dot(answer, both);
    rows.push([answer[0]!, answer[1]!, answer[2]!]);
  }
  const rho = Math.sqrt(Math.max(0, explained / total));
  return { lagMs, rho, answer: [rows[0]!, rows[1]!, rows[2]!] };
}

function bestFit(timesMs: readonly number[], values: readonly LinearRgb[], stimulus: Stimulus) {
  const { minMs, maxMs, stepMs } = DEFAULT_LAG_SEARCH;
  const bestOf = (fromMs: number, toMs: number, byMs: number) => {
    let best: Omit<Run, 'framesPerSecond'> | null = null;
    for (let lagMs = fromMs; lagMs <= toMs; lagMs += byMs) {
      const fit = fitAt(timesMs, values, stimulus, lagMs);
      if (fit && fit.rho > (best?.rho ?? -1)) best = fit;
    }
    return best;
  };
  const coarse = bestOf(minMs, maxMs, stepMs);
  return coarse && bestOf(Math.max(0, coarse.lagMs - stepMs), coarse.lagMs + stepMs, FINE_STEP_MS);
}

function signalsOf(frames: readonly LightFrame[]): FrameSignal[] | null {
  const signals: FrameSignal[] = [];
  for (const frame of frames) {
    const signal = measureFrame(frame);
    if (!signal || frame.capturedAtMs < (signals.at(-1)?.capturedAtMs ?? -Infinity)) return null;
    if (frame.capturedAtMs !== signals.at(-1)?.capturedAtMs) signals.push(signal);
  }
  return signals;
}

function measureRun({ challenge, display, frames }: CalibrationRecording, run: number): Result<Run, Failure> {
  const name = `recording ${run + 1}`;
  const signals = signalsOf(frames);
  if (!signals) return refused('request.invalid', `${name} has a malformed frame`);
  const stimulus = buildStimulus(challenge, display, PLAIN_COLOUR_MATRIX);
  if (!stimulus) return refused('challenge.incomplete', `${name} does not show the whole challenge`);
  const saturated = signals.reduce((sum, signal) => sum + signal.saturated, 0) / Math.max(signals.length, 1);
  if (saturated > MOST_SATURATED) return refused('capture.too-bright', `${name} is overexposed`);
  const timesMs = signals.map(({ capturedAtMs }) => capturedAtMs);
  const values = ratioSeries(signals) ?? relativeToMedian(signals.map(({ face }) => face));
  const fit = bestFit(timesMs, values, stimulus);
  if (!fit) return refused('capture.too-few-frames', `${name} has ${signals.length} frames`);
  if (fit.rho < LEAST_RHO) {
    return refused('liveness.code-mismatch', `${name} does not follow the screen: ${fit.rho.toFixed(2)}`);
  }
  if (Math.min(...fit.answer.map(gainOf)) < LEAST_GAIN) {
    return refused('capture.too-bright', `${name}: the screen hardly lights what is in front of it`);
  }
  return ok({ ...fit, framesPerSecond: framesPerSecondOf(timesMs) });
}

/** A channel's answer to all primaries together: to white. */
function gainOf(row: LinearRgb): number {
  return row[0] + row[1] + row[2];
}

function matrixOf({ answer }: Run): ColourMatrix {
  const share = (row: LinearRgb): LinearRgb => [row[0] / gainOf(row), row[1] / gainOf(row), row[2] / gainOf(row)];
  return [share(answer[0]), share(answer[1]), share(answer[2])];
}

function meanMatrix(matrices: readonly ColourMatrix[]): ColourMatrix {
  const entry = (r: 0 | 1 | 2, c: 0 | 1 | 2): number =>
    matrices.reduce((sum, matrix) => sum + matrix[r][c], 0) / matrices.length;
  const row = (r: 0 | 1 | 2): LinearRgb => [entry(r, 0), entry(r, 1), entry(r, 2)];
  return [row(0), row(1), row(2)];
}

function largestDistance(matrices: readonly ColourMatrix[], centre: ColourMatrix): number {
  return Math.max(
    ...matrices.flatMap((matrix) => matrix.flatMap((row, r) => row.map((v, c) => Math.abs(v - centre[r]![c]!)))),
  );
}

/**
 * What three or more light challenges in front of a face or a white card say of a terminal: how late its camera sees
 * its screen, and in which colours. Refused, with the reason in words, when a recording can't be measured, when the
 * screen's light hardly shows, or when the recordings contradict each other.
 */
export function calibrate(recordings: readonly CalibrationRecording[]): Result<MeasuredTerminal, Failure> {
  if (recordings.length < LEAST_RECORDINGS) {
    return refused('request.invalid', `${recordings.length} recordings; ${LEAST_RECORDINGS} are needed`);
  }
  const runs: Run[] = [];
  for (const [i, recording] of recordings.entries()) {
    const run = measureRun(recording, i);
    if (!run.ok) return run;
    runs.push(run.value);
  }
  const lagMs = median(runs.map((run) => run.lagMs))!;
  const lagSpreadMs = Math.max(...runs.map((run) => Math.abs(run.lagMs - lagMs)));
  if (lagSpreadMs > LARGEST_LAG_SPREAD_MS) {
    return refused('liveness.late-response', `the lags differ by ${Math.round(lagSpreadMs)} ms from each other`);
  }
  const matrices = runs.map(matrixOf);
  const colourMatrix = meanMatrix(matrices);
  const colourSpread = largestDistance(matrices, colourMatrix);
  if (colourSpread > LARGEST_COLOUR_SPREAD) {
    return refused('liveness.code-mismatch', `the colours differ by ${colourSpread.toFixed(2)} from each other`);
  }
  const gain = (c: 0 | 1 | 2): number => WHITE_OVER_GREY * median(runs.map((run) => gainOf(run.answer[c])))!;
  return ok({
    lagMs,
    lagSpreadMs,
    colourMatrix,
    gain: [gain(0), gain(1), gain(2)],
    framesPerSecond: median(runs.map((run) => run.framesPerSecond))!,
  });
}
