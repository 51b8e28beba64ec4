import type { BrightnessSample, ExposureStep } from '../../shared/domain/camera-challenge.ts';

export interface ExposureJudgement {
  readonly state: 'followed' | 'not-followed' | 'unmeasurable';
  /** Technical, for staff: what was found or what was missing. */
  readonly detail: string;
  /** Change of ln(brightness) over the change of ln(exposure); 1 for a linear camera. Null when not measured. */
  readonly response: number | null;
  /** From the command to the picture, at the best agreement. */
  readonly delayMs: number | null;
}

export interface ExposureExpectation {
  /** Screen to capture time of the calibrated terminal; a usual camera's without one. */
  readonly lagMs?: number | undefined;
}

const USUAL_LAG_MS = 150;
/** A command takes effect with the next frame or the one after. */
const FRAMES_TO_FOLLOW = 2;
const SEARCH_BEYOND_MS = 250;
const SEARCH_STEP_MS = 4;
/** A smaller step drowns in the movement of a person. */
const LEAST_STEP = Math.log(1 / 0.85);
/**
 * A camera's tone curve isn't exactly sRGB's and the rest of the scene may be dark: 0.45 (gamma read as linear) to 1.8.
 */
const RESPONSE = { min: 0.45, max: 1.8 };
/** Share of the picture's changes, slow drift apart, that the step has to explain. */
const LEAST_EXPLAINED = 0.6;
/** The expected step has to stand out of what is left by so many standard errors. */
const LEAST_CONTRAST = 4;
const LUMINANCE = { min: 0.01, max: 0.9 };
const LEAST_FRAMES = { held: 2, others: 8 };

interface Fit {
  readonly delayMs: number;
  readonly change: number;
  readonly explained: number;
  /** Standard error of `change`. */
  readonly error: number;
}

/** Removes the mean and the linear drift. */
function withoutDrift(timesMs: readonly number[], values: readonly number[]): number[] {
  const count = values.length;
  const middle = timesMs.reduce((sum, time) => sum + time, 0) / count;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const power = timesMs.reduce((sum, time) => sum + (time - middle) ** 2, 0);
  const slope = power === 0 ? 0 : timesMs.reduce((sum, time, i) => sum + (time - middle) * values[i]!, 0) / power;
  return values.map((value, i) => value - mean - slope * (timesMs[i]! - middle));
}

function fitAt(samples: readonly BrightnessSample[], step: ExposureStep, delayMs: number): Fit | null {
  const timesMs = samples.map(({ capturedAtMs }) => capturedAtMs);
  const held = timesMs.map((time) => Number(time >= step.steppedAtMs + delayMs && time < step.returnedAtMs + delayMs));
  const heldFrames = held.filter(Boolean).length;
  if (heldFrames < LEAST_FRAMES.held || samples.length - heldFrames < LEAST_FRAMES.others) return null;
  const seen = withoutDrift(
    timesMs,
    samples.map(({ luminance }) => Math.log(luminance)),
  );
  const wanted = withoutDrift(timesMs, held);
  const power = wanted.reduce((sum, value) => sum + value ** 2, 0);
  const total = seen.reduce((sum, value) => sum + value ** 2, 0);
  const change = wanted.reduce((sum, value, i) => sum + value * seen[i]!, 0) / power;
  const left = Math.max(0, total - change ** 2 * power);
  const error = Math.sqrt(left / Math.max(1, samples.length - 3) / power);
  return { delayMs, change, explained: total === 0 ? 0 : 1 - left / total, error };
}

function bestFit(samples: readonly BrightnessSample[], step: ExposureStep, untilMs: number): Fit | null {
  let best: Fit | null = null;
  for (let delayMs = 0; delayMs <= untilMs; delayMs += SEARCH_STEP_MS) {
    const fit = fitAt(samples, step, delayMs);
    if (fit && (best === null || fit.explained > best.explained)) best = fit;
  }
  return best;
}

function intervalOf(samples: readonly BrightnessSample[]): number {
  const first = samples[0]!.capturedAtMs;
  return (samples.at(-1)!.capturedAtMs - first) / Math.max(1, samples.length - 1);
}

const unmeasurable = (detail: string): ExposureJudgement => ({
  state: 'unmeasurable',
  detail,
  response: null,
  delayMs: null,
});

/**
 * Whether the brightness of a picture followed a step of the camera's exposure and its return: at the right time, by
 * about the right ratio. `samples` in any order, linear light. A picture that is too dark, too bright, too restless or
 * too short is unmeasurable, which is neither.
 */
export function judgeExposureStep(
  given: readonly BrightnessSample[],
  step: ExposureStep,
  { lagMs = USUAL_LAG_MS }: ExposureExpectation = {},
): ExposureJudgement {
  const samples = given
    .filter(({ capturedAtMs, luminance }) => Number.isFinite(capturedAtMs) && luminance > 0 && luminance <= 1)
    .toSorted((a, b) => a.capturedAtMs - b.capturedAtMs);
  const expected = Math.log(step.exposureHeld / step.exposureBefore);
  if (!(Math.abs(expected) >= LEAST_STEP)) return unmeasurable('the camera took too small a step');
  if (!(step.returnedAtMs > step.steppedAtMs)) return unmeasurable('the step has no length');
  if (samples.length < LEAST_FRAMES.held + LEAST_FRAMES.others) return unmeasurable(`${samples.length} frames`);
  const mean = samples.reduce((sum, { luminance }) => sum + luminance, 0) / samples.length;
  if (mean < LUMINANCE.min || mean > LUMINANCE.max) return unmeasurable('the picture is too dark or too bright');

  const latestMs = lagMs + FRAMES_TO_FOLLOW * intervalOf(samples);
  const fit = bestFit(samples, step, latestMs + SEARCH_BEYOND_MS);
  if (!fit) return unmeasurable('the frames do not show the step');
  const response = fit.change / expected;
  const measured = { response, delayMs: fit.delayMs };
  const follows = response >= RESPONSE.min && response <= RESPONSE.max && fit.explained >= LEAST_EXPLAINED;
  if (follows && fit.delayMs <= latestMs) return { state: 'followed', detail: 'the picture followed', ...measured };
  if (Math.abs(expected) < LEAST_CONTRAST * fit.error) {
    return { state: 'unmeasurable', detail: 'the picture is too restless', ...measured };
  }
  const late = follows ? `${fit.delayMs} ms late` : `${(100 * response).toFixed(0)} % of the expected change`;
  return { state: 'not-followed', detail: late, ...measured };
}
