import { CAMERA_GEOMETRY_RANGES, LEAST_DEPTH_CM, type CameraGeometry } from '../../../shared/domain/camera-geometry.ts';
import type { CameraChoice } from '../../../shared/ipc/admin.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';
import type { CameraDevice } from './camera-device.ts';
import { FIRST_CAMERA } from './camera-options.ts';

export type GeometryField = keyof CameraGeometry;
export const GEOMETRY_FIELDS = ['horizontalFovDegrees', 'nearCm', 'farCm'] as const satisfies readonly GeometryField[];

/** The form's contents: the chosen camera, and the numbers as they are typed. */
export type CameraDraft = { readonly deviceId: string } & { readonly [Field in GeometryField]: string };

export function cameraDraft({ deviceId, geometry }: CameraChoice): CameraDraft {
  return {
    deviceId: deviceId ?? FIRST_CAMERA,
    horizontalFovDegrees: String(geometry.horizontalFovDegrees),
    nearCm: String(geometry.nearCm),
    farCm: String(geometry.farCm),
  };
}

/** Reads the three numbers; each has its range, and people need some depth to move in. */
export function parseGeometry(draft: CameraDraft): Parsed<CameraGeometry, GeometryField> {
  const problems: Partial<Record<GeometryField, Problem>> = {};
  const read = (field: GeometryField): number => {
    const text = draft[field].trim();
    const value = /^\d{1,3}(\.\d)?$/.test(text) ? Number(text) : Number.NaN;
    const { min, max } = CAMERA_GEOMETRY_RANGES[field];
    if (!(value >= min && value <= max)) problems[field] = { key: 'camera.problem.range', values: { min, max } };
    return value;
  };
  const geometry = { horizontalFovDegrees: read('horizontalFovDegrees'), nearCm: read('nearCm'), farCm: read('farCm') };
  if (geometry.farCm - geometry.nearCm < LEAST_DEPTH_CM) {
    problems.farCm ??= { key: 'camera.problem.depth', values: { n: LEAST_DEPTH_CM } };
  }
  return parsed(problems, () => geometry);
}

/** Reads the form; a camera that isn't plugged in now keeps the name that it was saved under. */
export function parseCamera(
  draft: CameraDraft,
  found: readonly CameraDevice[],
  saved: CameraChoice,
): Parsed<CameraChoice, GeometryField> {
  const geometry = parseGeometry(draft);
  if (!geometry.ok) return geometry;
  const { deviceId } = draft;
  const label = found.find((device) => device.deviceId === deviceId)?.label ?? saved.label;
  const choice = deviceId === FIRST_CAMERA ? { deviceId: null, label: null } : { deviceId, label };
  return { ok: true, value: { ...choice, geometry: geometry.value } };
}
