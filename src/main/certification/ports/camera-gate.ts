import type { CameraChecks } from '../../../shared/domain/certification.ts';
import type { CameraChallengePlan, CameraChallengeReport } from '../../../shared/domain/camera-challenge.ts';
import type { CameraSign } from '../../../shared/domain/camera-identity.ts';
import type { TerminalCalibration } from '../../../shared/domain/terminal-calibration.ts';
import type { CameraReport } from '../../../shared/ipc/kiosk-capture.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** One change of exposure, measured by what the pictures show. */
export interface CameraTrial {
  readonly plan: CameraChallengePlan;
  see(frame: { readonly rgb: Uint8Array; readonly capturedAtMs: number }): void;
  /** `refusal`: why the attempt may not go on; null where it may. */
  judge(
    report: CameraChallengeReport,
    lagMs: number | null,
  ): {
    readonly outcome: NonNullable<CameraChecks['exposure']>;
    readonly refusal: Failure | null;
  };
}

/** Watches the raw pictures of an attempt for what a sensor never does. */
export interface FrameWatch {
  see(frame: { readonly rgb: Uint8Array; readonly capturedAtMs: number }): void;
  evidence(): { readonly signs: readonly CameraSign[] };
}

/** Knows the terminal's camera. */
export interface CameraGate {
  /**
   * Whether the opened camera may be used, and what the terminal has learned about it. Fails with `camera.virtual` or
   * `camera.changed`. A simulated camera is no device and only looked up in the calibration.
   */
  examine(
    opened: Extract<CameraReport, { type: 'ready' }>,
    simulated: boolean,
  ): Promise<
    Result<{ readonly calibration: TerminalCalibration | null; readonly signs: readonly CameraSign[] }, Failure>
  >;
  beginTrial(): CameraTrial;
  watchFrames(): FrameWatch;
}
