import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** Durable named JSON texts; an audited write leaves an audit entry in the same transaction. */
export interface SettingRows {
  read(name: string): Result<string | null, Failure>;
  write(name: string, json: string, audited: boolean): Result<null, Failure>;
}

/** Durable named byte strings inside the encrypted database. */
export interface SecretRows {
  read(name: string): Result<Buffer | null, Failure>;
  keepFirst(name: string, value: Buffer): Result<Buffer, Failure>;
}

export interface AuditTrail {
  append(kind: string, detail: Readonly<Record<string, string | number | boolean | null>>): Result<null, Failure>;
}
