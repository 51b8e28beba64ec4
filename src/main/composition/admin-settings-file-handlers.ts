import type { ADMIN_SETTINGS_FILE_CHANNELS, SettingsFileSource } from '../../shared/ipc/admin-settings-file.ts';
import type { SettingsFileStatus } from '../../shared/ipc/admin-settings-file.ts';
import { DEVICE_SETTINGS, type FileSettingName } from '../../shared/domain/settings-file.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keyFingerprint } from '../settings/device-identity.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { createSettingsBackups, type SettingsBackups } from './settings-backups.ts';
import { createSettingsTransfer } from './settings-transfer.ts';

const ON_DEVICES = new Set<FileSettingName>(DEVICE_SETTINGS);

/** The signed settings file: out, in with a preview, undone by a backup, and whose files are taken. */
export function settingsFileHandlers(
  parts: AdminParts,
): Pick<AdminHandlers, keyof typeof ADMIN_SETTINGS_FILE_CHANNELS> {
  const { installation, clock, upkeep } = parts;
  const backups = createSettingsBackups(upkeep.dataFolder, clock);
  const transfer = createSettingsTransfer({ ...parts, backups });
  const textOf = (source: SettingsFileSource): Result<string, Failure> =>
    source.from === 'text' ? ok(source.text) : backups.read(source.name);
  const status = (): Result<SettingsFileStatus, Failure> => statusOf(parts, backups);
  return {
    'admin:settings-file': status,
    'admin:export-settings': ({ devices }) => {
      const text = transfer.export({ devices, by: installation.serving.staff()?.name ?? null });
      if (!text.ok) return text;
      const day = new Date(clock.wallMs()).toISOString().slice(0, 10);
      return ok({ name: `countersign-settings-${installation.identity.deviceId()}-${day}.json`, text: text.value });
    },
    'admin:preview-settings': ({ source, devices }) => {
      const text = textOf(source);
      return text.ok ? transfer.preview(text.value, devices) : text;
    },
    'admin:apply-settings': async ({ source, ...choices }) => {
      if (choices.devices && parts.busy()) {
        return err(failure('request.invalid', 'a certification is running: wait until it has ended'));
      }
      const text = textOf(source);
      if (!text.ok) return text;
      const reason = source.from === 'backup' ? 'before-restore' : 'before-import';
      const applied = transfer.apply(text.value, { ...choices, reason });
      if (!applied.ok) return applied;
      if (applied.value.changed.some((name) => ON_DEVICES.has(name))) await upkeep.reconfigureDevices();
      parts.onSettings();
      const now = status();
      return now.ok ? ok({ ...applied.value, status: now.value }) : now;
    },
    'admin:back-up-settings': () => {
      const kept = transfer.backUp('by-hand');
      return kept.ok ? status() : kept;
    },
    'admin:forget-signer': ({ fingerprint }) => {
      const signers = installation.settings.read('signers');
      if (!signers.ok) return signers;
      const left = signers.value.filter((signer) => signer.fingerprint !== fingerprint);
      const written = installation.settings.write('signers', left);
      return written.ok ? status() : written;
    },
  };
}

function statusOf({ installation }: AdminParts, backups: SettingsBackups): Result<SettingsFileStatus, Failure> {
  const signers = installation.settings.read('signers');
  if (!signers.ok) return signers;
  const kept = backups.list();
  if (!kept.ok) return kept;
  return ok({
    deviceId: installation.identity.deviceId(),
    fingerprint: keyFingerprint(installation.identity.publicKeyJwk),
    signers: signers.value,
    backups: kept.value,
  });
}
