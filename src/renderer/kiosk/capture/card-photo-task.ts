import type { CameraSession } from '../../camera/camera-session.ts';
import { cardPictureIn } from '../../camera/card-frame.ts';
import { createFrameSampler, type JpegRequest } from '../../camera/frame-sampler.ts';
import type { TaskContext } from './capture.ts';
import { plainBytes } from './plain-bytes.ts';

/** Five pictures a second: a hand that holds a card takes longer than that to hold it still. */
const SEND_EVERY_MS = 200;
/** Large enough for every camera's frame; small enough for one message. */
const CARD_JPEG: JpegRequest = { width: 960, height: 640, quality: 0.85 };

/** Sends what is in the card's frame, one picture in flight at a time, until the view moves on. */
export async function cardPhotoTask({ bridge, camera, certifyId, signal }: TaskContext): Promise<void> {
  const sampler = createFrameSampler(camera.video);
  let busy = false;
  let sentAtMs = -Infinity;
  const send = async (capturedAtMs: number): Promise<void> => {
    const { part, frame } = cardPictureIn(sizeOf(camera));
    const jpeg = await sampler.grabPart(part, CARD_JPEG);
    if (!jpeg.ok || signal.aborted) return;
    await bridge.invoke('kiosk:card-photo-frame', { certifyId, jpeg: plainBytes(jpeg.value), frame, capturedAtMs });
    jpeg.value.fill(0);
  };
  const stopFrames = sampler.onFrame(({ capturedAtMs }) => {
    if (busy || performance.now() - sentAtMs < SEND_EVERY_MS) return;
    busy = true;
    sentAtMs = performance.now();
    void send(capturedAtMs).finally(() => (busy = false));
  });
  camera.actor?.holdCard(true);
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  stopFrames();
  camera.actor?.holdCard(false);
}

function sizeOf({ video }: CameraSession): { readonly width: number; readonly height: number } {
  return { width: video.videoWidth, height: video.videoHeight };
}
