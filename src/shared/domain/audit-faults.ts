/** What can be wrong with the audit chain or with what it vouches for. */
export const AUDIT_FAULTS = [
  'entry-missing',
  'entry-malformed',
  'chain-broken',
  'mac-wrong',
  'truncated',
  'head-missing',
  'head-wrong',
  'checkpoint-missing',
  'checkpoint-wrong',
  'record-missing',
  'record-changed',
  'record-unaudited',
  'receipt-missing',
  'receipt-changed',
  'receipt-unaudited',
  'settled-wrong',
  'review-changed',
  'review-unaudited',
  'counts-wrong',
  'facts-wrong',
] as const;
export type AuditFault = (typeof AUDIT_FAULTS)[number];
