import { runCameraChallenge } from '../../src/renderer/camera/camera-challenge.ts';
import { createFrameSampler } from '../../src/renderer/camera/frame-sampler.ts';
import { describeCamera } from '../../src/renderer/camera/opened-camera.ts';
import type { CameraChallengePlan, CameraChallengeReport } from '../../src/shared/domain/camera-challenge.ts';
import type { OpenedCamera } from '../../src/shared/domain/camera-identity.ts';
import type { SentPicture } from '../support/camera-signs-shapes.ts';

/** What the test drives: the renderer's words about a camera, and its raw frames. */
export interface CameraSigns {
  /** Opens the browser's first camera, or a canvas that plays one. */
  open(source: 'device' | 'canvas'): Promise<OpenedCamera>;
  frames(count: number): Promise<readonly SentPicture[]>;
  challenge(plan: CameraChallengePlan): Promise<{
    readonly report: CameraChallengeReport;
    readonly sent: readonly SentPicture[];
  }>;
}

declare global {
  interface Window {
    cameraSigns: CameraSigns;
  }
  interface Uint8Array {
    toBase64(): string;
  }
}

const BOX = { x: 0.35, y: 0.25, width: 0.3, height: 0.45 };
let video: HTMLVideoElement | null = null;
let stream: MediaStream | null = null;

function playedCanvas(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const context = canvas.getContext('2d');
  let count = 0;
  setInterval(() => {
    count += 1;
    if (!context) return;
    context.fillStyle = `rgb(${count % 256} 120 90)`;
    context.fillRect(0, 0, 320, 240);
  }, 33);
  return canvas.captureStream(30);
}

window.cameraSigns = {
  async open(source) {
    const wanted = { width: 640, height: 480, frameRate: 30 };
    stream = source === 'canvas' ? playedCanvas() : await navigator.mediaDevices.getUserMedia({ video: wanted });
    video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    return describeCamera(stream, navigator.mediaDevices);
  },
  frames(count) {
    const sampler = createFrameSampler(video!);
    const sent: SentPicture[] = [];
    return new Promise((resolve) => {
      const stop = sampler.onFrame(({ capturedAtMs }) => {
        const crop = sampler.grabCrop(BOX);
        if (crop) sent.push({ capturedAtMs, rgbBase64: crop.rgb.toBase64() });
        if (sent.length < count) return;
        stop();
        resolve(sent);
      });
    });
  },
  async challenge(plan) {
    const sent: SentPicture[] = [];
    const report = await runCameraChallenge({
      track: stream!.getVideoTracks()[0]!,
      sampler: createFrameSampler(video!),
      plan,
      signal: AbortSignal.timeout(10_000),
      send: ({ rgb, capturedAtMs }) => sent.push({ capturedAtMs, rgbBase64: rgb.toBase64() }),
    });
    return { report, sent };
  },
};
