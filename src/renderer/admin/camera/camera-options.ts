import type { CameraChoice } from '../../../shared/ipc/admin.ts';
import type { CameraDevice } from './camera-device.ts';
import type { Translate } from '../translation.ts';

export interface CameraOption {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
}

/** The value of "the first camera", which has no device id. */
export const FIRST_CAMERA = '';

/** What can be chosen: the first camera, every camera found, and a saved one that is not plugged in now. */
export function cameraOptions(
  found: readonly CameraDevice[],
  saved: Pick<CameraChoice, 'deviceId' | 'label'>,
  t: Translate,
): readonly CameraOption[] {
  const first = { value: FIRST_CAMERA, label: t('camera.first'), note: t('camera.firstNote') };
  const plugged = found.map((device, index) => ({
    value: device.deviceId,
    label: device.label === '' ? t('camera.unnamed', { n: index + 1 }) : device.label,
  }));
  const isPlugged = saved.deviceId === null || found.some((device) => device.deviceId === saved.deviceId);
  if (isPlugged || saved.deviceId === null) return [first, ...plugged];
  const gone = { value: saved.deviceId, label: saved.label ?? t('camera.savedOne'), note: t('camera.gone') };
  return [first, ...plugged, gone];
}
