import type { LightEvidence } from '../../../src/shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../../src/shared/domain/terminal-calibration.ts';
import { issueLightChallenge, LIGHT_SLOTS } from '../../../src/main/liveness/light-challenge.ts';
import { createLightRecording, type LightRecording } from '../../../src/main/liveness/light-recording.ts';
import { simulateClip, type ClipTruth, type SimulatedClip } from './corpus.ts';
import { seeded } from './seeded.ts';
import type { TerminalState } from './trial-judge.ts';
import type { Trial } from './trial-plan.ts';

/** Everything that the judge decides by, for one presentation: plain values, so that they can be kept. */
export interface TrialMeasurement {
  readonly truth: ClipTruth;
  readonly person: string;
  readonly calibration: TerminalCalibration;
  readonly light: Readonly<Record<TerminalState, LightEvidence>>;
  /** Smallest cosine between embeddings of some frames; null where faces weren't found, 1 where nobody looked. */
  readonly continuity: number | null;
  /** Wrong codes that the recording was held against; of those that it somewhat agrees with, the measurements. */
  readonly wrongCodes: { readonly tried: number; readonly similar: readonly LightEvidence[] };
}

/** What the models see in a clip. */
export interface TrialVision {
  /** The smallest similarity of faces in some frames; null when fewer than two faces are found. */
  readonly continuityOf: (clip: SimulatedClip) => Promise<number | null>;
  /** Gives the clip other meshes, or leaves it as it is. */
  readonly remesh: (clip: SimulatedClip) => Promise<SimulatedClip>;
}

/** All lags that any terminal accepts: what agrees best elsewhere could only be refused. */
const ANY_LAG = { minMs: 40, maxMs: 300, stepMs: 8 } as const;
/** Well below any agreement that passes. */
const SIMILAR_RHO = 0.75;

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

function similarCodes(recording: LightRecording, clip: SimulatedClip, tries: number, seed: string): LightEvidence[] {
  const similar: LightEvidence[] = [];
  for (let i = 0; i < tries; i++) {
    const { challenge, display } = wrongChallenge(clip, `${seed}/${i}`);
    const light = recording.judge(challenge, display, { calibration: clip.calibration, lagSearch: ANY_LAG });
    if (light.state === 'measured' && light.rho >= SIMILAR_RHO) similar.push(light);
  }
  return similar;
}

/** Simulates a presentation and measures it with the product's own light judge. */
export async function measureTrial(
  { request, wrongCodes }: Trial,
  { continuityOf, remesh }: TrialVision,
): Promise<TrialMeasurement> {
  const clip = await remesh(simulateClip(request));
  const recording = createLightRecording();
  for (const frame of clip.frames) recording.add(frame);
  const asked = request.attack === 'genuine' || request.attack === 'second-person';
  const { challenge, display, calibration } = clip;
  return {
    truth: clip.truth,
    person: request.identity.person,
    calibration,
    light: {
      calibrated: recording.judge(challenge, display, { calibration }),
      uncalibrated: recording.judge(challenge, display, { calibration: null }),
    },
    // An attack with one face from start to end is granted that the face stays the same.
    continuity: asked ? await continuityOf(clip) : 1,
    wrongCodes: {
      tried: wrongCodes,
      similar: similarCodes(recording, clip, wrongCodes, `${request.seed}/${request.identity.id}`),
    },
  };
}
