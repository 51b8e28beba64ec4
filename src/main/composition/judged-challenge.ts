import type { ChallengeAttempt, LivenessSummary } from '../../shared/domain/certification.ts';
import type { FramedChallenge, LightChallenge } from '../../shared/domain/challenge.ts';
import type { FramedEvidence, LightEvidence, LivenessVerdict } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { CaptureSummary } from '../inference/contract.ts';
import { decideFramed } from '../liveness/framed-decision.ts';
import { captureFaults, DEFAULT_LIMITS, judgeLiveness, limitsFor } from '../liveness/judge.ts';
import { lightMeasures } from '../liveness/light-measures.ts';

/** A judged challenge: what the flow decides by, and what the record keeps of it. */
export interface JudgedChallenge {
  readonly liveness: LivenessSummary;
  readonly attempt: ChallengeAttempt;
}

/**
 * One person's pictures with the head turned by 30° and the mouth open came down to 0.40; the judge of actions compares
 * frontal pictures by a stricter limit of its own.
 */
const ACTION_LIMITS = { ...DEFAULT_LIMITS, minContinuity: 0.3 };

interface Decided {
  readonly verdict: LivenessVerdict;
  readonly reasons: readonly ReasonCode[];
}

/** Without a calibration the limits are the usual ones. Measures that aren't finite stay out of the record. */
export function judgedLight(
  { kind, nonce }: LightChallenge,
  light: LightEvidence,
  capture: CaptureSummary,
  calibration: TerminalCalibration | null,
): JudgedChallenge {
  const decided = judgeLiveness(
    {
      light,
      spoofMedian: capture.spoofMedian,
      spoofFrames: capture.spoofScores.length,
      continuityMin: capture.continuityMin,
      ...captureFaults(capture),
    },
    limitsFor(calibration),
  );
  const measured = light.state === 'measured' ? light : null;
  return {
    liveness: {
      ...summaryOf(decided, capture),
      codeCorrelation: measured?.rho ?? null,
      lagMs: measured?.lagMs ?? null,
      lightFrames: measured?.frames ?? 0,
    },
    attempt: attemptOf({ kind, nonce }, decided, { ...captureMeasures(capture), ...lightMeasures(light) }),
  };
}

/**
 * Action challenges have the wider limit of `ACTION_LIMITS`. Without a light the code's correlation and lag are null.
 */
export function judgedFramed(
  { kind, nonce }: FramedChallenge,
  evidence: FramedEvidence,
  capture: CaptureSummary,
): JudgedChallenge {
  const limits = kind === 'action' ? ACTION_LIMITS : DEFAULT_LIMITS;
  const findings = {
    spoofMedian: capture.spoofMedian,
    spoofFrames: capture.spoofScores.length,
    continuityMin: capture.continuityMin,
    severalFaces: captureFaults(capture).severalFaces,
  };
  const decided = decideFramed(evidence, findings, limits);
  const measures = evidence.state === 'measured' ? evidence.measures : {};
  return {
    liveness: summaryOf(decided, capture),
    attempt: attemptOf({ kind, nonce }, decided, { ...captureMeasures(capture), ...measures }),
  };
}

function summaryOf({ verdict, reasons }: Decided, capture: CaptureSummary): LivenessSummary {
  return {
    verdict,
    reasons: [...reasons],
    codeCorrelation: null,
    lagMs: null,
    spoofMedian: capture.spoofMedian,
    spoofFrames: capture.spoofScores.length,
    continuity: capture.continuityMin,
    lightFrames: 0,
  };
}

function attemptOf(
  issued: Pick<ChallengeAttempt, 'kind' | 'nonce'>,
  { verdict, reasons }: Decided,
  measures: Readonly<Record<string, number>>,
): ChallengeAttempt {
  const finite = Object.entries(measures).filter(([, value]) => Number.isFinite(value));
  return { ...issued, verdict, reasons: [...reasons], measures: Object.fromEntries(finite) };
}

function captureMeasures({ spoofMedian, spoofScores, continuityMin }: CaptureSummary): Record<string, number> {
  return {
    spoofFrames: spoofScores.length,
    ...(spoofMedian === null ? {} : { spoofMedian }),
    ...(continuityMin === null ? {} : { continuity: continuityMin }),
  };
}
