import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { openCamera } from '../../camera/camera-session.ts';
import { createScreenLight } from '../../camera/screen-light.ts';
import type { CameraPreview, Cameras } from '../environment.ts';
import type { CameraDevice } from './camera-device.ts';

async function list(devices: MediaDevices): Promise<Result<readonly CameraDevice[], Failure>> {
  try {
    const found = await devices.enumerateDevices();
    return ok(
      found
        .filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
        .map(({ deviceId, label }) => ({ deviceId, label })),
    );
  } catch (error) {
    return err(failure('camera.missing', error instanceof Error ? error.name : 'unknown'));
  }
}

async function open(deviceId: string | null): Promise<Result<CameraPreview, Failure>> {
  const session = await openCamera({ kind: 'device', deviceId }, createScreenLight());
  if (!session.ok) return session;
  const opened = session.value;
  const { stream, label, width, height } = opened;
  return ok({ stream, label, width, height, close: () => opened.close() });
}

/** The cameras of this machine, for choosing and previewing one. */
export function deviceCameras(devices: MediaDevices): Cameras {
  return {
    list: () => list(devices),
    open,
    onChange: (listener) => {
      devices.addEventListener('devicechange', listener);
      return () => devices.removeEventListener('devicechange', listener);
    },
  };
}
