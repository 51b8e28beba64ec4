/** Wide enough for every screen. */
const MOST_PIXELS = 1280;

/** What the camera shows now, to stay on the screen; null while it shows nothing. */
export function stillOf(video: HTMLVideoElement): HTMLCanvasElement | null {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, MOST_PIXELS / Math.max(1, videoWidth));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const paint = canvas.getContext('2d', { alpha: false });
  if (!paint || canvas.width === 0 || canvas.height === 0) return null;
  paint.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Nothing of it stays in memory. */
export function clearStill(still: HTMLCanvasElement): void {
  still.width = 0;
  still.height = 0;
}
