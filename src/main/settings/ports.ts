import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** Durable named JSON texts; an audited write leaves an audit entry in the same transaction. */
export interface SettingRows {
  read(name: string): Result<string | null, Failure>;
  /**
   * @param basedOn the revision that an audited change was made from; null or absent: whatever there is.
   * @returns the revision after it, or null where nobody counts; `settings.changed-meanwhile` where somebody was faster.
   */
  write(name: string, json: string, audited: boolean, basedOn?: number | null): Result<number | null, Failure>;
}

/** Durable named byte strings inside the encrypted database. */
export interface SecretRows {
  read(name: string): Result<Buffer | null, Failure>;
  keepFirst(name: string, value: Buffer): Result<Buffer, Failure>;
}

export interface AuditTrail {
  append(kind: string, detail: Readonly<Record<string, string | number | boolean | null>>): Result<null, Failure>;
}

/** An audit entry to be. */
export interface AuditNote {
  readonly kind: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** What is kept of the staff, as JSON texts. */
export interface StoredStaff {
  readonly staff: string | null;
  /** Of an earlier version, which had one PIN for whoever administers. */
  readonly singlePin: string | null;
}

export interface StaffUpdate<T> {
  /** What is kept from now on; null leaves it as it is. */
  readonly staff: string | null;
  readonly notes: readonly AuditNote[];
  readonly value: T;
}

/** The staff, durably. An update reads, writes and notes in one transaction; a failed one changes nothing. */
export interface StaffRows {
  read(): Result<StoredStaff, Failure>;
  update<T>(change: (stored: StoredStaff) => Result<StaffUpdate<T>, Failure>): Result<T, Failure>;
}
