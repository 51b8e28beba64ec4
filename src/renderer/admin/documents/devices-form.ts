import type { DocumentDevices } from '../../../shared/domain/document-devices.ts';
import { parsed, type Parsed, type Problems } from '../form-problem.ts';

/** The value of "the camera that looks at people". */
export const SAME_CAMERA = '';

export const ZONE_BAUD_RATES = [9600, 19200, 38400, 57600, 115200] as const;

/** Texts only, so that unsaved edits compare by value. */
export interface DevicesDraft {
  readonly camera: string;
  readonly chip: 'off' | 'any' | 'named';
  readonly chipName: string;
  readonly zone: 'off' | 'keyboard' | 'serial';
  readonly path: string;
  readonly baud: string;
  readonly certificates: string;
}

export type DevicesField = keyof DevicesDraft;

export function devicesDraft({ camera, chipReader, zoneReader, certificates }: DocumentDevices): DevicesDraft {
  return {
    camera: camera?.deviceId ?? SAME_CAMERA,
    chip: chipReader?.kind ?? 'off',
    chipName: chipReader?.kind === 'named' ? chipReader.name : '',
    zone: zoneReader?.kind ?? 'off',
    path: zoneReader?.kind === 'serial' ? zoneReader.path : '',
    baud: String(zoneReader?.kind === 'serial' ? zoneReader.baud : 9600),
    certificates: certificates ?? '',
  };
}

/** @param label of the chosen camera, where it is known. */
export function parseDevices(draft: DevicesDraft, label: string | null): Parsed<DocumentDevices, DevicesField> {
  const [chipName, path, certificates] = [draft.chipName.trim(), draft.path.trim(), draft.certificates.trim()];
  const problems: Problems<DevicesField> = {
    ...(draft.chip === 'named' && chipName === ''
      ? { chipName: { key: 'documents.devices.problem.name' } as const }
      : {}),
    ...(draft.zone === 'serial' && path === '' ? { path: { key: 'documents.devices.problem.path' } as const } : {}),
  };
  const baud = ZONE_BAUD_RATES.find((rate) => String(rate) === draft.baud) ?? 9600;
  return parsed(problems, () => ({
    camera: draft.camera === SAME_CAMERA ? null : { deviceId: draft.camera, label },
    chipReader:
      draft.chip === 'off' ? null : draft.chip === 'any' ? { kind: 'any' } : { kind: 'named', name: chipName },
    zoneReader:
      draft.zone === 'off' ? null : draft.zone === 'keyboard' ? { kind: 'keyboard' } : { kind: 'serial', path, baud },
    certificates: certificates === '' ? null : certificates,
  }));
}
