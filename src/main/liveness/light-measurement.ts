import type { DisplayLog } from '../../shared/domain/challenge.ts';
import type { LightEvidence } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { correlateCode, logChroma, relativeToMedian, type CodeFit } from './code-correlation.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import { CODE_RHO_LIMIT, falseAcceptAtThreshold } from './false-accept.ts';
import type { LightSignals } from './light-recording.ts';
import { measureRelief } from './light-relief.ts';
import { luminanceOf, type LinearRgb } from '../../shared/domain/linear-light.ts';
import { measureRegionResponse } from './region-response.ts';
import type { FrameSignal } from './region-signals.ts';
import { buildStimulus, PLAIN_COLOUR_MATRIX, type ShownColours, type Stimulus } from './stimulus.ts';

export interface LagSearch {
  readonly minMs: number;
  readonly maxMs: number;
  readonly stepMs: number;
}

export interface LightOptions {
  /** Without one the screen's and the camera's colours are taken as the same. */
  readonly calibration?: TerminalCalibration | null;
  /** Every lag that is looked at; wider than the window that the judge accepts, so that a late answer shows. */
  readonly lagSearch?: LagSearch;
}

/** 0–560 ms by 8 ms: a webcam's 60–200 ms, and room to see a relay that comes later. */
export const DEFAULT_LAG_SEARCH: LagSearch = { minMs: 0, maxMs: 560, stepMs: 8 };

/** Each colour must be seen at least this often, else a sequence could pass on its other colours. */
const MIN_FRAMES_PER_COLOUR = 2;
/** Darker than this the background's own noise would rule the ratio. */
const MIN_BACKGROUND = 0.002;

function unmeasured(reason: ReasonCode, detail: string): LightEvidence {
  return { state: 'unmeasured', reason, detail };
}

/** Face over background in each frame; null where a frame has no usable background. */
export function ratioSeries(signals: readonly FrameSignal[]): LinearRgb[] | null {
  const ratios: LinearRgb[] = [];
  for (const { face, background } of signals) {
    if (!background || Math.min(...background) < MIN_BACKGROUND) return null;
    ratios.push([face[0] / background[0], face[1] / background[1], face[2] / background[2]]);
  }
  return relativeToMedian(ratios);
}

function coversEveryColour(signals: readonly FrameSignal[], stimulus: Stimulus, lagMs: number): boolean {
  return stimulus.edgesMs.slice(1).every((endMs, i) => {
    const beginMs = stimulus.edgesMs[i]!;
    const seen = signals.filter(({ capturedAtMs: t }) => t - lagMs >= beginMs && t - lagMs < endMs);
    return seen.length >= MIN_FRAMES_PER_COLOUR;
  });
}

function lagsOf({ minMs, maxMs, stepMs }: LagSearch): number[] {
  return Array.from({ length: 1 + Math.floor((maxMs - minMs) / stepMs) }, (_, i) => minMs + i * stepMs);
}

/** Mean rate over capture times in milliseconds, in order. */
export function framesPerSecondOf(timesMs: readonly number[]): number {
  const spanMs = (timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0);
  return (1_000 * (timesMs.length - 1)) / Math.max(spanMs, 1);
}

function timing(signals: readonly FrameSignal[]): { framesPerSecond: number; longestGapMs: number } {
  const timesMs = signals.map((signal) => signal.capturedAtMs);
  const gaps = timesMs.slice(1).map((timeMs, i) => timeMs - timesMs[i]!);
  return { framesPerSecond: framesPerSecondOf(timesMs), longestGapMs: Math.max(0, ...gaps) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Fits {
  readonly ratio: CodeFit | null;
  readonly chroma: CodeFit;
  readonly best: CodeFit;
}

function fitBoth(signals: readonly FrameSignal[], stimulus: Stimulus, lagsMs: readonly number[]): Fits | null {
  const timesMs = signals.map((signal) => signal.capturedAtMs);
  const colours = signals.map((signal) => logChroma(signal.face));
  const chroma = correlateCode({ timesMs, values: colours }, stimulus, 'chroma', lagsMs);
  if (!chroma) return null;
  const ratios = ratioSeries(signals);
  const ratio = ratios ? correlateCode({ timesMs, values: ratios }, stimulus, 'ratio', lagsMs) : null;
  return { ratio, chroma, best: ratio && ratio.rho >= chroma.rho ? ratio : chroma };
}

/**
 * Only at a lag at which the frames see every colour can they show agreement with all of them. Where they agree at
 * another lag only, it isn't another sequence that they show: too many frames were lost.
 */
function fitCovered(signals: readonly FrameSignal[], stimulus: Stimulus, search: LagSearch): Fits | null {
  const lagsMs = lagsOf(search);
  const covered = lagsMs.filter((lagMs) => coversEveryColour(signals, stimulus, lagMs));
  const fits = fitBoth(signals, stimulus, covered);
  if (!fits || fits.best.rho >= CODE_RHO_LIMIT || covered.length === lagsMs.length) return fits;
  const anywhere = fitBoth(signals, stimulus, lagsMs);
  return anywhere && anywhere.best.rho >= CODE_RHO_LIMIT ? null : fits;
}

/** Measures how the frames' light follows a challenge. Pure; the decision is `judgeLiveness`'s. */
export function measureLight(
  { frames: signals, patches, motion, faceless }: LightSignals,
  challenge: ShownColours,
  display: DisplayLog,
  options: LightOptions,
): LightEvidence {
  const search = options.lagSearch ?? DEFAULT_LAG_SEARCH;
  const stimulus = buildStimulus(challenge, display, options.calibration?.colourMatrix ?? PLAIN_COLOUR_MATRIX);
  if (!stimulus) return unmeasured('challenge.incomplete', 'the display log does not show the challenge');
  const fits = fitCovered(signals, stimulus, search);
  if (!fits) return unmeasured('capture.too-few-frames', `${signals.length} frames do not show every colour`);
  const { ratio, chroma, best } = fits;
  return {
    state: 'measured',
    rho: best.rho,
    ratioRho: ratio?.rho ?? null,
    chromaRho: chroma.rho,
    lagMs: best.lagMs,
    searchedLagMs: [search.minMs, search.maxMs],
    gain: best.gain,
    regionResponse: measureRegionResponse(signals, stimulus, best),
    falseAccept: falseAcceptAtThreshold(challenge.colours.length),
    relief: measureRelief(patches, stimulus, best),
    motion,
    faceless,
    frames: signals.length,
    ...timing(signals),
    faceLuminance: mean(signals.map((signal) => luminanceOf(signal.face))),
    saturated: mean(signals.map((signal) => signal.saturated)),
  };
}
