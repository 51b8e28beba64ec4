import { z } from 'zod';
import type { FileSettingName, SettingsFilePreview } from '../domain/settings-file.ts';

/** A settings file that this terminal has kept of itself. */
export interface SettingsBackup {
  readonly name: string;
  readonly writtenAtMs: number;
  readonly bytes: number;
  readonly reason: 'before-import' | 'by-hand' | 'before-restore';
}

/** A device whose files are taken over here. */
export interface PinnedSigner {
  readonly fingerprint: string;
  readonly deviceId: string;
  readonly pinnedAtMs: number;
}

export interface SettingsFileStatus {
  readonly deviceId: string;
  /** Of this device's key: what another terminal asks for before it takes a file of this one. */
  readonly fingerprint: string;
  readonly signers: readonly PinnedSigner[];
  /** The newest first. */
  readonly backups: readonly SettingsBackup[];
}

export interface SettingsFileApplied {
  readonly changed: readonly FileSettingName[];
  /** The backup from before, which undoes it. */
  readonly backup: string;
  readonly status: SettingsFileStatus;
}

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const backupName = z.string().max(80);
/** Where a file's text comes from: the window, or the terminal's own backups. */
const source = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('text'), text: z.string() }),
  z.strictObject({ from: z.literal('backup'), name: backupName }),
]);
export type SettingsFileSource = z.infer<typeof source>;

/** Channels of the signed settings file: request schema by channel. */
export const ADMIN_SETTINGS_FILE_CHANNELS = {
  'admin:settings-file': z.null(),
  'admin:export-settings': z.strictObject({ devices: z.boolean() }),
  'admin:preview-settings': z.strictObject({ source, devices: z.boolean() }),
  'admin:apply-settings': z.strictObject({
    source,
    devices: z.boolean(),
    /** Of a signer that isn't known yet: somebody has compared it. */
    pin: fingerprint.nullable(),
    /** That scenes change the scheme that their records were made by is wanted. */
    confirmed: z.boolean(),
    /** Of the preview. */
    revision: z.int().nonnegative(),
  }),
  'admin:back-up-settings': z.null(),
  'admin:forget-signer': z.strictObject({ fingerprint }),
} as const;

export interface AdminSettingsFileAnswers {
  'admin:settings-file': SettingsFileStatus;
  'admin:export-settings': { readonly name: string; readonly text: string };
  'admin:preview-settings': SettingsFilePreview;
  'admin:apply-settings': SettingsFileApplied;
  'admin:back-up-settings': SettingsFileStatus;
  'admin:forget-signer': SettingsFileStatus;
}
