import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { sha256Hex } from './hashing.ts';
import { attempt } from './sqlite-failure.ts';

/** Named JSON texts. What they mean is up to the settings; here they are only kept. */
export interface SettingRows {
  /** Null when it was never set. */
  read(name: string): Result<string | null, Failure>;
  /** Replaces the text; `audited` adds an entry that names the setting and the hash of its new value. */
  write(name: string, json: string, audited: boolean): Result<null, Failure>;
}

export function createSettingRows(database: StoreDatabase, audit: AuditLog): SettingRows {
  const replace = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  const write = database.transaction((name: string, json: string, audited: boolean) => {
    replace.run(name, json);
    if (audited) audit.appendWithin('setting.changed', { name, valueHash: sha256Hex(json) });
  });
  return {
    read: (name) => readSettingRow(database, name),
    write: (name, json, audited) => attempt(() => (write.immediate(name, json, audited), null)),
  };
}

/** Null when it was never set; for a database that is open for reading only, too. */
export function readSettingRow(database: StoreDatabase, name: string): Result<string | null, Failure> {
  return attempt(() => {
    const query = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?');
    return query.pluck().get(name) ?? null;
  });
}
