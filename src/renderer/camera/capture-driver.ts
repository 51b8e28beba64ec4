import type { DisplayLog, LightChallenge, Srgb } from '../../shared/domain/challenge.ts';
import type { FaceBox, Guidance } from '../../shared/ipc/kiosk-guidance.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CameraSession } from './camera-session.ts';
import { playLight } from './flash-player.ts';
import { createFrameSampler, EVIDENCE_JPEG, GUIDE_JPEG, type FaceCrop, type FrameSampler } from './frame-sampler.ts';
import type { ScreenLight } from './screen-light.ts';

type Sent = Promise<Result<unknown, Failure>>;

export interface PositionOptions {
  readonly camera: CameraSession;
  readonly signal: AbortSignal;
  readonly sendGuide: (frame: { jpeg: Uint8Array; capturedAtMs: number }) => Promise<Result<Guidance, Failure>>;
  /** Gets every answer with the capture time of the frame that it is about. */
  readonly onGuidance: (guidance: Guidance, capturedAtMs: number) => void;
}

export interface LightOptions {
  readonly camera: CameraSession;
  readonly light: ScreenLight;
  readonly signal: AbortSignal;
  /** Where the face was last, relative to the frame. */
  readonly box: FaceBox;
  readonly onColour: (rgb: Srgb, index: number) => void;
  /** A failure of either ends the challenge at once. */
  readonly sendLightFrame: (frame: FaceCrop & { capturedAtMs: number }) => Sent;
  readonly sendEvidence: (frame: { jpeg: Uint8Array; capturedAtMs: number; phase: 'neutral' | 'light' }) => Sent;
}

/** At most ten guidance frames a second: what a person's eyes can follow, and a third of one core. */
const GUIDE_EVERY_MS = 100;
const EVIDENCE_EVERY_MS = 250;
/** A frame this long after the return to grey shows the face under grey again. */
const AFTERGLOW_MS = 250;

/**
 * Sends guidance frames, one in flight at a time, until `signal` aborts: the answers say how to stand, and the main
 * process says when it is enough. Gives the last known place of the face.
 */
export function runPosition(options: PositionOptions): Promise<Result<FaceBox | null, Failure>> {
  const { camera, signal, sendGuide, onGuidance } = options;
  const sampler = createFrameSampler(camera.video);
  return new Promise((resolve) => {
    let box: FaceBox | null = null;
    let busy = false;
    let sentAtMs = -Infinity;
    let ended = false;
    const end = (result: Result<FaceBox | null, Failure>): void => {
      if (ended) return;
      ended = true;
      stopFrames();
      stopWatch();
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = (): void => end(ok(box));
    const guide = async (capturedAtMs: number): Promise<void> => {
      const jpeg = await sampler.grabJpeg(GUIDE_JPEG);
      if (!jpeg.ok) return end(jpeg);
      const answer = await sendGuide({ jpeg: jpeg.value, capturedAtMs });
      if (ended) return;
      if (!answer.ok) return end(answer);
      box = answer.value.box;
      onGuidance(answer.value, capturedAtMs);
    };
    const stopFrames = sampler.onFrame(({ capturedAtMs }) => {
      if (busy || performance.now() - sentAtMs < GUIDE_EVERY_MS) return;
      busy = true;
      sentAtMs = performance.now();
      void guide(capturedAtMs).finally(() => (busy = false));
    });
    const stopWatch = camera.onLost((lost) => end(err(lost)));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

/** Sends the frames of a running challenge and remembers what is still on its way. */
function createFrameStream(options: LightOptions, sampler: FrameSampler, fail: (reason: Failure) => void) {
  const inFlight = new Set<Promise<void>>();
  let evidenceAtMs = -Infinity;
  let encoding = false;
  const track = (sent: Sent): void => {
    const settled: Promise<void> = sent
      .then((result) => {
        if (!result.ok) fail(result.error);
      })
      .finally(() => inFlight.delete(settled));
    inFlight.add(settled);
  };
  const evidence = async (capturedAtMs: number, phase: 'neutral' | 'light'): Sent => {
    const jpeg = await sampler.grabJpeg(EVIDENCE_JPEG, options.box);
    encoding = false;
    return jpeg.ok ? options.sendEvidence({ jpeg: jpeg.value, capturedAtMs, phase }) : jpeg;
  };
  return {
    send(capturedAtMs: number, phase: 'neutral' | 'light'): void {
      const crop = sampler.grabCrop(options.box);
      if (!crop) return fail(failure('capture.face-left', 'the face is outside of the picture'));
      track(options.sendLightFrame({ ...crop, capturedAtMs }));
      if (encoding || capturedAtMs - evidenceAtMs < EVIDENCE_EVERY_MS) return;
      evidenceAtMs = capturedAtMs;
      encoding = true;
      track(evidence(capturedAtMs, phase));
    },
    /** Resolves when everything that was sent has been answered. */
    drained: async (): Promise<void> => {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}

/**
 * Plays a light challenge and sends a face crop for every camera frame and a whole picture four times a second.
 * Stops at once, with the field grey again, when the camera is lost, a send fails or `signal` aborts.
 */
export async function runLight(challenge: LightChallenge, options: LightOptions): Promise<Result<DisplayLog, Failure>> {
  const stop = new AbortController();
  let problem: Failure | null = null;
  const fail = (reason: Failure): void => {
    problem ??= reason;
    stop.abort();
  };
  const sampler = createFrameSampler(options.camera.video);
  const frames = createFrameStream(options, sampler, fail);
  let shown = -1;
  let greyAtMs = -Infinity;
  const onColour = (rgb: Srgb, index: number): void => {
    shown = index;
    if (index === challenge.colours.length) greyAtMs = performance.now();
    options.onColour(rgb, index);
  };
  const isNeutral = (capturedAtMs: number): boolean =>
    shown < 0 || (shown === challenge.colours.length && capturedAtMs > greyAtMs + AFTERGLOW_MS);
  const stopFrames = sampler.onFrame(({ capturedAtMs }) => {
    if (!stop.signal.aborted) frames.send(capturedAtMs, isNeutral(capturedAtMs) ? 'neutral' : 'light');
  });
  const stopWatch = options.camera.onLost(fail);
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const display = await playLight(challenge, {
    onColour,
    light: options.light,
    signal,
    requestFrame: (callback) => requestAnimationFrame(callback),
  });
  stopFrames();
  stopWatch();
  await frames.drained();
  return problem ? err(problem) : display;
}
