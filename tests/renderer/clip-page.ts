import { recordClip } from '../../src/renderer/camera/clip-recorder.ts';
import { CLIP_LIMITS, fitClip, type ClipTarget } from '../../src/shared/domain/clip.ts';
import type { PageClip } from '../support/clip-shapes.ts';

/** What the test drives: the clip recorder on the browser's own camera. */
export interface ClipPage {
  open(): Promise<string>;
  record(target: ClipTarget, forMs: number, withSound: boolean, mainEncodes: boolean): Promise<PageClip>;
  /** Frames a second that the page sees of the camera meanwhile. */
  watch(forMs: number): Promise<number>;
}

declare global {
  interface Window {
    clipPage: ClipPage;
  }
}

const video = document.createElement('video');
const BOX = { x: 0.4, y: 0.25, width: 0.2, height: 0.4 };

/** A tone of 440 Hz in pieces of 100 ms, as a microphone would give it. */
function tone() {
  return {
    onSamples: (listener: (piece: { samples: Int16Array; startedAtMs: number }) => void) => {
      let piece = 0;
      const startedAtMs = performance.now();
      const timer = setInterval(() => {
        const samples = Int16Array.from(
          { length: 1_600 },
          (_, i) => 8_000 * Math.sin((2 * Math.PI * 440 * (piece * 1_600 + i)) / 16_000),
        );
        listener({ samples, startedAtMs: startedAtMs + piece * 100 });
        piece += 1;
      }, 100);
      return () => clearInterval(timer);
    },
  };
}

const base64 = (bytes: Uint8Array): string => bytes.toBase64();

window.clipPage = {
  open: async () => {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });
    video.muted = true;
    await video.play();
    return `${video.videoWidth} × ${video.videoHeight}`;
  },
  watch: (forMs) =>
    new Promise((resolve) => {
      const startMs = performance.now();
      let frames = 0;
      const next = (): void => {
        const spentMs = performance.now() - startMs;
        if (spentMs >= forMs) return resolve((frames * 1_000) / spentMs);
        frames += 1;
        video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
    }),
  record: async (target, forMs, withSound, mainEncodes) => {
    const format = fitClip(CLIP_LIMITS[target], 6, withSound);
    if (!format.ok) return { kind: 'failed', ...format.error };
    const ending = new AbortController();
    setTimeout(() => ending.abort(), forMs);
    const sound = withSound ? tone() : null;
    const means = { mainEncodes };
    const clip = await recordClip({ video, box: BOX, format: format.value, sound, means, signal: ending.signal });
    if (!clip.ok) return { kind: 'failed', ...clip.error };
    const { startedAtMs } = clip.value;
    if (clip.value.kind === 'mp4') return { kind: 'mp4', base64: base64(clip.value.bytes), startedAtMs };
    const { frames, pcm } = clip.value;
    const listed = frames.map(({ jpeg, capturedAtMs }) => ({ base64: base64(jpeg), capturedAtMs }));
    return { kind: 'parts', frames: listed, pcmBase64: pcm && base64(pcm), startedAtMs };
  },
};
