import { NEUTRAL_RGB } from '../../shared/domain/challenge.ts';
import { luminanceOf, toLinear } from '../../shared/domain/linear-light.ts';
import type {
  LightEvidence,
  LightMeasurement,
  LivenessEvidence,
  LivenessJudgement,
} from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import { CODE_RHO_LIMIT } from './false-accept.ts';
import { MAX_REFUTING_NOISE, MAX_RELIEF_NOISE, MIN_RELIEF } from './relief-coefficients.ts';

export interface LivenessLimits {
  /** Least agreement with the challenge, 0–1. */
  readonly minRho: number;
  /** Least relative change of the face's light per unit of screen light. */
  readonly minGain: number;
  /** Screen-to-capture lag of this kiosk and how far a genuine answer may be from it, milliseconds. */
  readonly lagCentreMs: number;
  readonly lagWindowMs: number;
  readonly minFramesPerSecond: number;
  readonly maxGapMs: number;
  /** Largest share of the face's samples at the sensor's limit. */
  readonly maxSaturated: number;
  /** Least mean luminance of the face, linear. */
  readonly minFaceLuminance: number;
  /** Least score of the face's relief, and the noise above which a low score, or any, says nothing. */
  readonly minRelief: number;
  readonly maxRefutingNoise: number;
  readonly maxReliefNoise: number;
  /** Furthest that the face may move, as a share of its width. */
  readonly maxMotion: number;
  /** Largest share of the looks for the face's mesh that find no face. */
  readonly maxFaceless: number;
  /** Least median of the spoof model's live score, and over how many frames at least. */
  readonly minSpoofMedian: number;
  readonly minSpoofFrames: number;
  /** Least cosine between any two frames' embeddings. */
  readonly minContinuity: number;
}

/** A kiosk without a lag calibration: any usual webcam and screen (40–300 ms), so a quick relay isn't noticed. */
const UNCALIBRATED_LAG = { lagCentreMs: 170, lagWindowMs: 130 };

/** Allowed distance from a calibrated lag: the genuine 99th percentile is 38 ms on simulated clips. */
export const CALIBRATED_LAG_WINDOW_MS = 45;

export const DEFAULT_LIMITS: LivenessLimits = {
  minRho: CODE_RHO_LIMIT,
  // Weaker than this, camera noise rules: the 1st percentile of genuine simulated clips is 0.07.
  minGain: 0.02,
  ...UNCALIBRATED_LAG,
  // A camera of 15 frames a second, as counted over a clip: two frames for the shortest colour. The bound of wrong
  // sequences is computed at this rate too (tests/bench/light-false-accept.ts 60000 12 any 15).
  minFramesPerSecond: 14.5,
  // A gap hides no whole colour and its neighbours (190 ms at least each).
  maxGapMs: 200,
  maxSaturated: 0.3,
  minFaceLuminance: 0.004,
  minRelief: MIN_RELIEF,
  maxRefutingNoise: MAX_REFUTING_NOISE,
  maxReliefNoise: MAX_RELIEF_NOISE,
  // Sway of 5 % of the face's width changes nothing measurable; a face that leaves moves by half of it.
  maxMotion: 0.3,
  maxFaceless: 0.2,
  // A soft vote: a single frame's best threshold on stills is 0.084, and half of all live frames score above 0.5.
  minSpoofMedian: 0.1,
  // From eight frames on the median separates every clip that was measured; a challenge brings about fourteen.
  minSpoofFrames: 8,
  // The 1:1 threshold at a false-accept rate of 1e-3 for two live pictures; the same face seconds apart is far above.
  minContinuity: 0.4,
};

/** A light this much weaker than at calibration time is another light: the sun has come round, or somebody dimmed it. */
const LEAST_GAIN_SHARE = 0.1;
/** Grey is a third of the screen's light: the calibration's gain is from there to white. */
const WHITE_OVER_GREY = 1 - luminanceOf(toLinear(NEUTRAL_RGB));

/** The limits of a terminal: with its calibration the lag is known, and how strongly a face answers. */
export function limitsFor(calibration: TerminalCalibration | null): LivenessLimits {
  if (!calibration) return DEFAULT_LIMITS;
  const usualGain = Math.max(...calibration.gain) / WHITE_OVER_GREY;
  return {
    ...DEFAULT_LIMITS,
    lagCentreMs: calibration.lagMs,
    lagWindowMs: CALIBRATED_LAG_WINDOW_MS,
    minGain: Math.max(DEFAULT_LIMITS.minGain, LEAST_GAIN_SHARE * usualGain),
  };
}

/** Pictures without exactly one face that a capture may hold before it counts as broken. */
const MAX_PICTURES_WITHOUT_FACE = 2;
const MAX_PICTURES_WITH_SEVERAL_FACES = 1;

/** What the pictures that were refused say of a capture. */
export function captureFaults(refused: {
  readonly framesWithoutFace: number;
  readonly framesWithSeveralFaces: number;
}): Pick<LivenessEvidence, 'faceLost' | 'severalFaces'> {
  return {
    faceLost: refused.framesWithoutFace > MAX_PICTURES_WITHOUT_FACE,
    severalFaces: refused.framesWithSeveralFaces > MAX_PICTURES_WITH_SEVERAL_FACES,
  };
}

/** Reasons for which nothing can be decided: a broken capture is neither a living person nor an attack. */
function obstacles(evidence: LivenessEvidence, limits: LivenessLimits): ReasonCode[] {
  const reasons: ReasonCode[] = [];
  const { light } = evidence;
  if (evidence.faceLost || hasLeft(light, limits)) reasons.push('capture.face-left');
  if (evidence.severalFaces) reasons.push('capture.several-faces');
  if (light.state === 'unmeasured') return [...reasons, light.reason];
  if (!hasFiniteNumbers(light)) reasons.push('request.invalid');
  if (light.framesPerSecond < limits.minFramesPerSecond) reasons.push('camera.too-slow');
  if (light.longestGapMs > limits.maxGapMs) reasons.push('capture.too-few-frames');
  if (light.saturated > limits.maxSaturated) reasons.push('capture.too-bright');
  if (light.faceLuminance < limits.minFaceLuminance) reasons.push('capture.too-dark');
  return reasons;
}

function hasLeft(light: LightEvidence, { maxMotion, maxFaceless }: LivenessLimits): boolean {
  return light.state === 'measured' && ((light.motion ?? 0) > maxMotion || (light.faceless ?? 0) > maxFaceless);
}

function hasFiniteNumbers(light: LightMeasurement): boolean {
  const { rho, lagMs, framesPerSecond, longestGapMs, faceLuminance, saturated, gain, relief, motion } = light;
  const always = [rho, lagMs, framesPerSecond, longestGapMs, faceLuminance, saturated, ...gain];
  const known = [relief?.score, relief?.noise, motion].filter((value) => value !== undefined && value !== null);
  return [...always, ...known].every(Number.isFinite);
}

function isFlat({ relief }: LightMeasurement, { minRelief, maxRefutingNoise }: LivenessLimits): boolean {
  return relief !== undefined && relief !== null && relief.noise <= maxRefutingNoise && relief.score < minRelief;
}

function isRelief({ relief }: LightMeasurement, { minRelief, maxReliefNoise }: LivenessLimits): boolean {
  return relief !== undefined && relief !== null && relief.noise <= maxReliefNoise && relief.score >= minRelief;
}

/** Reasons that refute a living person in front of this screen. */
function refutations({ light, ...evidence }: LivenessEvidence, limits: LivenessLimits): ReasonCode[] {
  const reasons: ReasonCode[] = [];
  if (light.state === 'measured') {
    if (light.rho < limits.minRho) reasons.push('liveness.code-mismatch');
    else if (Math.abs(light.lagMs - limits.lagCentreMs) > limits.lagWindowMs) reasons.push('liveness.late-response');
    // Only where the light is the challenge's does it say anything of a relief, and only where it is strong enough.
    const answers = light.rho >= limits.minRho && Math.max(...light.gain) >= limits.minGain;
    if (answers && isFlat(light, limits)) reasons.push('liveness.flat-response');
  }
  if (evidence.continuityMin !== null && evidence.continuityMin < limits.minContinuity) {
    reasons.push('liveness.face-swapped');
  }
  const { spoofMedian, spoofFrames } = evidence;
  if (spoofMedian !== null && spoofFrames >= limits.minSpoofFrames && spoofMedian < limits.minSpoofMedian) {
    reasons.push('liveness.spoof-suspected');
  }
  return reasons;
}

/** What would still have to be known before anybody may be called live. */
function unknowns(evidence: LivenessEvidence, limits: LivenessLimits): ReasonCode[] {
  const { light, spoofMedian, continuityMin, spoofFrames } = evidence;
  const scored = spoofMedian !== null && Number.isFinite(spoofMedian) && spoofFrames >= limits.minSpoofFrames;
  const continuous = continuityMin !== null && Number.isFinite(continuityMin);
  if (!scored || !continuous) return ['capture.too-few-frames'];
  if (light.state !== 'measured') return [light.reason];
  if (Math.max(...light.gain) < limits.minGain) return ['capture.too-bright'];
  if (!light.relief) return ['capture.too-few-frames'];
  return isRelief(light, limits) ? [] : ['capture.too-bright'];
}

/**
 * Decides from the evidence alone. A broken capture is `undecided` before it is anything else; then any refutation
 * is `spoof`; then anything unknown is `undecided`; only what is left is `live`.
 */
export function judgeLiveness(evidence: LivenessEvidence, limits: LivenessLimits = DEFAULT_LIMITS): LivenessJudgement {
  const undecided = obstacles(evidence, limits);
  if (undecided.length > 0) return { verdict: 'undecided', reasons: undecided, evidence };
  const refuted = refutations(evidence, limits);
  if (refuted.length > 0) return { verdict: 'spoof', reasons: refuted, evidence };
  const missing = unknowns(evidence, limits);
  if (missing.length > 0) return { verdict: 'undecided', reasons: missing, evidence };
  return { verdict: 'live', reasons: [], evidence };
}
