/** What can be wrong with the audit chain or with what it vouches for. */
export type AuditFault =
  | 'entry-missing'
  | 'entry-malformed'
  | 'chain-broken'
  | 'mac-wrong'
  | 'truncated'
  | 'head-missing'
  | 'head-wrong'
  | 'checkpoint-missing'
  | 'checkpoint-wrong'
  | 'record-missing'
  | 'record-changed'
  | 'record-unaudited'
  | 'receipt-missing'
  | 'receipt-changed'
  | 'receipt-unaudited'
  | 'settled-wrong'
  | 'counts-wrong';

export interface FoundFault {
  /** Number of the entry that is missing or wrong; null when the fault lies beside the chain. */
  readonly entry: number | null;
  readonly reason: AuditFault;
}

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
