import type { FaceBox, Guidance, PositionHint } from '../../../shared/ipc/kiosk-guidance.ts';
import { runPosition } from '../../camera/capture-driver.ts';
import { createFrameSampler, EVIDENCE_JPEG } from '../../camera/frame-sampler.ts';
import { isCameraCode } from './camera-report.ts';
import type { TaskContext } from './capture.ts';
import { plainBytes } from './plain-bytes.ts';

/** Pictures for the record and the comparison while the face is well placed; the flow waits for three. */
const NEUTRAL_EVERY_MS = 200;
/** After a refused frame: the main process either ends the certification meanwhile or takes the next one. */
const PAUSE_MS = 500;

const WELL_PLACED: ReadonlySet<PositionHint | null> = new Set([null, 'hold-still']);

/** Sends a neutral picture at most every 200 ms, one at a time. */
function createNeutralSender({ bridge, camera, certifyId, signal }: TaskContext): (face: FaceBox) => void {
  const sampler = createFrameSampler(camera.video);
  let busy = false;
  let sentAtMs = -Infinity;
  const send = async (face: FaceBox): Promise<void> => {
    const capturedAtMs = performance.now();
    const jpeg = await sampler.grabJpeg(EVIDENCE_JPEG, face);
    if (!jpeg.ok || signal.aborted) return;
    await bridge.invoke('kiosk:evidence', { certifyId, jpeg: plainBytes(jpeg.value), capturedAtMs, phase: 'neutral' });
    jpeg.value.fill(0);
  };
  return (face) => {
    if (busy || performance.now() - sentAtMs < NEUTRAL_EVERY_MS) return;
    busy = true;
    sentAtMs = performance.now();
    void send(face).finally(() => (busy = false));
  };
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PAUSE_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Guides the person to their place until the view moves on. */
export async function positionTask(context: TaskContext): Promise<void> {
  const { bridge, camera, certifyId, signal } = context;
  const sendNeutral = createNeutralSender(context);
  const onGuidance = (guidance: Guidance, capturedAtMs: number): void => {
    context.onGuidance(guidance, capturedAtMs);
    if (guidance.box && WELL_PLACED.has(guidance.hint)) sendNeutral(guidance.box);
  };
  while (!signal.aborted) {
    const ended = await runPosition({
      camera,
      signal,
      sendGuide: (frame) =>
        bridge
          .invoke('kiosk:guide', { certifyId, ...frame, jpeg: plainBytes(frame.jpeg) })
          .finally(() => frame.jpeg.fill(0)),
      onGuidance,
    });
    // A lost camera has been reported by whoever opened it.
    if (ended.ok || isCameraCode(ended.error.code)) return;
    await pause(signal);
  }
}
