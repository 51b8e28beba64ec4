import type { AuditFault } from '../../shared/domain/audit-faults.ts';

export type { AuditFault };

export interface FoundFault {
  /** Number of the entry that is missing or wrong; null when the fault lies beside the chain. */
  readonly entry: number | null;
  readonly reason: AuditFault;
}

/** @param entry its number; null where the fault lies beside the chain. */
export function faultAt(entry: number | null, reason: AuditFault): FoundFault {
  return { entry, reason };
}

/** A value of a stored JSON text; undefined when the text isn't JSON, for a schema to refuse. */
export function parseStoredJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
