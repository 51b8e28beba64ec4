import { failure, type Failure } from '../../shared/reasons.ts';

const CHECK_EVERY_MS = 250;
/** A picture this old is frozen. */
const FROZEN_AFTER_MS = 1_000;
/** Black for this long is a covered or failed camera; a cut to black in between isn't. */
const BLACK_AFTER_MS = 1_500;
/** Brightest byte of a picture that counts as black: sensor noise stays below. */
const BLACK_BELOW = 12;
const SAMPLE = { width: 16, height: 12 };

function isBlack(context: OffscreenCanvasRenderingContext2D, video: HTMLVideoElement): boolean {
  context.drawImage(video, 0, 0, SAMPLE.width, SAMPLE.height);
  const { data } = context.getImageData(0, 0, SAMPLE.width, SAMPLE.height);
  return data.every((byte, i) => i % 4 === 3 || byte < BLACK_BELOW);
}

/**
 * Watches a playing camera: `camera.lost` when its track ends or its picture is black, `camera.frozen` when no frame
 * came for a second. Reports once and stops; the returned function stops it silently.
 */
export function watchCamera(video: HTMLVideoElement, stream: MediaStream, onLost: (lost: Failure) => void): () => void {
  const context = new OffscreenCanvas(SAMPLE.width, SAMPLE.height).getContext('2d', { willReadFrequently: true });
  let frameAtMs = performance.now();
  let seenAtMs = performance.now();
  let request = 0;
  const track = stream.getVideoTracks()[0];
  const stop = (): void => {
    clearInterval(timer);
    video.cancelVideoFrameCallback(request);
    track?.removeEventListener('ended', ended);
  };
  const report = (lost: Failure): void => {
    stop();
    onLost(lost);
  };
  const ended = (): void => report(failure('camera.lost', 'the track ended'));
  const onFrame = (nowMs: number): void => {
    frameAtMs = nowMs;
    request = video.requestVideoFrameCallback(onFrame);
  };
  const check = (): void => {
    const nowMs = performance.now();
    // A hidden page gets no frames; that says nothing about the camera.
    if (document.visibilityState === 'hidden') frameAtMs = nowMs;
    if (nowMs - frameAtMs > FROZEN_AFTER_MS) return report(failure('camera.frozen', 'no frame for a second'));
    if (!context || !isBlack(context, video)) seenAtMs = nowMs;
    if (nowMs - seenAtMs > BLACK_AFTER_MS) report(failure('camera.lost', 'the picture is black'));
  };
  const timer = setInterval(check, CHECK_EVERY_MS);
  request = video.requestVideoFrameCallback(onFrame);
  track?.addEventListener('ended', ended);
  return stop;
}
