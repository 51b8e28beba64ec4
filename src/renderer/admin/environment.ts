import { createContext, useContext } from 'react';
import type { AdminBridge } from '../../preload/bridge.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DisplayLog, LightChallenge, Srgb } from '../../shared/domain/challenge.ts';
import type { OpenedCamera } from '../../shared/domain/camera-identity.ts';
import type { LightFrame } from '../../shared/domain/liveness.ts';
import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { LivePicture } from '../camera/live-picture.ts';
import type { CameraDevice } from './camera/camera-device.ts';
import type { Sound } from './peripherals/sound.ts';

/** A camera that is open for a preview. */
export interface CameraPreview {
  readonly stream: MediaStream;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** What the camera and the page say of it; main judges. */
  readonly describe: () => Promise<OpenedCamera>;
  readonly live: LivePicture;
  readonly close: () => void;
}

/** A camera that is open for a calibration. */
export interface CalibrationCamera extends CameraPreview {
  /** Plays a light challenge with `paint` and sends the middle of every frame. Aborting ends it as a failure. */
  readonly record: (
    challenge: LightChallenge,
    options: {
      readonly paint: (rgb: Srgb) => void;
      readonly signal: AbortSignal;
      readonly send: (frame: LightFrame) => Promise<Result<unknown, Failure>>;
    },
  ) => Promise<Result<DisplayLog, Failure>>;
}

export interface Cameras {
  readonly list: () => Promise<Result<readonly CameraDevice[], Failure>>;
  readonly open: (deviceId: string | null) => Promise<Result<CameraPreview, Failure>>;
  readonly openForCalibration: (source: CameraSource) => Promise<Result<CalibrationCamera, Failure>>;
  /** Calls `listener` when a camera comes or goes; returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
}

/** Everything outside of the page that the admin window uses, so that a gallery or a test can stand in for it. */
export interface AdminEnvironment {
  readonly bridge: AdminBridge;
  readonly clock: Clock;
  readonly cameras: Cameras;
  readonly sound: Sound;
}

export const EnvironmentContext = createContext<AdminEnvironment | null>(null);

/** The environment given to the window's root; its absence is a bug. */
export function useEnvironment(): AdminEnvironment {
  const environment = useContext(EnvironmentContext);
  if (environment === null) throw new Error('the admin environment is missing');
  return environment;
}
