import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { createSettingsBackups } from '../main/composition/settings-backups.ts';
import {
  createSettingsTransfer,
  type AppliedSettings,
  type SettingsTransfer,
} from '../main/composition/settings-transfer.ts';
import type { Installation } from '../main/composition/installation.ts';
import { tooLarge } from '../main/settings/settings-file-reading.ts';
import { systemClock } from '../shared/clock.ts';
import {
  DEVICE_SETTINGS,
  MAX_SETTINGS_FILE_BYTES,
  PORTABLE_SETTINGS,
  type FieldChange,
  type SettingsFilePreview,
  type ShownValue,
} from '../shared/domain/settings-file.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { appVersion } from './app-version.ts';
import { emitError, emitJson, emitText } from './output.ts';
import { writeNewFile } from './scene-file.ts';
import { changingInstallation, readingSettings, withSettingStore, type SettingStoreOptions } from './setting-store.ts';

interface ExportOptions extends SettingStoreOptions {
  readonly out: string;
  readonly devices?: boolean;
}

interface ImportOptions extends SettingStoreOptions {
  readonly devices?: boolean;
  readonly pin?: string;
  readonly changeScheme?: boolean;
  readonly dryRun?: boolean;
}

/** Adds `settings export`, `import` and `show`. */
export function registerSettingsCommands(program: Command): void {
  const settings = program.command('settings').description('all settings of a terminal as one signed file');
  withSettingStore(settings.command('export'))
    .requiredOption('--out <file>', 'a new file')
    .option('--devices', 'also reader, camera, printer and what else belongs to this machine')
    .description('write the settings, signed by this device; keys, enrolment and staff are never in it')
    .action(exportSettings);
  withSettingStore(settings.command('import'))
    .argument('<file>')
    .option('--dry-run', 'only say what would change')
    .option('--devices', 'also the settings of devices')
    .option('--pin <fingerprint>', 'trust the device with this fingerprint from now on')
    .option('--change-scheme', 'also where records were made by another scheme')
    .description('take a file over, all of it or nothing, after a backup; the application may be running')
    .action((file: string, options: ImportOptions) => importSettings(file, options));
  withSettingStore(settings.command('show'))
    .argument('[name]', 'one setting')
    .description('the settings as they are, without secrets')
    .action(showSettings);
}

function transferOf(installation: Installation, dataFolder: string): SettingsTransfer {
  const backups = createSettingsBackups(dataFolder, systemClock);
  return createSettingsTransfer({ installation, backups, clock: systemClock, appVersion: appVersion(), demo: false });
}

function exportSettings(options: ExportOptions): void {
  const json = options.json === true;
  const text = changingInstallation(options, (installation) =>
    transferOf(installation, options.dataFolder).export({ devices: options.devices === true, by: null }),
  );
  if (!text.ok) return emitError(text.error, json);
  const written = writeNewFile(options.out, JSON.parse(text.value));
  if (!written.ok) return emitError(written.error, json);
  if (json) emitJson({ file: options.out });
  else emitText(`Settings written to ${options.out}.`);
}

/** A file that is too large is not even read. */
function readFile(file: string): Result<string, Failure> {
  try {
    const { size } = statSync(file);
    return size > MAX_SETTINGS_FILE_BYTES ? err(tooLarge(size)) : ok(readFileSync(file, 'utf8'));
  } catch {
    return err(failure('request.invalid', 'the file can not be read'));
  }
}

interface Outcome {
  readonly preview: SettingsFilePreview;
  /** Null: only looked at. */
  readonly applied: AppliedSettings | null;
}

function importSettings(file: string, options: ImportOptions): void {
  const json = options.json === true;
  const text = readFile(file);
  if (!text.ok) return emitError(text.error, json);
  const devices = options.devices === true;
  const outcome = changingInstallation<Outcome>(options, (installation) => {
    const transfer = transferOf(installation, options.dataFolder);
    const preview = transfer.preview(text.value, devices);
    if (!preview.ok || options.dryRun === true) {
      return preview.ok ? ok({ preview: preview.value, applied: null }) : preview;
    }
    const applied = transfer.apply(text.value, {
      devices,
      pin: options.pin ?? null,
      confirmed: options.changeScheme === true,
      revision: preview.value.revision,
      reason: 'before-import',
    });
    return applied.ok ? ok({ preview: preview.value, applied: applied.value }) : applied;
  });
  if (!outcome.ok) return emitError(outcome.error, json);
  if (json) return emitJson(outcome.value);
  emitPreview(outcome.value.preview);
  const { applied } = outcome.value;
  if (applied === null) return emitText('Nothing was changed.');
  emitText(`${applied.changed.length} settings taken over; the backup ${applied.backup} undoes it.`);
}

function emitPreview({ signer, changes, notes }: SettingsFilePreview): void {
  emitText(`Signed by ${signer.deviceId} (${signer.trust}), fingerprint ${signer.fingerprint}`);
  for (const { note, id, records } of notes) emitText(`${note}  ${id}${records > 0 ? `  ${records} records` : ''}`);
  for (const change of changes) emitText(changeLine(change));
}

function changeLine({ setting, path, before, after }: FieldChange): string {
  return `${[setting, ...path].join('.')}: ${valueText(before)} → ${valueText(after)}`;
}

function valueText(shown: ShownValue): string {
  switch (shown.kind) {
    case 'absent':
      return '(none)';
    case 'value':
      return JSON.stringify(shown.value);
    case 'list':
      return JSON.stringify(shown.values);
    case 'picture':
      return `(picture, ${shown.bytes} bytes)`;
  }
}

function showSettings(name: string | undefined, options: SettingStoreOptions): void {
  const names = [...PORTABLE_SETTINGS, ...DEVICE_SETTINGS, 'maintenance', 'signers'] as const;
  const wanted = names.filter((each) => name === undefined || each === name);
  if (wanted.length === 0) return emitError(failure('request.invalid', `name: one of ${names.join(', ')}`), false, 2);
  const shown = readingSettings(options, (settings) => {
    const values: Record<string, unknown> = {};
    for (const each of wanted) {
      const read = settings.read(each);
      if (!read.ok) return read;
      values[each] = read.value;
    }
    return ok(values);
  });
  if (!shown.ok) return emitError(shown.error, options.json === true);
  if (options.json) emitJson(shown.value);
  else process.stdout.write(`${JSON.stringify(shown.value, null, 2)}\n`);
}
