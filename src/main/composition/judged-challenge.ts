import type { ChallengeAttempt, LivenessSummary } from '../../shared/domain/certification.ts';
import type { FramedChallenge, LightChallenge } from '../../shared/domain/challenge.ts';
import type { FramedEvidence, LightEvidence, LivenessVerdict } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { CaptureSummary } from '../inference/contract.ts';
import { decideFramed } from '../liveness/framed-decision.ts';
import { judgeLiveness } from '../liveness/judge.ts';

/** Evidence frames without exactly one face that a capture may hold before it counts as broken. */
const MAX_FRAMES_WITHOUT_FACE = 2;
const MAX_FRAMES_WITH_SEVERAL_FACES = 1;

/** A judged challenge: what the flow decides by, and what the record keeps of it. */
export interface JudgedChallenge {
  readonly liveness: LivenessSummary;
  readonly attempt: ChallengeAttempt;
}

interface Decided {
  readonly verdict: LivenessVerdict;
  readonly reasons: readonly ReasonCode[];
}

export function judgedLight(
  { kind, nonce }: LightChallenge,
  light: LightEvidence,
  capture: CaptureSummary,
  _calibration: TerminalCalibration | null,
): JudgedChallenge {
  const decided = judgeLiveness({
    light,
    spoofMedian: capture.spoofMedian,
    spoofFrames: capture.spoofScores.length,
    continuityMin: capture.continuityMin,
    faceLost: capture.framesWithoutFace > MAX_FRAMES_WITHOUT_FACE,
    severalFaces: capture.framesWithSeveralFaces > MAX_FRAMES_WITH_SEVERAL_FACES,
  });
  const measured = light.state === 'measured' ? light : null;
  return {
    liveness: {
      ...summaryOf(decided, capture),
      codeCorrelation: measured?.rho ?? null,
      lagMs: measured?.lagMs ?? null,
      lightFrames: measured?.frames ?? 0,
    },
    attempt: attemptOf({ kind, nonce }, decided, { ...captureMeasures(capture) }),
  };
}

export function judgedFramed(
  { kind, nonce }: FramedChallenge,
  evidence: FramedEvidence,
  capture: CaptureSummary,
): JudgedChallenge {
  const decided = decideFramed(evidence, {
    spoofMedian: capture.spoofMedian,
    spoofFrames: capture.spoofScores.length,
    continuityMin: capture.continuityMin,
    severalFaces: capture.framesWithSeveralFaces > MAX_FRAMES_WITH_SEVERAL_FACES,
  });
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
