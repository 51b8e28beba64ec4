import type { KioskBridge } from '../../../preload/bridge.ts';
import type { CameraChallengePlan } from '../../../shared/domain/camera-challenge.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { runCameraChallenge } from '../../camera/camera-challenge.ts';
import type { CameraSession } from '../../camera/camera-session.ts';
import { createFrameSampler } from '../../camera/frame-sampler.ts';
import { plainBytes } from './plain-bytes.ts';

/** Carries out the change of exposure that the main process asks for while the person finds their place. */
export interface CameraTrialRunner {
  follow(view: KioskView, camera: CameraSession | null): void;
  stop(): void;
}

export function createCameraTrialRunner(bridge: Pick<KioskBridge, 'invoke'>): CameraTrialRunner {
  let running: { readonly nonce: string; readonly stop: AbortController } | null = null;

  const stop = (): void => {
    running?.stop.abort();
    running = null;
  };
  const run = async (plan: CameraChallengePlan, certifyId: string, camera: CameraSession): Promise<void> => {
    const track = camera.stream.getVideoTracks()[0];
    if (!track) return;
    const controller = new AbortController();
    running = { nonce: plan.nonce, stop: controller };
    const report = await runCameraChallenge({
      track,
      sampler: createFrameSampler(camera.video),
      plan,
      signal: controller.signal,
      send: (frame) =>
        void bridge.invoke('kiosk:camera-frame', {
          certifyId,
          nonce: plan.nonce,
          ...frame,
          rgb: plainBytes(frame.rgb),
        }),
    });
    await bridge.invoke('kiosk:camera-answer', { certifyId, report });
  };
  return {
    follow: (view, camera) => {
      const plan = view.screen === 'position' ? view.cameraChallenge : undefined;
      if (!plan || !view.certifyId || !camera) return stop();
      if (running?.nonce === plan.nonce) return;
      stop();
      void run(plan, view.certifyId, camera);
    },
    stop,
  };
}
