import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import { failure, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { watchCamera } from './camera-watch.ts';
import { lockExposure } from './exposure-lock.ts';
import type { ScreenLight } from './screen-light.ts';
import type { SimulatedActor } from './simulated-actor.ts';
import { SIMULATED_LABEL, startSimulatedPerson } from './simulated-person.ts';

/** An open camera whose frames flow. */
export interface CameraSession {
  /** Plays the stream; may be shown, or only drawn from. */
  readonly video: HTMLVideoElement;
  readonly stream: MediaStream;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** Who can be told what to do; null for a device, whose people read the screen. */
  readonly actor: SimulatedActor | null;
  /** Calls back once, when the device goes, its picture freezes or turns black. Returns the end of watching. */
  onLost(callback: (failure: Failure) => void): () => void;
  /** Holds exposure and white balance where the camera lets itself be told; whether it did. */
  lockExposure(): Promise<boolean>;
  close(): void;
}

const WARM_UP_TIMEOUT_MS = 5_000;
/** A first picture may be black or half exposed. */
const WARM_UP_FRAMES = 3;
/** Labels of software that plays a file or a screen as a camera. A hint only: a label is easily changed. */
const VIRTUAL_LABEL = /virtual|\bobs\b|manycam|droidcam|snap camera|v4l2loopback|xsplit|dummy video/i;

/** DOMException names of getUserMedia (W3C Media Capture and Streams, 10.3.1). */
const CODE_OF_EXCEPTION: Readonly<Record<string, FailureCode>> = {
  NotAllowedError: 'camera.denied',
  SecurityError: 'camera.denied',
  NotFoundError: 'camera.missing',
  OverconstrainedError: 'camera.missing',
  NotReadableError: 'camera.in-use',
  AbortError: 'camera.in-use',
};

/** A stream whose frames may not flow yet. */
export interface OpenStream {
  readonly stream: MediaStream;
  readonly label: string;
  readonly actor: SimulatedActor | null;
  close(): void;
}

/** A large picture for faces far away, as long as the camera delivers it at a video's rate. */
const LARGE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { min: 24, ideal: 30 },
};
const USUAL: MediaTrackConstraints = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };

async function openFirst(
  [wish = USUAL, ...rest]: readonly MediaTrackConstraints[],
  deviceId: string | null,
): Promise<MediaStream> {
  const which = deviceId === null ? {} : { deviceId: { exact: deviceId } };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...wish, ...which } });
  } catch (error) {
    if (rest.length === 0 || !(error instanceof Error) || error.name !== 'OverconstrainedError') throw error;
    return openFirst(rest, deviceId);
  }
}

/** Opens a device with the first of the wishes that it can fulfil. Fails as `openCamera` does. */
export async function openDevice(
  deviceId: string | null,
  wishes: readonly MediaTrackConstraints[],
): Promise<Result<OpenStream, Failure>> {
  try {
    const stream = await openFirst(wishes, deviceId);
    const close = (): void => stream.getTracks().forEach((track) => track.stop());
    const label = stream.getVideoTracks()[0]?.label ?? '';
    if (!VIRTUAL_LABEL.test(label)) return ok({ stream, label, actor: null, close });
    close();
    return err(failure('camera.virtual', 'the label is that of a virtual camera'));
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    return err(failure(CODE_OF_EXCEPTION[name] ?? 'camera.missing', name));
  }
}

async function openStream(source: CameraSource, light: ScreenLight): Promise<Result<OpenStream, Failure>> {
  if (source.kind === 'device') return openDevice(source.deviceId, [LARGE, USUAL]);
  const person = await startSimulatedPerson(source, light);
  return person.ok ? ok({ ...person.value, label: SIMULATED_LABEL }) : person;
}

/** Whether frames came within the time-out. */
function framesFlow(video: HTMLVideoElement): Promise<boolean> {
  return new Promise((resolve) => {
    let left = WARM_UP_FRAMES;
    const timer = setTimeout(() => resolve(false), WARM_UP_TIMEOUT_MS);
    const next = (): void => {
      left -= 1;
      if (left > 0) {
        video.requestVideoFrameCallback(next);
        return;
      }
      clearTimeout(timer);
      resolve(true);
    };
    video.requestVideoFrameCallback(next);
  });
}

/**
 * Opens a camera and waits until its frames flow. Fails with `camera.missing`, `camera.denied`, `camera.in-use` or
 * `camera.virtual`. `light` lights a simulated person and is of no use to a device.
 */
export async function openCamera(source: CameraSource, light: ScreenLight): Promise<Result<CameraSession, Failure>> {
  const opened = await openStream(source, light);
  return opened.ok ? sessionOf(opened.value) : opened;
}

/** Plays a stream and waits until its frames flow; closes it and fails with `camera.missing` where they don't. */
export async function sessionOf(opened: OpenStream): Promise<Result<CameraSession, Failure>> {
  const { stream, label, actor } = opened;
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const watches = new Set<() => void>();
  const close = (): void => {
    watches.forEach((stop) => stop());
    opened.close();
    video.srcObject = null;
  };
  const playing = video.play().then(
    () => true,
    () => false,
  );
  if (!(await framesFlow(video)) || !(await playing)) {
    close();
    return err(failure('camera.missing', 'no frames within the warm-up'));
  }
  return ok({
    video,
    stream,
    label,
    width: video.videoWidth,
    height: video.videoHeight,
    actor,
    onLost: (callback) => {
      const stop = watchCamera(video, stream, callback);
      watches.add(stop);
      return stop;
    },
    lockExposure: () => lockExposure(stream),
    close,
  });
}
