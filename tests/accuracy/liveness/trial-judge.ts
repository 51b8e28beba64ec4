import type { LightEvidence, LivenessEvidence, LivenessVerdict } from '../../../src/shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../../src/shared/domain/terminal-calibration.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { judgeLiveness, limitsFor } from '../../../src/main/liveness/judge.ts';
import { issueLightChallenge, LIGHT_SLOTS } from '../../../src/main/liveness/light-challenge.ts';
import { createLightRecording, type LightRecording } from '../../../src/main/liveness/light-recording.ts';
import { simulateClip, type ClipTruth, type SimulatedClip } from './corpus.ts';
import { seeded } from './seeded.ts';
import type { Trial } from './trial-plan.ts';

/** Whether the terminal knows its lag and its colours. */
export const TERMINALS = ['calibrated', 'uncalibrated'] as const;
export type TerminalState = (typeof TERMINALS)[number];

export interface TrialVerdict {
  readonly verdict: LivenessVerdict;
  readonly reasons: readonly ReasonCode[];
  /** Null where nothing was measured. */
  readonly rho: number | null;
  readonly lagMs: number | null;
  readonly gain: number | null;
  readonly relief: number | null;
  readonly reliefNoise: number | null;
}

/** What came of one presentation. */
export interface TrialResult {
  readonly truth: ClipTruth;
  readonly person: string;
  readonly verdicts: Readonly<Record<TerminalState, TrialVerdict>>;
  /** Smallest cosine between embeddings of some frames; null where faces weren't found, 1 where nobody looked. */
  readonly continuity: number | null;
  /** Wrong codes that the recording was held against, and how many were taken for its own. */
  readonly wrongCodes: { readonly tried: number } & Readonly<Record<TerminalState, number>>;
}

/** What the models see in a clip. */
export interface TrialVision {
  /** The smallest similarity of faces in some frames; null when fewer than two faces are found. */
  readonly continuityOf: (clip: SimulatedClip) => Promise<number | null>;
  /** Gives the clip other meshes, or leaves it as it is. */
  readonly remesh: (clip: SimulatedClip) => Promise<SimulatedClip>;
}

/** As many live scores as a challenge brings. The spoof model isn't asked: it passes everything here. */
const SPOOF_NOT_ASKED = { spoofMedian: 1, spoofFrames: 14 } as const;

function evidenceOf(light: LightEvidence, continuity: number | null): LivenessEvidence {
  return { light, ...SPOOF_NOT_ASKED, continuityMin: continuity, faceLost: false, severalFaces: false };
}

function verdictOf(
  recording: LightRecording,
  shown: Pick<SimulatedClip, 'challenge' | 'display'>,
  calibration: TerminalCalibration | null,
  continuity: number | null,
): TrialVerdict {
  const light = recording.judge(shown.challenge, shown.display, { calibration });
  const { verdict, reasons } = judgeLiveness(evidenceOf(light, continuity), limitsFor(calibration));
  if (light.state === 'unmeasured') {
    return { verdict, reasons, rho: null, lagMs: null, gain: null, relief: null, reliefNoise: null };
  }
  const { rho, lagMs, gain, relief } = light;
  return {
    verdict,
    reasons,
    rho,
    lagMs,
    gain: Math.max(...gain),
    relief: relief?.score ?? null,
    reliefNoise: relief?.noise ?? null,
  };
}

/** All lags that any terminal accepts: what agrees best elsewhere could only be refused. */
const ANY_LAG = { minMs: 40, maxMs: 300, stepMs: 8 } as const;

/** Another challenge played at the time of the clip's own. */
function wrongChallenge(clip: SimulatedClip, seed: string): Pick<SimulatedClip, 'challenge' | 'display'> {
  const random = seeded('wrong code', seed);
  const { palette } = clip.truth;
  const slots = LIGHT_SLOTS.find((count) => count === clip.challenge.colours.length)!;
  const challenge = issueLightChallenge({ randomBytes: (count) => random.bytes(count), palette, slots });
  const startMs = clip.display[0]!.shownAtMs - challenge.colours[0]!.startMs;
  const display = challenge.colours.map((colour, index) => ({ index, shownAtMs: startMs + colour.startMs }));
  return { challenge, display };
}

/** Simulates a presentation and has the product's own judge decide, with and without the terminal's calibration. */
export async function runTrial(trial: Trial, { continuityOf, remesh }: TrialVision): Promise<TrialResult> {
  const { request, wrongCodes } = trial;
  const clip = await remesh(simulateClip(request));
  const recording = createLightRecording();
  for (const frame of clip.frames) recording.add(frame);
  const asked = request.attack === 'genuine' || request.attack === 'second-person';
  // An attack with one face from start to end is granted that the face stays the same.
  const continuity = asked ? await continuityOf(clip) : 1;
  const judged = (state: TerminalState, shown: Pick<SimulatedClip, 'challenge' | 'display'>): TrialVerdict =>
    verdictOf(recording, shown, state === 'calibrated' ? clip.calibration : null, continuity);
  const taken = { calibrated: 0, uncalibrated: 0 };
  for (let i = 0; i < wrongCodes; i++) {
    const { challenge, display } = wrongChallenge(clip, `${request.seed}/${request.identity.id}/${i}`);
    const light = recording.judge(challenge, display, { calibration: clip.calibration, lagSearch: ANY_LAG });
    for (const state of TERMINALS) {
      const limits = limitsFor(state === 'calibrated' ? clip.calibration : null);
      if (judgeLiveness(evidenceOf(light, continuity), limits).verdict === 'live') taken[state]++;
    }
  }
  return {
    truth: clip.truth,
    person: request.identity.person,
    verdicts: { calibrated: judged('calibrated', clip), uncalibrated: judged('uncalibrated', clip) },
    continuity,
    wrongCodes: { tried: wrongCodes, ...taken },
  };
}
