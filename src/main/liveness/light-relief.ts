import { CANONICAL_NORMALS, CANONICAL_VERTICES } from '../../shared/domain/canonical-face.ts';
import type { ReliefMeasurement } from '../../shared/domain/liveness.ts';
import type { LinearRgb } from '../../shared/domain/linear-light.ts';
import { alignAtLag, type Alignment, type CodeFit } from './code-correlation.ts';
import { EYE_SAMPLES_FROM, SAMPLE_COUNT, SAMPLED_POINTS } from './light-patches.ts';
import { median } from './median.ts';
import { reliefScore } from './relief-score.ts';
import { SIDE_POINTS, SKIN_POINTS } from './skin-points.ts';
import type { Stimulus } from './stimulus.ts';
import { correlation, residualOf } from './weighted-fit.ts';

/** The light of a frame's sampled points; see `samplePatches`. */
export interface PatchFrame {
  readonly capturedAtMs: number;
  readonly patches: Float32Array;
}

/** A point that can't be read in more than this share of the frames is left out: it would be read in the dim ones. */
const MAX_MISSING_SHARE = 0.05;
/** Fewer points don't tell a relief from a smooth surface. */
const MIN_POINTS = 120;
const MIN_SIDE_POINTS = 6;
/** A channel whose light hardly changes tells nothing. */
const MIN_GAIN = 0.005;
/** Relative answers beyond this are glints and edges. */
const MAX_RESPONSE = 1.5;
/** Centimetres that become one unit, so that all columns of the fit are of the same size. */
const FACE_UNIT_CM = 8;
const TINY = 1e-9;

interface PointResponse {
  readonly response: number;
  readonly noise: number;
}

/** Samples that can be read in nearly every frame. */
function readableSamples(frames: readonly PatchFrame[]): boolean[] {
  return Array.from({ length: SAMPLE_COUNT }, (_, sample) => {
    const missing = frames.filter(({ patches }) => Number.isNaN(patches[3 * sample]!)).length;
    return missing <= MAX_MISSING_SHARE * frames.length;
  });
}

/** Mean light of the given samples in each frame, leaving out what can't be read there. */
function meanLight({ patches }: PatchFrame, samples: readonly number[]): LinearRgb {
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (const sample of samples) {
    if (Number.isNaN(patches[3 * sample]!)) continue;
    count++;
    for (let channel = 0; channel < 3; channel++) sums[channel]! += patches[3 * sample + channel]!;
  }
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

/** A sample's share of the whole face's light, relative to its mean over time; missing ones at the mean. */
function shareSeries(frames: readonly PatchFrame[], whole: readonly LinearRgb[], sample: number): LinearRgb[] {
  const shares = frames.map(({ patches }, i) =>
    ([0, 1, 2] as const).map((c) => patches[3 * sample + c]! / Math.max(whole[i]![c], TINY)),
  );
  const means = [0, 1, 2].map((c) => {
    const read = shares.map((share) => share[c]!).filter((value) => !Number.isNaN(value));
    return Math.max(read.reduce((sum, value) => sum + value, 0) / Math.max(read.length, 1), TINY);
  });
  return shares.map((share) => {
    const channel = (c: 0 | 1 | 2): number => (Number.isNaN(share[c]!) ? 1 : share[c]! / means[c]!);
    return [channel(0), channel(1), channel(2)];
  });
}

/** How one sample's share of the face's light follows the screen, in units of the face's own answer. */
function responseOf(values: readonly LinearRgb[], aligned: Alignment, gains: LinearRgb): PointResponse | null {
  const columns = aligned.project(values);
  let [weights, sum, variance] = [0, 0, 0];
  aligned.light.forEach((light, c) => {
    const gain = gains[c]!;
    if (gain < MIN_GAIN) return;
    const seen = columns[c]!;
    let [power, both, rest] = [TINY, 0, 0];
    for (let i = 0; i < light.length; i++) {
      power += light[i]! * light[i]!;
      both += light[i]! * seen[i]!;
    }
    const slope = both / power;
    for (let i = 0; i < light.length; i++) rest += (seen[i]! - slope * light[i]!) ** 2;
    weights += gain * gain * power;
    sum += gain * both;
    // Of slope / gain, weighted by gain² · power: gain² · power² times the slope's variance.
    variance += (gain * gain * power * rest) / Math.max(light.length - 4, 1);
  });
  if (weights === 0) return null;
  const response = Math.min(MAX_RESPONSE, Math.max(-MAX_RESPONSE, sum / weights));
  return { response, noise: Math.sqrt(variance) / weights };
}

function smoothTerms(point: number): number[] {
  const x = CANONICAL_VERTICES[3 * point]! / FACE_UNIT_CM;
  const y = CANONICAL_VERTICES[3 * point + 1]! / FACE_UNIT_CM;
  return [1, x, y, x * x, x * y, y * y];
}

function normalTerms(point: number): number[] {
  const [x, y, z] = [0, 1, 2].map((axis) => CANONICAL_NORMALS[3 * point + axis]!) as [number, number, number];
  return [x, y, z, x * x, y * y, x * y];
}

/** Share of what tilt, curl and an uneven screen leave that the normals explain. */
function normalsShareOf(points: readonly number[], responses: readonly PointResponse[], noise: number): number | null {
  const weights = responses.map((point) => 1 / Math.max(point.noise, noise / 2, TINY) ** 2);
  const scale = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const even = weights.map((weight) => weight / scale);
  const values = responses.map(({ response }) => response);
  const smooth = residualOf(points.map(smoothTerms), values, even);
  const whole = residualOf(
    points.map((point) => [...smoothTerms(point), ...normalTerms(point)]),
    values,
    even,
  );
  if (smooth === null || whole === null) return null;
  return Math.min(1, Math.max(0, (smooth - whole) / Math.max(smooth, TINY)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How the face's relief answers the screen at the lag of the code's best fit. Null when too few points or frames can
 * be read. After Aurora Guard's normal cue (arXiv 1902.10311): the ratio of a point to the whole face cancels the
 * skin's colour and the camera's gain, so that only the way a point faces is left.
 */
export function measureRelief(
  frames: readonly PatchFrame[],
  stimulus: Stimulus,
  fit: CodeFit,
): ReliefMeasurement | null {
  const timesMs = frames.map(({ capturedAtMs }) => capturedAtMs);
  const aligned = alignAtLag(timesMs, stimulus, fit.lagMs);
  if (!aligned) return null;
  const readable = readableSamples(frames);
  const skin = SKIN_POINTS.map((_, i) => i).filter((i) => readable[i]);
  if (skin.length < MIN_POINTS) return null;
  const whole = frames.map((frame) => meanLight(frame, skin));
  const respond = (sample: number): PointResponse | null =>
    responseOf(shareSeries(frames, whole, sample), aligned, fit.gain);
  const responses = skin.map(respond);
  const known = responses.filter((response) => response !== null);
  if (known.length < skin.length) return null;
  const points = skin.map((i) => SAMPLED_POINTS[i]!);
  const noise = median(known.map((point) => point.noise)) ?? Infinity;
  const side = SIDE_POINTS.map((_, i) => SKIN_POINTS.length + i)
    .filter((i) => readable[i])
    .map((i) => respond(i)!.response);
  const normalsShare = normalsShareOf(points, known, noise);
  if (normalsShare === null || side.length < MIN_SIDE_POINTS) return null;
  const eyes = [EYE_SAMPLES_FROM, EYE_SAMPLES_FROM + 1].filter((i) => readable[i]).map((i) => respond(i)!.response);
  const features = {
    normalsShare,
    normalCorrelation: correlation(
      points.map((point) => CANONICAL_NORMALS[3 * point + 2]!),
      known.map(({ response }) => response),
    ),
    sideResponse: mean(side),
  };
  return {
    score: reliefScore(features),
    ...features,
    noise,
    glint: eyes.length === 0 ? null : mean(eyes),
    points: points.length,
    frames: frames.length,
  };
}
