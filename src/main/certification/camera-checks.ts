import type { CameraChecks } from '../../shared/domain/certification.ts';
import type { CameraChallengePlan, CameraChallengeReport } from '../../shared/domain/camera-challenge.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import type { CameraReport } from '../../shared/ipc/kiosk-capture.ts';
import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { acceptsCamera } from './camera-rules.ts';
import type { FlowEvent } from './flow-event.ts';
import type { CameraGate, CameraTrial, FrameWatch } from './ports/camera-gate.ts';

type ReadyReport = Extract<CameraReport, { type: 'ready' }>;

export interface CameraCheckHooks {
  /** Id of the certification in hand; null without one. */
  readonly certifyId: () => string | null;
  readonly source: () => CameraSource;
  readonly dispatch: (event: FlowEvent) => void;
  /** Something that the page is shown has changed. */
  readonly onChange: () => void;
}

/** Whether the picture of the certification in hand comes from the camera that it should come from. */
export interface CameraCheck {
  /** Looks the opened camera up; the flow hears whether it may be used. */
  opened(report: ReadyReport): Promise<void>;
  /** The change of exposure that the page has still to carry out; null when there is none, or it is done. */
  plan(): CameraChallengePlan | null;
  /** One picture of that change; its brightness is measured here. */
  see(nonce: string, frame: { readonly rgb: Uint8Array; readonly capturedAtMs: number }): void;
  answered(report: CameraChallengeReport): void;
  /** A raw picture of a challenge. */
  watch(frame: { readonly rgb: Uint8Array; readonly capturedAtMs: number }): void;
  /** Why the pictures watched so far can't come from a camera; null while nothing speaks against it. */
  refusal(): Failure | null;
  calibration(): TerminalCalibration | null;
  /** For the record and the staff. */
  findings(): CameraChecks | null;
  /** Forgets everything of a certification. */
  reset(): void;
}

/** Checks one certification after the other; `reset` stands between them. */
export function createCameraCheck(gate: CameraGate, hooks: CameraCheckHooks): CameraCheck {
  let calibration: TerminalCalibration | null = null;
  let findings: CameraChecks | null = null;
  let trial: CameraTrial | null = null;
  let frames: FrameWatch = gate.watchFrames();

  const isSimulated = (): boolean => hooks.source().kind === 'simulated';
  return {
    opened: async (report) => {
      const certifyId = hooks.certifyId();
      const { dispatch } = hooks;
      if (certifyId === null) return;
      if (!acceptsCamera(hooks.source(), report.label)) {
        return dispatch({ type: 'camera-failed', failure: failure('camera.virtual', 'virtual-name') });
      }
      const examined = await gate.examine(report, isSimulated());
      if (hooks.certifyId() !== certifyId) return;
      if (!examined.ok) return dispatch({ type: 'camera-failed', failure: examined.error });
      calibration = examined.value.calibration;
      findings = { signs: [...examined.value.signs], exposure: null };
      trial ??= isSimulated() ? null : gate.beginTrial();
      dispatch({ type: 'camera-ready', label: report.label });
    },
    plan: () => trial?.plan ?? null,
    see: (nonce, frame) => {
      if (trial?.plan.nonce === nonce) trial.see(frame);
    },
    answered: (report) => {
      if (!trial || report.nonce !== trial.plan.nonce) return;
      const { outcome, refusal } = trial.judge(report, calibration?.lagMs ?? null);
      trial = null;
      if (findings) findings = { ...findings, exposure: outcome };
      if (refusal) hooks.dispatch({ type: 'camera-failed', failure: refusal });
      hooks.onChange();
    },
    watch: (frame) => frames.see(frame),
    refusal: () => {
      // A drawn picture may well repeat itself.
      if (isSimulated()) return null;
      const { signs } = frames.evidence();
      if (findings) findings = { ...findings, signs: [...new Set([...findings.signs, ...signs])] };
      return signs.includes('repeated-frames') ? failure('camera.virtual', 'repeated-frames') : null;
    },
    calibration: () => calibration,
    findings: () => findings,
    reset: () => {
      calibration = null;
      findings = null;
      trial = null;
      frames = gate.watchFrames();
    },
  };
}
