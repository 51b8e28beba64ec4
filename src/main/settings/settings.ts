import { z } from 'zod';
import { DEFAULT_BRAND } from '../../shared/domain/brand-default.ts';
import { brandSchema } from '../../shared/domain/brand.ts';
import { DEFAULT_PERIPHERALS, peripheralsSchema } from '../../shared/domain/peripherals.ts';
import {
  DEFAULT_MAINTENANCE,
  DEFAULT_SETUP,
  maintenanceSchema,
  setupSchema,
} from '../../shared/domain/terminal-state.ts';
import { cameraGeometrySchema, DEFAULT_CAMERA_GEOMETRY } from '../../shared/domain/camera-geometry.ts';
import { cameraTrustSchema } from '../../shared/domain/camera-identity.ts';
import { readerTransportSchema } from '../../shared/domain/reader-transport.ts';
import { cardReadingSchema, DEFAULT_CARD_READING } from '../../shared/domain/card-reading.ts';
import { directVerifierSettingSchema } from '../../shared/domain/direct-verifier.ts';
import { DEFAULT_DOCUMENT_DEVICES, documentDevicesSchema } from '../../shared/domain/document-devices.ts';
import { DEFAULT_PHOTO_DECODING, photoDecodingSchema } from '../../shared/domain/photo-decoding.ts';
import { faceReturnSchema } from '../../shared/domain/face-return.ts';
import { DEFAULT_RISK_POLICY, riskPolicySchema } from '../../shared/domain/risk.ts';
import { schemeSchema } from '../../shared/domain/scheme.ts';
import { DEFAULT_SCENE, sceneSchema } from '../../shared/domain/scene.ts';
import { siteSchema } from '../../shared/domain/site.ts';
import { terminalCalibrationSchema } from '../../shared/domain/terminal-calibration.ts';
import { deviceIdSchema, keyIdSchema, publicKeyJwkSchema } from '../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingRows } from './ports.ts';
import { currentEdit } from './settings-edit.ts';
import { signersSchema } from './settings-signers.ts';

/** Null in both: the first camera of the machine. */
export const cameraSettingSchema = z.strictObject({
  deviceId: z.string().max(200).nullable(),
  label: z.string().max(200).nullable(),
  /** Absent in settings of earlier versions. */
  geometry: cameraGeometrySchema.default(DEFAULT_CAMERA_GEOMETRY),
});
export type CameraSetting = z.infer<typeof cameraSettingSchema>;

/** What this device got when it enrolled, and the server key that it trusts since then. */
export const enrolmentSchema = z.strictObject({
  deviceId: deviceIdSchema,
  keyId: keyIdSchema,
  serverKeyId: keyIdSchema,
  serverKey: publicKeyJwkSchema,
});
export type Enrolment = z.infer<typeof enrolmentSchema>;

export const verifierSettingSchema = z.strictObject({
  address: z.url().max(300).nullable(),
  enrolment: enrolmentSchema.nullable(),
});
export type VerifierSetting = z.infer<typeof verifierSettingSchema>;

/** All scenes beside the one of whoever walks up, which is the setting `scene`. */
export const otherScenesSchema = z
  .array(sceneSchema)
  .max(49)
  .refine((scenes) => new Set(scenes.map(({ id }) => id)).size === scenes.length, 'each id once');

export const SETTING_SCHEMAS = {
  /** Of whoever walks up. */
  scene: sceneSchema,
  'other-scenes': otherScenesSchema,
  /** Those that an administrator has composed. */
  schemes: z
    .array(schemeSchema)
    .max(50)
    .refine((schemes) => new Set(schemes.map(({ id }) => id)).size === schemes.length, 'each id once'),
  risk: riskPolicySchema,
  'face-return': faceReturnSchema.nullable(),
  site: siteSchema,
  reader: readerTransportSchema.nullable(),
  'photo-decoding': photoDecodingSchema,
  'card-reading': cardReadingSchema,
  camera: cameraSettingSchema,
  documents: documentDevicesSchema,
  'camera-trust': cameraTrustSchema,
  calibration: terminalCalibrationSchema.nullable(),
  verifier: verifierSettingSchema,
  'direct-verifier': directVerifierSettingSchema,
  brand: brandSchema,
  peripherals: peripheralsSchema,
  setup: setupSchema,
  maintenance: maintenanceSchema,
  /** Devices whose settings files are taken over here. */
  signers: signersSchema,
} as const;

export type SettingName = keyof typeof SETTING_SCHEMAS;
export type Settings = { readonly [Name in SettingName]: z.infer<(typeof SETTING_SCHEMAS)[Name]> };

/** What holds until an administrator has decided otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  scene: DEFAULT_SCENE,
  'other-scenes': [],
  schemes: [],
  risk: DEFAULT_RISK_POLICY,
  'face-return': null,
  site: {
    siteName: '服务大厅',
    siteNameEnglish: 'Service hall',
    purpose: '办理业务前核对身份',
    purposeEnglish: 'Checking your identity before your business here',
  },
  reader: null,
  'photo-decoding': DEFAULT_PHOTO_DECODING,
  'card-reading': DEFAULT_CARD_READING,
  documents: DEFAULT_DOCUMENT_DEVICES,
  camera: { deviceId: null, label: null, geometry: DEFAULT_CAMERA_GEOMETRY },
  'camera-trust': { policy: 'require-pinned', pin: null },
  calibration: null,
  verifier: { address: null, enrolment: null },
  'direct-verifier': null,
  brand: DEFAULT_BRAND,
  peripherals: DEFAULT_PERIPHERALS,
  setup: DEFAULT_SETUP,
  maintenance: DEFAULT_MAINTENANCE,
  signers: [],
};

export interface SettingsStore {
  /**
   * The setting, or its default when it was never set. A stored value that doesn't parse is `store.corrupt` naming the
   * setting, never the default: a scene must not silently become a laxer one.
   */
  read<Name extends SettingName>(name: Name): Result<Settings[Name], Failure>;
  /**
   * @returns `request.invalid` naming the field when the value doesn't fit, `settings.changed-meanwhile` where the edit
   * that is going on (see `settings-edit.ts`) was made from an older value, or a store failure
   */
  write<Name extends SettingName>(name: Name, value: Settings[Name]): Result<Settings[Name], Failure>;
}

/**
 * Holds nothing in memory: what another process has written counts at once. A write is on the disk and in the audit log
 * when it returns.
 */
export function createSettingsStore(rows: SettingRows): SettingsStore {
  return {
    read: (name) => {
      const stored = rows.read(name);
      if (!stored.ok) return stored;
      if (stored.value === null) return ok(DEFAULT_SETTINGS[name]);
      const parsed = parseSetting(name, stored.value);
      return parsed === undefined ? err(failure('store.corrupt', `setting ${name} does not parse`)) : ok(parsed);
    },
    write: (name, value) => {
      const parsed = SETTING_SCHEMAS[name].safeParse(value);
      if (!parsed.success) {
        const field = [name, ...(parsed.error.issues[0]?.path ?? [])].join('.');
        return err(failure('request.invalid', `setting ${field}`));
      }
      const edit = currentEdit();
      const written = rows.write(name, JSON.stringify(parsed.data), true, edit?.baseOf(name) ?? null);
      if (!written.ok) return written;
      edit?.wrote(name, written.value);
      return ok(parsed.data as typeof value);
    },
  };
}

/** Undefined for a text that doesn't parse; null is a value of some settings. */
function parseSetting<Name extends SettingName>(name: Name, text: string): Settings[Name] | undefined {
  try {
    return SETTING_SCHEMAS[name].parse(JSON.parse(text)) as Settings[Name];
  } catch {
    return undefined;
  }
}
