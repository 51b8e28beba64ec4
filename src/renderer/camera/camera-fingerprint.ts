import type { CameraFingerprint } from '../../shared/domain/camera-identity.ts';

/** The members of a track that say what its camera can do; Image Capture's are missing in TypeScript's DOM library. */
export interface DescribedTrack {
  getCapabilities(): object;
  getSettings(): object;
}

/** Controls of the picture (W3C Image Capture, 6), apart from those that any software can offer: zoom, pan, tilt. */
const CONTROLS = [
  'exposureMode',
  'exposureTime',
  'exposureCompensation',
  'whiteBalanceMode',
  'colorTemperature',
  'brightness',
  'contrast',
  'saturation',
  'sharpness',
  'focusMode',
  'focusDistance',
  'iso',
  'torch',
] as const;

function numberIn(source: object, name: string): number | null {
  const value: unknown = Reflect.get(source, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A capability's range; null where the camera has none or only one value. */
export function rangeOf(capabilities: object, name: string): { min: number; max: number; step: number | null } | null {
  const range: unknown = Reflect.get(capabilities, name);
  if (typeof range !== 'object' || range === null) return null;
  const [min, max] = [numberIn(range, 'min'), numberIn(range, 'max')];
  return min === null || max === null ? null : { min, max, step: numberIn(range, 'step') };
}

/** Whether a control can be changed: it has a range with two ends, or more than one mode. */
function isControl(capabilities: object, name: string): boolean {
  const value: unknown = Reflect.get(capabilities, name);
  if (Array.isArray(value)) return value.length > 1 && !value.every((mode) => mode === 'none');
  const range = rangeOf(capabilities, name);
  return range !== null && range.max > range.min;
}

/** What the camera says of itself. */
export function fingerprintOf(track: DescribedTrack): CameraFingerprint {
  const capabilities = track.getCapabilities();
  const settings = track.getSettings();
  return {
    width: rangeOf(capabilities, 'width'),
    height: rangeOf(capabilities, 'height'),
    framesPerSecond: rangeOf(capabilities, 'frameRate'),
    exposureTime: rangeOf(capabilities, 'exposureTime'),
    colourTemperature: rangeOf(capabilities, 'colorTemperature'),
    controls: CONTROLS.filter((name) => isControl(capabilities, name)),
    settings: {
      width: numberIn(settings, 'width'),
      height: numberIn(settings, 'height'),
      framesPerSecond: numberIn(settings, 'frameRate'),
    },
  };
}
