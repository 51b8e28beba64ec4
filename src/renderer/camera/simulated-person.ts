import type { Srgb } from '../../shared/domain/challenge.ts';
import type { CameraSource } from '../../shared/ipc/kiosk.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ScreenLight } from './screen-light.ts';

export type SimulatedSource = Extract<CameraSource, { kind: 'simulated' }>;

export interface SimulatedPerson {
  readonly stream: MediaStream;
  close(): void;
}

/** The label under which a simulated person appears everywhere. */
export const SIMULATED_LABEL = 'simulated person';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_PER_SECOND = 30;
/** From the screen to the picture: exposure and read-out of a usual webcam. */
const LATENCY_MS = 100;
/** The colour is gathered over this time, as an exposure does. */
const EXPOSURE_MS = 20;
const LOAD_TIMEOUT_MS = 5_000;

/** Share of the light at the face that is ambient; the rest is a white screen's. */
const AMBIENT = 0.6;
/** The head is nearest to the screen, the wall far behind: how much of its light arrives by distance from the centre. */
const FALLOFF: readonly (readonly [offset: number, share: number])[] = [
  [0, 1],
  [0.25, 0.92],
  [0.4, 0.62],
  [0.55, 0.25],
  [1, 0.06],
];
const LIT_CENTRE = { x: WIDTH / 2, y: HEIGHT * 0.52, radius: 330 };

function decode(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encode(linear: number): number {
  return Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
}

/** Linear mean of two screen colours. */
function blend(a: Srgb, b: Srgb): Srgb {
  const channel = (i: 0 | 1 | 2): number => encode((decode(a[i]) + decode(b[i])) / 2);
  return [channel(0), channel(1), channel(2)];
}

/**
 * The light that falls on each place, as a picture to multiply the video with. Multiplying encoded values multiplies
 * linear light by the decoded factor, so `out = video × (ambient + screen × falloff)` holds in linear light.
 */
function lightMap(context: CanvasRenderingContext2D, screen: Srgb): CanvasGradient {
  const { x, y, radius } = LIT_CENTRE;
  const gradient = context.createRadialGradient(x, y, 0, x, y, radius);
  for (const [offset, share] of FALLOFF) {
    const channels = screen.map((byte) => encode(AMBIENT + (1 - AMBIENT) * share * decode(byte)));
    gradient.addColorStop(offset, `rgb(${channels.join(' ')})`);
  }
  return gradient;
}

/** Fills the picture with the video, centred, its aspect kept. */
function drawCovering(context: CanvasRenderingContext2D, video: HTMLVideoElement): void {
  const scale = Math.max(WIDTH / video.videoWidth, HEIGHT / video.videoHeight);
  const width = video.videoWidth * scale;
  const height = video.videoHeight * scale;
  context.globalCompositeOperation = 'source-over';
  context.drawImage(video, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
}

function drawLight(context: CanvasRenderingContext2D, light: ScreenLight, nowMs: number): void {
  const seenAtMs = nowMs - LATENCY_MS;
  const screen = blend(light.colourAt(seenAtMs - EXPOSURE_MS), light.colourAt(seenAtMs));
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = lightMap(context, screen);
  context.fillRect(0, 0, WIDTH, HEIGHT);
}

async function loadLoop(source: SimulatedSource): Promise<HTMLVideoElement | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.loop = true;
  video.playsInline = true;
  video.src = source.url;
  const playing = new Promise<boolean>((resolve) => {
    video.addEventListener('error', () => resolve(false), { once: true });
    video.addEventListener('playing', () => resolve(true), { once: true });
    setTimeout(() => resolve(false), LOAD_TIMEOUT_MS);
  });
  video.currentTime = source.startSeconds;
  video.play().catch(() => video.dispatchEvent(new Event('error')));
  if (await playing) return video;
  unload(video);
  return null;
}

function unload(video: HTMLVideoElement): void {
  video.pause();
  video.removeAttribute('src');
  video.load();
}

/**
 * A video of a person as a camera: `live` is lit by the colour that the screen showed a camera's latency ago,
 * `replay` is the same video that no screen lights. Only where the application runs as a demonstration or a test.
 */
export async function startSimulatedPerson(
  source: SimulatedSource,
  light: ScreenLight,
): Promise<Result<SimulatedPerson, Failure>> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d', { alpha: false });
  const video = await loadLoop(source);
  if (!video || !context) return err(failure('camera.missing', 'the simulated person did not load'));
  let request = 0;
  let drawnAtMs = -Infinity;
  const draw = (nowMs: number): void => {
    request = requestAnimationFrame(draw);
    // Half a display frame of slack keeps every second frame of a 60 Hz display.
    if (nowMs - drawnAtMs < 1_000 / FRAMES_PER_SECOND - 8) return;
    drawnAtMs = nowMs;
    drawCovering(context, video);
    if (source.presentation === 'live') drawLight(context, light, nowMs);
  };
  request = requestAnimationFrame(draw);
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  const close = (): void => {
    cancelAnimationFrame(request);
    stream.getTracks().forEach((track) => track.stop());
    unload(video);
  };
  return ok({ stream, close });
}
