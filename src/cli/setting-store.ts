import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { openInstallation, type Installation } from '../main/composition/installation.ts';
import { createSettingsStore, type SettingsStore } from '../main/settings/settings.ts';
import { DATABASE_FILE_NAME, type StoreDatabase } from '../main/store/database.ts';
import { KEY_FILE_NAME, readKeyFile } from '../main/store/key-file.ts';
import { MIGRATIONS } from '../main/store/migrations/index.ts';
import { attempt } from '../main/store/sqlite-failure.ts';
import { systemClock } from '../shared/clock.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { openStoreForReading } from './store-access.ts';

export interface SettingStoreOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly json?: boolean;
}

/** Adds `--data-folder`, `--key-file` and `--json`. */
export function withSettingStore(command: Command, { optional }: { readonly optional?: boolean } = {}): Command {
  const folder = '--data-folder <folder>';
  const named = optional
    ? command.option(folder, 'the data folder of the application')
    : command.requiredOption(folder, 'the data folder of the application');
  return named
    .option('--key-file <file>', 'master key; by default database.key in the data folder')
    .option('--json', 'JSON on standard output');
}

interface OpenSettings {
  readonly settings: SettingsStore;
  readonly database: StoreDatabase;
}

/** Reads settings and what else the database has; nothing can be written. */
export function readingSettings<T>(
  options: SettingStoreOptions,
  ask: (settings: SettingsStore, database: StoreDatabase) => Result<T, Failure>,
): Result<T, Failure> {
  const opened = openSettings(options);
  if (!opened.ok) return opened;
  try {
    return ask(opened.value.settings, opened.value.database);
  } finally {
    opened.value.database.close();
  }
}

/** The same for what takes its time. */
export async function awaitingSettings<T>(
  options: SettingStoreOptions,
  ask: (settings: SettingsStore, database: StoreDatabase) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const opened = openSettings(options);
  if (!opened.ok) return opened;
  try {
    return await ask(opened.value.settings, opened.value.database);
  } finally {
    opened.value.database.close();
  }
}

function openSettings({ dataFolder, keyFile }: SettingStoreOptions): Result<OpenSettings, Failure> {
  const store = openStoreForReading(join(dataFolder, DATABASE_FILE_NAME), keyFile);
  if (!store.ok) return store;
  const { database } = store.value;
  if ((database.pragma('user_version', { simple: true }) as number) < MIGRATIONS.length) {
    database.close();
    return err(failure('request.invalid', 'an older version wrote this database; start the application once'));
  }
  const read = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck();
  const settings = createSettingsStore({
    read: (name) => attempt(() => read.get(name) ?? null),
    write: () => err(failure('store.unavailable', 'opened for reading')),
  });
  return ok({ settings, database });
}

/**
 * Opens an existing installation for changes, with its audit log. The application may have it open as well: SQLite lets
 * one of the two write at a time, and a certification that is running ends by the settings that it began with.
 */
export function changingInstallation<T>(
  options: SettingStoreOptions,
  change: (installation: Installation) => Result<T, Failure>,
): Result<T, Failure> {
  const opened = openForChanges(options);
  if (!opened.ok) return opened;
  try {
    return change(opened.value);
  } finally {
    opened.value.close();
  }
}

/** The same for what takes its time. */
export async function awaitingInstallation<T>(
  options: SettingStoreOptions,
  change: (installation: Installation) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const opened = openForChanges(options);
  if (!opened.ok) return opened;
  try {
    return await change(opened.value);
  } finally {
    opened.value.close();
  }
}

function openForChanges({ dataFolder, keyFile }: SettingStoreOptions): Result<Installation, Failure> {
  const path = join(dataFolder, DATABASE_FILE_NAME);
  if (!existsSync(path)) return err(failure('request.invalid', 'there is no such database'));
  const key = readKeyFile(keyFile ?? join(dirname(path), KEY_FILE_NAME));
  if (!key.ok) return key;
  const master = key.value;
  if (master === null) {
    return err(failure('request.invalid', 'there is no key file; give one with --key-file'));
  }
  const source = { protection: 'key-file', loadOrCreate: () => ok(master) } as const;
  return openInstallation(dataFolder, source, systemClock);
}
