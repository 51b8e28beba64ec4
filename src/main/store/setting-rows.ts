import { z } from 'zod';
import { changedMeanwhile, type SettingChange } from '../../shared/changed-meanwhile.ts';
import type { Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { auditEntrySchema, type AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { sha256Hex } from './hashing.ts';
import { inOneTransaction } from './one-transaction.ts';
import { attempt } from './sqlite-failure.ts';

/** Named JSON texts. What they mean is up to the settings; here they are only kept. */
export interface SettingRows {
  /** Null when it was never set. */
  read(name: string): Result<string | null, Failure>;
  /**
   * Replaces the text; `audited` adds an entry that names the setting and the hash of its new value.
   *
   * @param basedOn the revision that the change was made from; null or absent: whatever there is.
   * @returns the revision after it; `settings.changed-meanwhile` where an audited change came after `basedOn`.
   */
  write(name: string, json: string, audited: boolean, basedOn?: number | null): Result<number, Failure>;
  /** Goes up with every audited change of any setting, on whichever way it came. */
  revision(): Result<number, Failure>;
  /** The revision at which a setting was changed last; 0: never, as far as is known. */
  changedAt(name: string): Result<number, Failure>;
}

/** Where the place of a setting's last change in the audit log is kept. */
const CHANGED = 'setting-changed:';
const REVISION = 'setting-revision';

/**
 * A write with its entry and its revision is one transaction that is on the disk when it returns. The revision is that
 * entry's place in the audit log.
 */
export function createSettingRows(database: StoreDatabase, audit: AuditLog): SettingRows {
  const replace = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  const place = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  const placeOf = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const lastEntry = database.prepare<[], number>('SELECT max(seq) FROM audit').pluck();
  const revisionOf = (name: string): number =>
    z.coerce
      .number()
      .int()
      .parse(placeOf.get(name) ?? 0);

  function write(name: string, json: string, audited: boolean, basedOn: number | null): Result<number, Failure> {
    const changedAt = revisionOf(CHANGED + name);
    if (basedOn !== null && changedAt > basedOn) return err(changedMeanwhile(changeAt(database, name, changedAt)));
    replace.run(name, json);
    if (!audited) return ok(revisionOf(REVISION));
    audit.appendWithin('setting.changed', { name, valueHash: sha256Hex(json) });
    const revision = lastEntry.get() ?? 0;
    place.run(CHANGED + name, String(revision));
    place.run(REVISION, String(revision));
    return ok(revision);
  }

  return {
    read: (name) => readSettingRow(database, name),
    write: (name, json, audited, basedOn = null) =>
      inOneTransaction(database, () => write(name, json, audited, basedOn)),
    revision: () => attempt(() => revisionOf(REVISION)),
    changedAt: (name) => attempt(() => revisionOf(CHANGED + name)),
  };
}

/** Who made the change that the audit log has at this place; unknown where it says something else. */
function changeAt(database: StoreDatabase, setting: string, seq: number): SettingChange {
  const entry = database.prepare<[number], string>('SELECT entry FROM audit WHERE seq = ?').pluck().get(seq);
  const parsed = auditEntrySchema.safeParse(entry === undefined ? null : JSON.parse(entry));
  if (!parsed.success) return { setting, by: null, atMs: null };
  const { by } = parsed.data.detail;
  return { setting, by: typeof by === 'string' ? by : null, atMs: parsed.data.atMs };
}

/** Null when it was never set; for a database that is open for reading only, too. */
export function readSettingRow(database: StoreDatabase, name: string): Result<string | null, Failure> {
  return attempt(() => {
    const query = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?');
    return query.pluck().get(name) ?? null;
  });
}
