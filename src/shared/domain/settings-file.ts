/** Settings that a file takes from terminal to terminal. */
export const PORTABLE_SETTINGS = [
  'scene',
  'other-scenes',
  'schemes',
  'risk',
  'face-return',
  'site',
  'card-reading',
  'direct-verifier',
  'brand',
] as const;

/** Settings of the devices at one terminal: in a file only where somebody asked for them. */
export const DEVICE_SETTINGS = [
  'reader',
  'photo-decoding',
  'camera',
  'camera-trust',
  'calibration',
  'documents',
  'peripherals',
] as const;

export type FileSettingName = (typeof PORTABLE_SETTINGS)[number] | (typeof DEVICE_SETTINGS)[number];

/** The largest settings file; 50 scenes with 50 schemes and a logo come to a tenth of it. */
export const MAX_SETTINGS_FILE_BYTES = 4 * 1024 * 1024;

/** A value of one field, small enough to be shown. A picture is shown by its size. */
export type ShownValue =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly kind: 'picture'; readonly bytes: number };

/** One field that would be another afterwards. Members of lists with ids are named by them. */
export interface FieldChange {
  readonly setting: FileSettingName;
  readonly path: readonly string[];
  readonly before: ShownValue;
  readonly after: ShownValue;
}

/** What the preview of a file tells beside its changes. */
export type SettingsFileNote =
  /** Of this terminal and not in the file; it stays, because records were made with it. */
  | { readonly note: 'scene-stays' | 'scheme-stays'; readonly id: string; readonly records: number }
  /** Records of this scene were made by another scheme: has to be confirmed. */
  | { readonly note: 'scheme-changes'; readonly id: string; readonly records: number }
  /** The file has settings of devices, which are left out unless they are wanted. */
  | { readonly note: 'devices-left-out'; readonly id: string; readonly records: number };

export type SignerTrust = 'own' | 'pinned' | 'unknown';

/** Who signed a file, and whether this terminal takes files of theirs. */
export interface SettingsFileSigner {
  readonly fingerprint: string;
  readonly deviceId: string;
  readonly trust: SignerTrust;
}

/** What a file would do here. Nothing has been changed. */
export interface SettingsFilePreview {
  readonly signer: SettingsFileSigner;
  readonly appVersion: string;
  readonly exportedAtMs: number;
  readonly exportedBy: string | null;
  readonly hasDevices: boolean;
  readonly changes: readonly FieldChange[];
  readonly notes: readonly SettingsFileNote[];
  /** The revision of the settings that it was compared with. */
  readonly revision: number;
}
