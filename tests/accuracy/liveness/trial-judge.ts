import type { LightEvidence, LivenessEvidence, LivenessVerdict } from '../../../src/shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../../src/shared/domain/terminal-calibration.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { judgeLiveness, limitsFor } from '../../../src/main/liveness/judge.ts';
import { reliefScore } from '../../../src/main/liveness/relief-score.ts';
import type { ClipTruth } from './corpus.ts';
import type { TrialMeasurement } from './trial-measurement.ts';

/** Whether the terminal knows its lag and its colours. */
export const TERMINALS = ['calibrated', 'uncalibrated'] as const;
export type TerminalState = (typeof TERMINALS)[number];

export interface TrialVerdict {
  readonly verdict: LivenessVerdict;
  readonly reasons: readonly ReasonCode[];
  /** Null where nothing was measured. */
  readonly relief: number | null;
}

/** What came of one presentation. */
export interface TrialResult {
  readonly truth: ClipTruth;
  readonly person: string;
  readonly verdicts: Readonly<Record<TerminalState, TrialVerdict>>;
  /** Wrong codes that the recording was held against, and how many were taken for its own. */
  readonly wrongCodes: { readonly tried: number } & Readonly<Record<TerminalState, number>>;
}

/** As many live scores as a challenge brings. The spoof model isn't asked: it passes everything here. */
const SPOOF_NOT_ASKED = { spoofMedian: 1, spoofFrames: 14 } as const;

/** The relief's score by the coefficients of now: they may be newer than a kept measurement. */
function rescored(light: LightEvidence): LightEvidence {
  if (light.state === 'unmeasured' || !light.relief) return light;
  return { ...light, relief: { ...light.relief, score: reliefScore(light.relief) } };
}

function decide(measured: LightEvidence, continuityMin: number | null, calibration: TerminalCalibration | null) {
  const light = rescored(measured);
  const rest = { continuityMin, faceLost: false, severalFaces: false };
  const evidence: LivenessEvidence = { light, ...SPOOF_NOT_ASKED, ...rest };
  const { verdict, reasons } = judgeLiveness(evidence, limitsFor(calibration));
  return { verdict, reasons, relief: light.state === 'measured' ? (light.relief?.score ?? null) : null };
}

/** Has the product's own judge decide on what was measured, with and without the terminal's calibration. */
export function judgeTrial(measurement: TrialMeasurement): TrialResult {
  const { truth, person, calibration, continuity, light, wrongCodes } = measurement;
  const known = { calibrated: calibration, uncalibrated: null } as const;
  const accepted = (state: TerminalState): number =>
    wrongCodes.similar.filter((wrong) => decide(wrong, continuity, known[state]).verdict === 'live').length;
  const verdictOf = (state: TerminalState): TrialVerdict => decide(light[state], continuity, known[state]);
  return {
    truth,
    person,
    verdicts: { calibrated: verdictOf('calibrated'), uncalibrated: verdictOf('uncalibrated') },
    wrongCodes: {
      tried: wrongCodes.tried,
      calibrated: accepted('calibrated'),
      uncalibrated: accepted('uncalibrated'),
    },
  };
}
