import { createBoxTracker } from '../../src/renderer/camera/box-tracker.ts';
import { openCamera, type CameraSession } from '../../src/renderer/camera/camera-session.ts';
import { runPosition } from '../../src/renderer/camera/capture-driver.ts';
import { createScreenLight } from '../../src/renderer/camera/screen-light.ts';
import type { CameraSource } from '../../src/shared/ipc/camera-source.ts';
import type { Guidance } from '../../src/shared/ipc/kiosk-guidance.ts';
import { failure } from '../../src/shared/reasons.ts';
import { err, ok } from '../../src/shared/result.ts';
import type { PreviewRun } from '../support/preview-bench-shapes.ts';

/** What the benchmark drives: the preview with the simulated person, guided or not. */
export interface PreviewBench {
  /** The camera's label, or the code of the failure. */
  open(source: CameraSource): Promise<string>;
  measure(forMs: number, guided: boolean): Promise<PreviewRun>;
}

declare global {
  interface Window {
    previewBench: PreviewBench;
  }
}

let camera: CameraSession | null = null;
const mark = document.createElement('div');
mark.style.cssText = 'position:absolute;border:2px solid;left:0;top:0';

/** Sends pictures to the inference process through the page's server, as the kiosk does through the main process. */
async function guide(forMs: number, tracker: ReturnType<typeof createBoxTracker>) {
  const sentBytes: number[] = [];
  const latenciesMs: number[] = [];
  await runPosition({
    camera: camera!,
    signal: AbortSignal.timeout(forMs),
    onGuidance: () => undefined,
    sendGuide: async ({ jpeg, capturedAtMs }) => {
      sentBytes.push(jpeg.length);
      const answer = await fetch(`/guide?${capturedAtMs}`, { method: 'POST', body: new Uint8Array(jpeg) });
      if (!answer.ok) return err(failure('inference.unavailable'));
      const guidance = (await answer.json()) as Guidance;
      latenciesMs.push(performance.now() - capturedAtMs);
      tracker.see(guidance.box, capturedAtMs);
      return ok(guidance);
    },
  });
  return { sentBytes, latenciesMs };
}

/** Counts the frames of a video while it runs. */
function countFrames(video: HTMLVideoElement) {
  const counted = { frames: 0, longestGapMs: 0 };
  let lastMs = performance.now();
  let lastPresented: number | null = null;
  let request = 0;
  // A callback may come for several frames that were presented since the last one.
  const next = (nowMs: number, { presentedFrames }: VideoFrameCallbackMetadata): void => {
    request = video.requestVideoFrameCallback(next);
    counted.frames += lastPresented === null ? 1 : presentedFrames - lastPresented;
    lastPresented = presentedFrames;
    counted.longestGapMs = Math.max(counted.longestGapMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  request = video.requestVideoFrameCallback(next);
  return { counted, stop: () => video.cancelVideoFrameCallback(request) };
}

/** Draws the mark at every animation frame. */
function drawMark(tracker: ReturnType<typeof createBoxTracker>) {
  const counted = { drawn: 0 };
  let request = 0;
  const draw = (nowMs: number): void => {
    request = requestAnimationFrame(draw);
    const box = tracker.at(nowMs);
    if (!box) return;
    counted.drawn += 1;
    mark.style.transform = `translate(${box.x * camera!.width}px, ${box.y * camera!.height}px)`;
    mark.style.width = `${box.width * camera!.width}px`;
    mark.style.height = `${box.height * camera!.height}px`;
  };
  request = requestAnimationFrame(draw);
  return { counted, stop: () => cancelAnimationFrame(request) };
}

window.previewBench = {
  async open(source) {
    const opened = await openCamera(source, createScreenLight());
    if (!opened.ok) return opened.error.code;
    camera = opened.value;
    document.body.append(camera.video, mark);
    await camera.video.play();
    return camera.label;
  },
  async measure(forMs, guided) {
    if (!camera) throw new Error('open a camera first');
    const tracker = createBoxTracker();
    const startMs = performance.now();
    const before = camera.video.getVideoPlaybackQuality();
    const shown = countFrames(camera.video);
    const drawing = drawMark(tracker);
    const sent = guided
      ? await guide(forMs, tracker)
      : await new Promise<void>((resolve) => setTimeout(resolve, forMs)).then(() => ({
          sentBytes: [],
          latenciesMs: [],
        }));
    shown.stop();
    drawing.stop();
    const after = camera.video.getVideoPlaybackQuality();
    const given = after.totalVideoFrames - before.totalVideoFrames;
    const dropped = after.droppedVideoFrames - before.droppedVideoFrames;
    return { elapsedMs: performance.now() - startMs, given, dropped, ...shown.counted, ...drawing.counted, ...sent };
  },
};
