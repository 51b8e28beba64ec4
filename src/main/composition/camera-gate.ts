import { createCameraChallengeRun, drawCameraChallenge } from '../camera/camera-challenge.ts';
import { createFrameWatch } from '../camera/frame-watch.ts';
import type { CameraSign } from '../../shared/domain/camera-identity.ts';
import type { CameraGate } from '../certification/ports/camera-gate.ts';
import { err, ok } from '../../shared/result.ts';
import type { CameraService } from './camera-service.ts';

/** The terminal's camera as a certification meets it. */
export function createCameraGate(
  cameras: Pick<CameraService, 'examine' | 'calibrationFor'>,
  randomBytes: (size: number) => Uint8Array,
): CameraGate {
  return {
    examine: async ({ label, width, height, opened, screen }, simulated) => {
      // A simulated person is no device: there is nothing to look up but what the terminal has learned with it.
      if (simulated) {
        return ok({ calibration: cameras.calibrationFor({ label, width, height, identity: null }, screen), signs: [] });
      }
      const found = await cameras.examine(opened);
      if (!found.ok) return found;
      const { identity, signs, refusal } = found.value;
      if (refusal) return err(refusal);
      return ok({ calibration: cameras.calibrationFor({ label, width, height, identity }, screen), signs });
    },
    beginTrial: () => {
      const run = createCameraChallengeRun(drawCameraChallenge(randomBytes));
      return { ...run, judge: (report, lagMs) => run.judge(report, lagMs === null ? undefined : { lagMs }) };
    },
    watchFrames: createFrameWatch,
  };
}

/** The gate, and what has spoken against the camera that was opened last. */
export function rememberSigns(gate: CameraGate): {
  readonly gate: CameraGate;
  readonly signs: () => readonly CameraSign[];
} {
  let opened: readonly CameraSign[] = [];
  let seen: () => readonly CameraSign[] = () => [];
  return {
    gate: {
      ...gate,
      examine: async (camera, simulated) => {
        const examined = await gate.examine(camera, simulated);
        opened = examined.ok ? examined.value.signs : [];
        return examined;
      },
      watchFrames: () => {
        const watch = gate.watchFrames();
        seen = () => watch.evidence().signs;
        return watch;
      },
    },
    signs: () => [...new Set([...opened, ...seen()])],
  };
}
