import { certificationRecordSchema } from '../../shared/domain/certification.ts';
import { auditEntrySchema, type AuditRow } from './audit-log.ts';
import { faultAt, parseStoredJson, type FoundFault } from './audit-fault.ts';
import { vouchedReviews } from './audit-vouched-reviews.ts';
import { COMMITTED_ENTRY, committedDetailSchema, type CommittedDetail } from './committed-entry.ts';
import type { StoreDatabase } from './database.ts';
import { ERASED_ENTRY, erasedDetailSchema } from './erased-record.ts';
import { sha256Hex } from './hashing.ts';
import { SETTLED_ENTRY, settledDetailSchema, stateColumn } from './record-settlement.ts';
import { hasReports, reportCountsDiffer } from './report-recount.ts';
import { REVIEW_ENTRY } from './review-entry.ts';

const VOUCHING = [COMMITTED_ENTRY, SETTLED_ENTRY, ERASED_ENTRY, REVIEW_ENTRY];

export interface VouchedRecords {
  /** Checks the record and the receipt that an entry vouches for; null also when it vouches for none. */
  faultOf(row: AuditRow): FoundFault | null;
  /** After all entries: records, receipts or counts that no entry vouches for. */
  remainingFault(): FoundFault | null;
}

/** Holds every record and receipt against the audit entry that was written with it. */
export function vouchedRecords(database: StoreDatabase): VouchedRecords {
  const record = database.prepare<[number], { certify_id: string; record: string }>(
    'SELECT certify_id, record FROM records WHERE seq = ?',
  );
  const receipt = database.prepare<[number], { hash: string; receipt: string }>(
    'SELECT hash, receipt FROM receipts WHERE seq = ?',
  );
  const reviews = vouchedReviews(database);
  let vouched = 0;
  const settled = new Map<string, string>();
  /** What stands in the place of records and waits for the entry that vouches for it, later in the chain. */
  const replaced = new Map<string, ReplacedRecord>();

  function faultBehind(entry: number, detail: CommittedDetail): FoundFault | null {
    const kept = record.get(detail.receiptSeq);
    if (kept === undefined) return faultAt(entry, 'record-missing');
    if (kept.certify_id !== detail.certifyId) return faultAt(entry, 'record-changed');
    const keptHash = sha256Hex(kept.record);
    if (keptHash !== detail.recordHash) {
      if (!saysErased(kept.record)) return faultAt(entry, 'record-changed');
      replaced.set(detail.certifyId, { entry, recordHash: detail.recordHash, keptHash });
    }
    const stored = receipt.get(detail.receiptSeq);
    if (stored === undefined) return faultAt(entry, 'receipt-missing');
    const unchanged = stored.hash === detail.receiptHash && sha256Hex(stored.receipt) === detail.signedReceiptHash;
    return unchanged ? null : faultAt(entry, 'receipt-changed');
  }

  function erasureFault(entry: number, found: unknown): FoundFault | null {
    const detail = erasedDetailSchema.safeParse(found);
    if (!detail.success) return faultAt(entry, 'entry-malformed');
    const { certifyId, recordHash, erasedHash } = detail.data;
    const waiting = replaced.get(certifyId);
    // Nothing waits where the record was put back, too.
    const vouches = waiting?.recordHash === recordHash && waiting.keptHash === erasedHash;
    replaced.delete(certifyId);
    return vouches ? null : faultAt(entry, 'record-changed');
  }

  return {
    faultOf: (row) => {
      if (!VOUCHING.some((kind) => row.entry.includes(`"${kind}"`))) return null;
      const entry = auditEntrySchema.safeParse(parseStoredJson(row.entry));
      if (!entry.success) return faultAt(row.seq, 'entry-malformed');
      if (entry.data.kind === SETTLED_ENTRY) {
        const decided = settledDetailSchema.safeParse(entry.data.detail);
        if (!decided.success) return faultAt(row.seq, 'entry-malformed');
        settled.set(decided.data.certifyId, decided.data.to);
        return null;
      }
      if (entry.data.kind === REVIEW_ENTRY) return reviews.faultBehind(row.seq, entry.data.detail);
      if (entry.data.kind === ERASED_ENTRY) return erasureFault(row.seq, entry.data.detail);
      if (entry.data.kind !== COMMITTED_ENTRY) return null;
      const detail = committedDetailSchema.safeParse(entry.data.detail);
      if (!detail.success) return faultAt(row.seq, 'entry-malformed');
      vouched += 1;
      return faultBehind(row.seq, detail.data);
    },
    remainingFault: () => {
      for (const { entry } of replaced.values()) return faultAt(entry, 'record-changed');
      if (rowsOf(database, 'records') !== vouched) return faultAt(null, 'record-unaudited');
      if (rowsOf(database, 'receipts') !== vouched) return faultAt(null, 'receipt-unaudited');
      if (settledDiffers(database, settled)) return faultAt(null, 'settled-wrong');
      const review = reviews.remainingFault();
      if (review !== null) return review;
      return countsDiffer(database) ? faultAt(null, 'counts-wrong') : null;
    },
  };
}

interface ReplacedRecord {
  /** The entry that was written with the record. */
  readonly entry: number;
  /** SHA-256 of the record as it was committed, and of what stands in its place, hex. */
  readonly recordHash: string;
  readonly keptHash: string;
}

function saysErased(record: string): boolean {
  const parsed = certificationRecordSchema.safeParse(parseStoredJson(record));
  return parsed.success && parsed.data.erased !== undefined;
}

function rowsOf(database: StoreDatabase, table: 'records' | 'receipts'): number {
  return database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}

/** The states that the verifier gave against the entries that were written with them. */
function settledDiffers(database: StoreDatabase, settled: ReadonlyMap<string, string>): boolean {
  if (stateColumn(database) === 'state') return settled.size > 0;
  const rows = database
    .prepare<[], { id: string; state: string }>(
      'SELECT certify_id AS id, settled_state AS state FROM records WHERE settled_state IS NOT NULL',
    )
    .all();
  return rows.length !== settled.size || rows.some(({ id, state }) => settled.get(id) !== state);
}

/** The counts of reports against the records that they sum up. */
function countsDiffer(database: StoreDatabase): boolean {
  if (hasReports(database)) return reportCountsDiffer(database);
  const state = stateColumn(database);
  const counted = `SELECT day, scene_id, ${state}, count(*) FROM records GROUP BY day, scene_id, ${state}`;
  const kept = 'SELECT day, scene_id, state, count FROM daily_counts';
  const differing = database.prepare<[], number>(
    `SELECT count(*) FROM (SELECT * FROM (${counted} EXCEPT ${kept}) UNION ALL SELECT * FROM (${kept} EXCEPT ${counted}))`,
  );
  return differing.pluck().get() !== 0;
}
