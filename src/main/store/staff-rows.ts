import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { AuditDetail, AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { readSettingRow } from './setting-rows.ts';
import { attempt } from './sqlite-failure.ts';

const STAFF = 'staff';
const SINGLE_PIN = 'admin-access';

/** JSON texts; what they mean is up to the settings. */
export interface StoredStaff {
  readonly staff: string | null;
  readonly singlePin: string | null;
}

export interface StaffRows {
  read(): Result<StoredStaff, Failure>;
  /**
   * Reads, writes and notes in one transaction, which other processes wait for. Once something is written the single
   * PIN of an earlier version is gone: nothing may bring it back to life.
   */
  update<T>(
    change: (stored: StoredStaff) => Result<
      {
        readonly staff: string | null;
        readonly notes: readonly { readonly kind: string; readonly detail: AuditDetail }[];
        readonly value: T;
      },
      Failure
    >,
  ): Result<T, Failure>;
}

/** Works past the settings' own rows: what is noted is what `change` says, and no revision of the settings goes up. */
export function createStaffRows(database: StoreDatabase, audit: Pick<AuditLog, 'appendWithin'>): StaffRows {
  const replace = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  const drop = database.prepare('DELETE FROM settings WHERE name = ?');
  const inOneTransaction = database.transaction((task: () => unknown) => task());

  function read(): Result<StoredStaff, Failure> {
    const staff = readSettingRow(database, STAFF);
    if (!staff.ok) return staff;
    const singlePin = readSettingRow(database, SINGLE_PIN);
    if (!singlePin.ok) return singlePin;
    return { ok: true, value: { staff: staff.value, singlePin: singlePin.value } };
  }

  return {
    read,
    update: <T>(change: Parameters<StaffRows['update']>[0]) => {
      const task = (): Result<T, Failure> => {
        const stored = read();
        if (!stored.ok) return stored;
        const changed = change(stored.value);
        if (!changed.ok) return changed;
        if (changed.value.staff !== null) {
          replace.run(STAFF, changed.value.staff);
          drop.run(SINGLE_PIN);
        }
        for (const { kind, detail } of changed.value.notes) audit.appendWithin(kind, detail);
        return { ok: true, value: changed.value.value as T };
      };
      const done = attempt(() => inOneTransaction.immediate(task) as Result<T, Failure>);
      return done.ok ? done.value : done;
    },
  };
}
