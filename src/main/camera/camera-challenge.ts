import type {
  BrightnessSample,
  CameraChallengePlan,
  CameraChallengeReport,
  ExposureStep,
} from '../../shared/domain/camera-challenge.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { brightnessOf } from './brightness.ts';
import { judgeExposureStep, type ExposureExpectation } from './exposure-step.ts';

export type CameraChallengeOutcome = 'followed' | 'not-followed' | 'unmeasurable' | 'not-offered';

export interface CameraChallengeJudgement {
  readonly outcome: CameraChallengeOutcome;
  readonly detail: string;
  /** Why the attempt is refused; null where it may go on. */
  readonly refusal: Failure | null;
}

const NONCE_BYTES = 16;
/** Around the recommended 0.7; an injector that guesses the factor still has to guess the moment. */
const FACTORS = [0.5, 0.55, 0.6, 0.65, 0.7] as const;
const FRAMES_BEFORE = { least: 8, choices: 16 };
const FRAMES_HELD = { least: 3, choices: 4 };
const FRAMES_AFTER = 8;

/** Draws moment, length and size of a step. `randomBytes` must be cryptographically strong outside of tests. */
export function drawCameraChallenge(randomBytes: (size: number) => Uint8Array): CameraChallengePlan {
  const bytes = randomBytes(NONCE_BYTES + 3);
  const draw = (at: number, choices: number): number => bytes[NONCE_BYTES + at]! % choices;
  return {
    nonce: Array.from(bytes.subarray(0, NONCE_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    framesBefore: FRAMES_BEFORE.least + draw(0, FRAMES_BEFORE.choices),
    factor: FACTORS[draw(1, FACTORS.length)]!,
    framesHeld: FRAMES_HELD.least + draw(2, FRAMES_HELD.choices),
    framesAfter: FRAMES_AFTER,
  };
}

/** Whether the step that the page reports is the one that was drawn: near the factor, or its inverse, and as long. */
function fitsPlan(
  { steppedAtMs, returnedAtMs, exposureBefore, exposureHeld }: ExposureStep,
  plan: CameraChallengePlan,
) {
  const ratio = exposureHeld / exposureBefore;
  const change = Math.abs(Math.log(ratio)) / Math.abs(Math.log(plan.factor));
  const heldMs = returnedAtMs - steppedAtMs;
  return change > 0.4 && change < 2.5 && heldMs > 10 * plan.framesHeld && heldMs < 2_000;
}

/** One camera challenge: its frames' brightness is kept, their pictures are not. */
export interface CameraChallengeRun {
  readonly plan: CameraChallengePlan;
  see(frame: { readonly rgb: Uint8Array; readonly capturedAtMs: number }): void;
  judge(report: CameraChallengeReport, expectation?: ExposureExpectation): CameraChallengeJudgement;
}

const MOST_FRAMES = 300;

/** @param plan from `drawCameraChallenge`. */
export function createCameraChallengeRun(plan: CameraChallengePlan): CameraChallengeRun {
  const samples: BrightnessSample[] = [];
  return {
    plan,
    see: ({ rgb, capturedAtMs }) => {
      const sample = brightnessOf(rgb, capturedAtMs);
      if (sample && samples.length < MOST_FRAMES) samples.push(sample);
    },
    judge: (report, expectation) => {
      const open = (outcome: CameraChallengeOutcome, detail: string): CameraChallengeJudgement => ({
        outcome,
        detail,
        refusal: null,
      });
      if (report.nonce !== plan.nonce) return open('unmeasurable', 'the answer to another challenge');
      if (report.outcome === 'not-offered') return open('not-offered', 'the camera has no exposure to be set');
      if (report.outcome === 'refused') return open('unmeasurable', report.detail);
      if (report.outcome === 'aborted') return open('unmeasurable', 'ended before the step was over');
      if (!fitsPlan(report.step, plan))
        return open('unmeasurable', 'the camera did not take the step that was asked for');
      const { state, detail } = judgeExposureStep(samples, report.step, expectation);
      if (state !== 'not-followed') return open(state, detail);
      return { outcome: state, detail, refusal: failure('camera.not-following', detail) };
    },
  };
}
