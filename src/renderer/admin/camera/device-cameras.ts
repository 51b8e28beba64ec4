import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CameraSource } from '../../../shared/ipc/camera-source.ts';
import { openCamera, type CameraSession } from '../../camera/camera-session.ts';
import { runLight } from '../../camera/capture-driver.ts';
import { describeCamera } from '../../camera/opened-camera.ts';
import { livePictureOf } from '../../camera/live-picture.ts';
import { createScreenLight } from '../../camera/screen-light.ts';
import type { CalibrationCamera, CameraPreview, Cameras } from '../environment.ts';
import { calibrationBox } from './calibration-box.ts';
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

function previewOf(session: CameraSession, devices: MediaDevices): CameraPreview {
  const { stream, label, width, height } = session;
  return {
    stream,
    label,
    width,
    height,
    live: livePictureOf(session),
    describe: () => describeCamera(stream, devices),
    close: () => session.close(),
  };
}

async function openForCalibration(
  source: CameraSource,
  devices: MediaDevices,
): Promise<Result<CalibrationCamera, Failure>> {
  const light = createScreenLight();
  const opened = await openCamera(source, light);
  if (!opened.ok) return opened;
  const camera = opened.value;
  return ok({
    ...previewOf(camera, devices),
    record: (challenge, { paint, signal, send }) =>
      runLight(challenge, {
        camera,
        light,
        signal,
        box: calibrationBox(camera),
        onColour: paint,
        sendLightFrame: send,
        // A calibration needs no pictures of evidence.
        sendEvidence: () => Promise.resolve(ok(null)),
      }),
  });
}

/** The cameras of this machine, for choosing and previewing one. */
export function deviceCameras(devices: MediaDevices): Cameras {
  return {
    list: () => list(devices),
    open: async (deviceId) => {
      const opened = await openCamera({ kind: 'device', deviceId }, createScreenLight());
      return opened.ok ? ok(previewOf(opened.value, devices)) : opened;
    },
    openForCalibration: (source) => openForCalibration(source, devices),
    onChange: (listener) => {
      devices.addEventListener('devicechange', listener);
      return () => devices.removeEventListener('devicechange', listener);
    },
  };
}
