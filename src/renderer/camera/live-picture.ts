import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { CameraSession } from './camera-session.ts';
import { createFrameRate, type FrameRate } from './frame-rate.ts';
import { createFrameSampler, EVIDENCE_JPEG } from './frame-sampler.ts';

/** How the camera exposes, as far as it says. */
export interface CameraExposure {
  /** The camera's word: `continuous`, `manual`. */
  readonly mode: string | null;
  /** Milliseconds. */
  readonly timeMs: number | null;
  /** Frames a second that it promises. */
  readonly promised: number | null;
}

/** An open camera as somebody who sets it up looks at it. */
export interface LivePicture {
  readonly rate: () => FrameRate;
  readonly exposure: () => CameraExposure;
  /** The picture of now as evidence would be taken of it, JPEG. */
  readonly grab: () => Promise<Result<Uint8Array, Failure>>;
  /** Calls back once when it goes, freezes or turns black; returns how to stop. */
  readonly onLost: (callback: (lost: Failure) => void) => () => void;
}

/** Chromium tells a USB camera's exposure in units of 100 µs (W3C Image Capture, 6). */
const UNITS_PER_MS = 10;

function settingOf(track: MediaStreamTrack | undefined, name: string): unknown {
  return track ? Reflect.get(track.getSettings(), name) : undefined;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** Watches an open camera. It stops with the camera's video. */
export function livePictureOf(session: CameraSession): LivePicture {
  const { video, stream } = session;
  const sampler = createFrameSampler(video);
  const rate = createFrameRate();
  const [track] = stream.getVideoTracks();
  const next: VideoFrameRequestCallback = (nowMs, { presentedFrames }) => {
    rate.see({ nowMs, presented: presentedFrames });
    if (video.srcObject !== null) video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
  return {
    rate: rate.now,
    exposure: () => {
      const mode = settingOf(track, 'exposureMode');
      const time = numberOf(settingOf(track, 'exposureTime'));
      return {
        mode: typeof mode === 'string' ? mode : null,
        timeMs: time === null ? null : time / UNITS_PER_MS,
        promised: numberOf(settingOf(track, 'frameRate')),
      };
    },
    grab: () => sampler.grabJpeg(EVIDENCE_JPEG),
    onLost: (callback) => session.onLost(callback),
  };
}
