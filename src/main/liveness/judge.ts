import type { LightMeasurement, LivenessEvidence, LivenessJudgement } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { CODE_RHO_LIMIT } from './false-accept.ts';

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
  // Three frames for the shortest slot. At this rate no pair of 20,000 unrelated sequences reached the threshold
  // (tests/bench/light-false-accept.ts 20000 5 any 15).
  minFramesPerSecond: 15,
  // A gap hides no whole slot (225 ms at least).
  maxGapMs: 200,
  maxSaturated: 0.3,
  minFaceLuminance: 0.004,
  // A soft vote: a single frame's best threshold on stills is 0.084, and half of all live frames score above 0.5.
  minSpoofMedian: 0.1,
  // From eight frames on the median separates every clip that was measured; a challenge brings about fourteen.
  minSpoofFrames: 8,
  // The 1:1 threshold at a false-accept rate of 1e-3 for two live pictures; the same face seconds apart is far above.
  minContinuity: 0.4,
};

/** Reasons for which nothing can be decided: a broken capture is neither a living person nor an attack. */
function obstacles(evidence: LivenessEvidence, limits: LivenessLimits): ReasonCode[] {
  const reasons: ReasonCode[] = [];
  const { light } = evidence;
  if (evidence.faceLost) reasons.push('capture.face-left');
  if (evidence.severalFaces) reasons.push('capture.several-faces');
  if (light.state === 'unmeasured') return [...reasons, light.reason];
  if (!hasFiniteNumbers(light)) reasons.push('request.invalid');
  if (light.framesPerSecond < limits.minFramesPerSecond) reasons.push('camera.too-slow');
  if (light.longestGapMs > limits.maxGapMs) reasons.push('capture.too-few-frames');
  if (light.saturated > limits.maxSaturated) reasons.push('capture.too-bright');
  if (light.faceLuminance < limits.minFaceLuminance) reasons.push('capture.too-dark');
  return reasons;
}

function hasFiniteNumbers(light: LightMeasurement): boolean {
  const { rho, lagMs, framesPerSecond, longestGapMs, faceLuminance, saturated, gain } = light;
  return [rho, lagMs, framesPerSecond, longestGapMs, faceLuminance, saturated, ...gain].every(Number.isFinite);
}

/** Reasons that refute a living person in front of this screen. */
function refutations({ light, ...evidence }: LivenessEvidence, limits: LivenessLimits): ReasonCode[] {
  const reasons: ReasonCode[] = [];
  if (light.state === 'measured') {
    if (light.rho < limits.minRho) reasons.push('liveness.code-mismatch');
    else if (Math.abs(light.lagMs - limits.lagCentreMs) > limits.lagWindowMs) reasons.push('liveness.late-response');
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
  const bright = light.state === 'measured' && Math.max(...light.gain) < limits.minGain;
  return bright ? ['capture.too-bright'] : [];
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
