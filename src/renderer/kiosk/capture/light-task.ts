import type { z } from 'zod';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { lightDoneSchema } from '../../../shared/ipc/kiosk-capture.ts';
import type { FailureCode } from '../../../shared/reasons.ts';
import { runLight } from '../../camera/capture-driver.ts';
import { hasRoomForClip, startClip } from './clip-task.ts';
import type { TaskContext } from './capture.ts';
import { plainBytes } from './plain-bytes.ts';

type LightView = Extract<KioskView, { screen: 'light' }>;
type AbortCode = Extract<z.infer<typeof lightDoneSchema>, { outcome: 'aborted' }>['code'];

const ABORT_CODES: ReadonlySet<string> = new Set<AbortCode>([
  'capture.face-left',
  'capture.several-faces',
  'camera.lost',
  'camera.too-slow',
  'camera.frozen',
]);

function isAbortCode(code: FailureCode): code is AbortCode {
  return ABORT_CODES.has(code);
}

/** Plays a light challenge on the whole window and reports how it went. */
export async function lightTask({ challenge, clip }: LightView, context: TaskContext): Promise<void> {
  const { bridge, camera, certifyId, light, paint, signal, lastBox } = context;
  const { nonce } = challenge;
  const abort = (code: AbortCode): void =>
    void bridge.invoke('kiosk:light-done', { outcome: 'aborted', certifyId, nonce, code });
  if (!lastBox) return abort('capture.face-left');
  void camera.lockExposure();
  // The next screen must not wait for the frames that are still on their way.
  signal.addEventListener('abort', () => paint(null), { once: true });
  const possible = hasRoomForClip();
  const endClip = startClip({ asked: clip, nonce, box: lastBox, sound: null, possible }, context);
  const played = await runLight(challenge, {
    camera,
    light,
    signal,
    box: lastBox,
    onColour: (rgb) => {
      if (!signal.aborted) paint(rgb);
    },
    sendLightFrame: (frame) => bridge.invoke('kiosk:light-frame', { certifyId, ...frame, rgb: plainBytes(frame.rgb) }),
    sendEvidence: (frame) => bridge.invoke('kiosk:evidence', { certifyId, ...frame, jpeg: plainBytes(frame.jpeg) }),
  });
  paint(null);
  endClip();
  if (signal.aborted) return;
  if (played.ok) {
    void bridge.invoke('kiosk:light-done', { outcome: 'played', certifyId, nonce, display: [...played.value] });
  } else if (isAbortCode(played.error.code)) abort(played.error.code);
  // Anything else came from the main process, which has ended the certification or lets the challenge expire.
}
