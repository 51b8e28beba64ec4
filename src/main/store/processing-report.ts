import { certificationRecordSchema, type CertificationRecord } from '../../shared/domain/certification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { StoreDatabase } from './database.ts';
import { attemptResult } from './sqlite-failure.ts';

/** One processing of personal data, as the law wants it noted for three years; it says nothing about whom. */
export interface ProcessingRow {
  readonly certifyId: string;
  readonly startedAtMs: number;
  readonly sceneId: string;
  readonly scheme: string;
  readonly state: string;
  readonly reason: string;
  /** Somebody was identified. */
  readonly identified: boolean;
  readonly consent: 'given' | 'by-caller' | 'by-guardian' | 'none';
  readonly consentVersion: string | null;
  /** SHA-256 of the notice as it was shown, hex. */
  readonly noticeHash: string | null;
  readonly mayBeSent: boolean;
  /** What the verifier was asked; null: nothing. */
  readonly check: string | null;
  /** The verifier has confirmed the record. */
  readonly confirmed: boolean;
  readonly faceReturned: boolean;
  /** Pictures are kept now, until then at most. */
  readonly picturesUntilMs: number | null;
  /** What was kept of this person was erased at their wish, or the record when its time was over. */
  readonly erasedAtMs: number | null;
  readonly simulated: boolean;
}

interface StoredProcessing {
  readonly record: string;
  readonly kind: string | null;
  readonly confirmed: number;
  readonly returned: number;
  readonly picturesUntilMs: number | null;
  readonly erasedAtMs: number | null;
}

/**
 * The processings of some local days, oldest first, one after the other.
 *
 * @param from first day, `YYYY-MM-DD`; `to` the last one.
 * @param write called with every row; the export is as long as the database.
 * @returns how many; `store.corrupt` for a record that does not parse
 */
export function readProcessings(
  database: StoreDatabase,
  { from, to }: { readonly from: string; readonly to: string },
  write: (row: ProcessingRow) => void,
): Result<number, Failure> {
  const query = database.prepare<[string, string], StoredProcessing>(
    `SELECT records.record, checks.kind, EXISTS (SELECT 1 FROM confirmations WHERE seq = records.seq) AS confirmed,
            EXISTS (SELECT 1 FROM face_returns WHERE certify_id = records.certify_id AND state = 'sent') AS returned,
            evidence_keys.destroy_at_ms AS picturesUntilMs,
            (SELECT max(erased_at_ms) FROM subject_erasures WHERE subject_key = records.subject_key
              AND erased_at_ms >= records.started_at_ms) AS erasedAtMs
     FROM records LEFT JOIN checks USING (certify_id) LEFT JOIN evidence_keys USING (certify_id)
     WHERE records.day BETWEEN ? AND ? ORDER BY records.seq`,
  );
  return attemptResult(() => {
    let rows = 0;
    for (const stored of query.iterate(from, to)) {
      const record = certificationRecordSchema.safeParse(parseStoredJson(stored.record));
      if (!record.success) return err(failure('store.corrupt', 'a record does not parse'));
      write(rowOf(record.data, stored));
      rows += 1;
    }
    return ok(rows);
  });
}

function rowOf(record: CertificationRecord, stored: StoredProcessing): ProcessingRow {
  const { consent, verdict } = record;
  return {
    certifyId: record.certifyId,
    startedAtMs: record.startedAtMs,
    sceneId: record.sceneId,
    scheme: record.scheme,
    state: verdict.state,
    reason: verdict.reason,
    identified: record.erased?.identified ?? record.subject !== null,
    consent: consentOf(record),
    consentVersion: consent?.version ?? null,
    noticeHash: consent?.textHash ?? null,
    mayBeSent: consent?.transmit ?? false,
    check: stored.kind,
    confirmed: stored.confirmed === 1,
    faceReturned: record.erased?.returnedFace ?? stored.returned === 1,
    picturesUntilMs: stored.picturesUntilMs,
    erasedAtMs: record.erased?.atMs ?? stored.erasedAtMs,
    simulated: record.simulated,
  };
}

function consentOf({ consent, erased }: CertificationRecord): ProcessingRow['consent'] {
  if (consent === null || !consent.capture) return 'none';
  if (consent.obtainedBy === 'caller') return 'by-caller';
  return consent.guardian === undefined && erased?.byGuardian !== true ? 'given' : 'by-guardian';
}
