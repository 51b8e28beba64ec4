import { faultAt, type FoundFault } from './audit-fault.ts';
import type { StoreDatabase } from './database.ts';
import { noteHash, reviewDetailSchema, type ReviewDetail } from './review-entry.ts';

export interface VouchedReviews {
  /** Holds the decision of the staff that an entry vouches for against what is kept. */
  faultBehind(entry: number, detail: unknown): FoundFault | null;
  /** After all entries: decisions that no entry vouches for. */
  remainingFault(): FoundFault | null;
}

interface StoredReview {
  readonly decision: string;
  readonly state: string;
  readonly outcomeReason: string;
  readonly reason: string;
  readonly override: number;
  readonly staffId: string;
  readonly secondStaffId: string | null;
  readonly receiptHash: string;
  readonly decidedAtMs: number;
  readonly note: string | null;
  readonly salt: string | null;
  /** The record was erased: 1, else 0. */
  readonly erased: number;
}

/** Holds every decision of the staff against the audit entry that was written with it. */
export function vouchedReviews(database: StoreDatabase): VouchedReviews {
  const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'reviews'`).get();
  // A database of an older version, opened for reading only, has none.
  if (table === undefined) {
    return { faultBehind: (entry) => faultAt(entry, 'review-changed'), remainingFault: () => null };
  }
  const find = database.prepare<[string, number], StoredReview>(
    `SELECT decision, reviews.state AS state, outcome_reason AS outcomeReason, reviews.reason AS reason, override,
            staff_id AS staffId, second_staff_id AS secondStaffId, receipt_hash AS receiptHash,
            decided_at_ms AS decidedAtMs, note, note_salt AS salt,
            json_extract(records.record, '$.erased') IS NOT NULL AS erased
     FROM reviews JOIN records USING (certify_id) WHERE certify_id = ? AND revision = ?`,
  );
  let vouched = 0;
  return {
    faultBehind: (entry, found) => {
      const detail = reviewDetailSchema.safeParse(found);
      if (!detail.success) return faultAt(entry, 'entry-malformed');
      vouched += 1;
      const kept = find.get(detail.data.certifyId, detail.data.revision);
      return kept !== undefined && agrees(kept, detail.data) ? null : faultAt(entry, 'review-changed');
    },
    remainingFault: () => {
      const rows = database.prepare<[], number>('SELECT count(*) FROM reviews').pluck().get();
      return rows === vouched ? null : faultAt(null, 'review-unaudited');
    },
  };
}

function agrees(kept: StoredReview, said: ReviewDetail): boolean {
  const { note, salt } = kept;
  const noteStands = note === null || salt === null ? kept.erased === 1 : noteHash(salt, note) === said.noteHash;
  return (
    noteStands &&
    kept.decision === said.decision &&
    kept.state === said.to &&
    kept.outcomeReason === said.outcomeReason &&
    kept.reason === said.reason &&
    (kept.override === 1) === said.override &&
    kept.staffId === said.staffId &&
    kept.secondStaffId === said.secondStaffId &&
    kept.receiptHash === said.receiptHash &&
    kept.decidedAtMs === said.decidedAtMs
  );
}
