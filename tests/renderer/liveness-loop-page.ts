import { openCamera, type CameraSession } from '../../src/renderer/camera/camera-session.ts';
import { runLight, runPosition } from '../../src/renderer/camera/capture-driver.ts';
import { createFrameSampler, EVIDENCE_JPEG } from '../../src/renderer/camera/frame-sampler.ts';
import { createScreenLight } from '../../src/renderer/camera/screen-light.ts';
import type { Action, LightChallenge } from '../../src/shared/domain/challenge.ts';
import type { CameraSource } from '../../src/shared/ipc/camera-source.ts';
import type { FaceBox } from '../../src/shared/ipc/kiosk-guidance.ts';
import { ok } from '../../src/shared/result.ts';
import type { CameraFault, PageGuidance, PageRun, SentLightFrame } from '../support/liveness-loop-shapes.ts';

/** What the test drives: the camera layer of the renderer, with the page as the light field. */
export interface LivenessLoop {
  open(source: CameraSource): Promise<string>;
  run(challenge: LightChallenge, box: FaceBox): Promise<PageRun>;
  /** Pictures of the simulated person from when they are told to do something, about `perSecond` for `forMs`. */
  act(action: Action, forMs: number, perSecond: number): Promise<{ atMs: number; jpegBase64: string }[]>;
  /** Loudness of the simulated voice every 20 ms while it reads digits. */
  speak(digits: string, everyMs: number): Promise<number[]>;
  /** Ends the camera's track while a challenge runs, `afterMs` from its start. */
  runAndLose(challenge: LightChallenge, box: FaceBox, afterMs: number): Promise<PageRun>;
  /** Sends guidance for a while; every answer takes `answerMs` and gives `box`. */
  guide(forMs: number, answerMs: number, box: FaceBox): Promise<PageGuidance>;
  /** The code that a fault is reported with. */
  lose(fault: CameraFault): Promise<string>;
  /** The size of the first camera's picture, or the code of the failure. */
  openDevice(): Promise<string>;
  /** A JPEG, in base64. */
  evidenceOf(face: FaceBox): Promise<string>;
  close(): void;
}

declare global {
  interface Window {
    livenessLoop: LivenessLoop;
  }
  interface Uint8Array {
    toBase64(): string;
  }
}

const light = createScreenLight();
let camera: CameraSession | null = null;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function run(challenge: LightChallenge, box: FaceBox): Promise<PageRun> {
  if (!camera) throw new Error('open a camera first');
  const frames: SentLightFrame[] = [];
  const bytes: Uint8Array[] = [];
  const evidence: { phase: 'neutral' | 'light'; jpegBase64: string }[] = [];
  const display = await runLight(challenge, {
    camera,
    light,
    box,
    signal: new AbortController().signal,
    onColour: (rgb) => (document.body.style.backgroundColor = `rgb(${rgb.join(' ')})`),
    sendLightFrame: async ({ rgb, width, height, face, capturedAtMs }) => {
      frames.push({ width, height, face, capturedAtMs });
      bytes.push(rgb);
      return ok(null);
    },
    sendEvidence: async ({ jpeg, phase }) => {
      evidence.push({ phase, jpegBase64: jpeg.toBase64() });
      return ok(null);
    },
  });
  return { display, frames, rgbBase64: joined(bytes).toBase64(), evidence };
}

function sleep(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}

async function act(action: Action, forMs: number, perSecond: number): Promise<{ atMs: number; jpegBase64: string }[]> {
  if (!camera?.actor) throw new Error('open a living person first');
  const sampler = createFrameSampler(camera.video);
  const pictures: { atMs: number; jpegBase64: string }[] = [];
  const toldAtMs = performance.now();
  camera.actor.perform(action);
  while (performance.now() < toldAtMs + forMs) {
    const atMs = performance.now() - toldAtMs;
    const jpeg = await sampler.grabJpeg(EVIDENCE_JPEG);
    if (jpeg.ok) pictures.push({ atMs, jpegBase64: jpeg.value.toBase64() });
    await sleep(Math.max(0, atMs + 1_000 / perSecond - (performance.now() - toldAtMs)));
  }
  return pictures;
}

async function speak(digits: string, everyMs: number): Promise<number[]> {
  if (!camera?.actor) throw new Error('open a living person first');
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(camera.actor.audioStream()).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const levels: number[] = [];
  const listen = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    levels.push(Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length));
  }, 20);
  for (const digit of digits) {
    camera.actor.speak(digit);
    await sleep(everyMs);
  }
  await sleep(everyMs);
  clearInterval(listen);
  await context.close();
  return levels;
}

async function guide(forMs: number, answerMs: number, box: FaceBox): Promise<PageGuidance> {
  if (!camera) throw new Error('open a camera first');
  const sizes: number[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const result = await runPosition({
    camera,
    signal: AbortSignal.timeout(forMs),
    onGuidance: () => undefined,
    sendGuide: async ({ jpeg }) => {
      sizes.push(jpeg.length);
      mostInFlight = Math.max(mostInFlight, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      inFlight--;
      return ok({ box, hint: null, progress: 0.5 });
    },
  });
  return {
    sent: sizes.length,
    mostInFlight,
    largestBytes: Math.max(0, ...sizes),
    box: result.ok ? result.value : null,
  };
}

function lose(fault: CameraFault): Promise<string> {
  return new Promise((resolve) => {
    const track = camera?.stream.getVideoTracks()[0];
    camera?.onLost(({ code }) => resolve(code));
    if (fault === 'ends') track?.dispatchEvent(new Event('ended'));
    // A disabled track plays black; a paused element presents no frames.
    if (fault === 'turns black' && track) track.enabled = false;
    if (fault === 'freezes') camera?.video.pause();
  });
}

window.livenessLoop = {
  async open(source) {
    const opened = await openCamera(source, light);
    if (!opened.ok) return opened.error.code;
    camera = opened.value;
    return camera.label;
  },
  run,
  act,
  speak,
  runAndLose(challenge, box, afterMs) {
    setTimeout(() => camera?.stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended')), afterMs);
    return run(challenge, box);
  },
  guide,
  lose,
  async openDevice() {
    const opened = await openCamera({ kind: 'device', deviceId: null }, light);
    if (!opened.ok) return opened.error.code;
    camera = opened.value;
    return `${camera.width} x ${camera.height}`;
  },
  async evidenceOf(face) {
    if (!camera) throw new Error('open a camera first');
    const jpeg = await createFrameSampler(camera.video).grabJpeg(EVIDENCE_JPEG, face);
    if (!jpeg.ok) throw new Error(jpeg.error.code);
    return jpeg.value.toBase64();
  },
  close() {
    camera?.close();
    camera = null;
  },
};
