import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import type { LivenessVerdict } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { DEFAULT_LIMITS, type LivenessLimits } from './judge.ts';

/** What the whole capture says beside the challenge itself. `null` is not known, which is never a reason to pass. */
export interface CaptureFindings {
  readonly spoofMedian: number | null;
  readonly spoofFrames: number;
  readonly continuityMin: number | null;
  readonly severalFaces: boolean;
}

export interface FramedDecision {
  readonly verdict: LivenessVerdict;
  /** Empty only when live; most important first. */
  readonly reasons: readonly ReasonCode[];
}

type SpoofLimits = Pick<LivenessLimits, 'minSpoofMedian' | 'minSpoofFrames' | 'minContinuity'>;

/**
 * Decides an action, digits or silent challenge: what couldn't be measured is undecided, then any refutation is a
 * spoof, then anything still unknown is undecided; only what is left is live.
 */
export function decideFramed(
  evidence: FramedEvidence,
  capture: CaptureFindings,
  limits: SpoofLimits = DEFAULT_LIMITS,
): FramedDecision {
  if (evidence.state === 'unmeasured') return { verdict: 'undecided', reasons: [evidence.reason] };
  if (capture.severalFaces) return { verdict: 'undecided', reasons: ['capture.several-faces'] };
  const refuted = [...evidence.refuted, ...refutedBy(capture, limits)];
  if (refuted.length > 0) return { verdict: 'spoof', reasons: refuted };
  const missing = [...evidence.missing, ...missingIn(capture, limits)];
  if (missing.length > 0) return { verdict: 'undecided', reasons: missing };
  return { verdict: 'live', reasons: [] };
}

function refutedBy({ spoofMedian, spoofFrames, continuityMin }: CaptureFindings, limits: SpoofLimits): ReasonCode[] {
  const reasons: ReasonCode[] = [];
  if (continuityMin !== null && continuityMin < limits.minContinuity) reasons.push('liveness.face-swapped');
  const scored = spoofMedian !== null && spoofFrames >= limits.minSpoofFrames;
  if (scored && spoofMedian < limits.minSpoofMedian) reasons.push('liveness.spoof-suspected');
  return reasons;
}

function missingIn({ spoofMedian, spoofFrames, continuityMin }: CaptureFindings, limits: SpoofLimits): ReasonCode[] {
  const scored = spoofMedian !== null && Number.isFinite(spoofMedian) && spoofFrames >= limits.minSpoofFrames;
  const continuous = continuityMin !== null && Number.isFinite(continuityMin);
  return scored && continuous ? [] : ['capture.too-few-frames'];
}
