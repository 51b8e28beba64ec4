import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { MAX_SETTINGS_FILE_BYTES } from '../../shared/domain/settings-file.ts';
import type { SettingsBackup } from '../../shared/ipc/admin-settings-file.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { tooLarge } from '../settings/settings-file-reading.ts';

export const BACKUPS_FOLDER_NAME = 'settings-backups';
/** Older ones go when a new one is written. */
export const BACKUPS_KEPT = 30;

const NAME = /^(\d{8}T\d{9}Z)-(\d{2})-(before-import|by-hand|before-restore)\.json$/;
export type BackupReason = SettingsBackup['reason'];

/** Signed settings files that this terminal has written for itself. */
export interface SettingsBackups {
  /** The newest first. */
  list(): Result<readonly SettingsBackup[], Failure>;
  /** @returns its name; nothing is written under a name that is taken */
  keep(text: string, reason: BackupReason): Result<string, Failure>;
  read(name: string): Result<string, Failure>;
}

/**
 * Backups are files of `dataFolder`, for their owner alone, each there whole or not at all; beyond `BACKUPS_KEPT` the
 * oldest go. Troubles with the disk are `store.full` and `store.unavailable`.
 */
export function createSettingsBackups(dataFolder: string, clock: Clock): SettingsBackups {
  const folder = join(dataFolder, BACKUPS_FOLDER_NAME);
  const names = (): readonly string[] => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return readdirSync(folder)
      .filter((name) => NAME.test(name))
      .toSorted()
      .toReversed();
  };
  return {
    list: () => attemptFile(() => names().map((name) => backupOf(folder, name))),
    keep: (text, reason) =>
      attemptFile(() => {
        const there = names();
        const stamp = new Date(clock.wallMs()).toISOString().replace(/[-:.]/g, '');
        const same = there.filter((name) => name.startsWith(stamp)).length;
        const name = `${stamp}-${String(same).padStart(2, '0')}-${reason}.json`;
        const half = join(folder, `${name}.half`);
        writeFileSync(half, text, { mode: 0o600, flag: 'wx', flush: true });
        renameSync(half, join(folder, name));
        // One that can't be taken away now goes with the next.
        for (const old of there.slice(BACKUPS_KEPT - 1)) attemptFile(() => unlinkSync(join(folder, old)));
        return name;
      }),
    read: (name) => {
      if (!NAME.test(name)) return err(failure('request.invalid', 'name: no backup'));
      const file = join(folder, name);
      const size = attemptFile(() => statSync(file).size);
      if (!size.ok) return size;
      if (size.value > MAX_SETTINGS_FILE_BYTES) return err(tooLarge(size.value));
      return attemptFile(() => readFileSync(file, 'utf8'));
    },
  };
}

function backupOf(folder: string, name: string): SettingsBackup {
  const [, stamp = '', , reason] = NAME.exec(name)!;
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z');
  const bytes = statSync(join(folder, name)).size;
  return { name, writtenAtMs: Date.parse(iso), bytes, reason: reason as BackupReason };
}

function attemptFile<T>(work: () => T): Result<T, Failure> {
  try {
    return ok(work());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return err(failure(code === 'ENOSPC' ? 'store.full' : 'store.unavailable', `settings backup: ${code}`));
  }
}
