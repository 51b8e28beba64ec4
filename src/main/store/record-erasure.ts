import { canonicalJson } from '../../shared/canonical-json.ts';
import { certificationRecordSchema, type CertificationRecord } from '../../shared/domain/certification.ts';
import { checkOutcomeSchema } from '../../shared/domain/verification.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { billedOutcome, ERASED_ENTRY, erasedRecord, type ErasedDetail } from './erased-record.ts';
import { sha256Hex } from './hashing.ts';
import { attempt } from './sqlite-failure.ts';

/** Records that one transaction looks at, at most. */
export const ERASURE_PAGE = 200;

/** Where a walk along the ends of records has come to. */
export interface RecordEnd {
  readonly endMs: number;
  readonly seq: number;
}

export const FIRST_END: RecordEnd = { endMs: -1, seq: 0 };

export interface ErasurePage {
  readonly erased: number;
  /** Records that are not what was committed: they stay as they are, for whoever looks into it. */
  readonly damaged: number;
  /** Where the next page begins; null: this was the last one. */
  readonly next: RecordEnd | null;
}

/** Records whose time is over, by the end that their receipts state. */
export interface RecordErasure {
  /**
   * Erases those of the next page about which nothing is under way, each with an audit entry that vouches for what
   * stands in its place, in one transaction.
   *
   * @param nowMs wall clock
   */
  erasePage(after: RecordEnd, nowMs: number): Result<ErasurePage, Failure>;
  /** After the last page: takes what was erased out of the write-ahead log. */
  settle(): Result<null, Failure>;
}

/** When a record has to be gone, milliseconds since the epoch, as its receipt states it. */
export const RECORD_END = `json_extract(receipts.receipt, '$.body.eraseAfterMs')`;
/** A record was not erased yet. */
export const STANDING = `json_extract(records.record, '$.erased') IS NULL`;
/** Nothing about it is under way: no sending, no question, no picture, no caller. */
const AT_REST = `NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.seq = records.seq AND given_up_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM checks WHERE checks.certify_id = records.certify_id
                  AND state <> 'erased' AND closed IS NULL)
  AND NOT EXISTS (SELECT 1 FROM face_returns WHERE face_returns.certify_id = records.certify_id AND state = 'queued')
  AND NOT EXISTS (SELECT 1 FROM requests WHERE requests.certify_id = records.certify_id
                  AND requests.state IN ('waiting', 'running'))
  AND NOT EXISTS (SELECT 1 FROM evidence_keys WHERE evidence_keys.certify_id = records.certify_id)
  AND NOT EXISTS (SELECT 1 FROM material_keys WHERE material_keys.certify_id = records.certify_id)
  AND NOT EXISTS (SELECT 1 FROM face_return_keys WHERE face_return_keys.certify_id = records.certify_id)
  AND NOT EXISTS (SELECT 1 FROM result_keys WHERE result_keys.certify_id = records.certify_id)`;

interface DueRow {
  readonly seq: number;
  readonly endMs: number;
  /** Null where it was erased before, or something about it is under way. */
  readonly record: string | null;
  readonly recordHash: string;
  /** A face picture went to the customer's store: 1, else 0. */
  readonly returned: number;
}

/** Sets the database to overwrite what is deleted. */
export function createRecordErasure(database: StoreDatabase, audit: Pick<AuditLog, 'appendWithin'>): RecordErasure {
  // What an erased record said must not stay behind in a free page.
  database.pragma('secure_delete=ON');
  const due = database.prepare<[number, RecordEnd & { limit: number }], DueRow>(
    `SELECT receipts.seq, ${RECORD_END} AS endMs, json_extract(receipts.receipt, '$.body.recordHash') AS recordHash,
            EXISTS (SELECT 1 FROM face_returns WHERE face_returns.certify_id = records.certify_id AND state = 'sent')
              AS returned,
            CASE WHEN ${STANDING} AND ${AT_REST} THEN records.record END AS record
     FROM receipts JOIN records USING (seq)
     WHERE ${RECORD_END} <= ? AND (${RECORD_END}, receipts.seq) > (@endMs, @seq)
     ORDER BY ${RECORD_END}, receipts.seq LIMIT @limit`,
  );
  const replace = prepareReplacement(database);
  const page = database.transaction((after: RecordEnd, nowMs: number): ErasurePage => {
    const rows = due.all(nowMs, { ...after, limit: ERASURE_PAGE });
    let [erased, damaged] = [0, 0];
    for (const { seq, record: text, recordHash, returned } of rows) {
      if (text === null) continue;
      const record = certificationRecordSchema.safeParse(parseStoredJson(text));
      if (!record.success || sha256Hex(text) !== recordHash) {
        damaged += 1;
        continue;
      }
      const { certifyId } = record.data;
      const erasedText = canonicalJson(erasedRecord(record.data, { atMs: nowMs, returnedFace: returned === 1 }));
      replace(seq, record.data, erasedText);
      const detail: ErasedDetail = { certifyId, recordHash, erasedHash: sha256Hex(erasedText) };
      audit.appendWithin(ERASED_ENTRY, detail);
      erased += 1;
    }
    const last = rows.length < ERASURE_PAGE ? undefined : rows.at(-1);
    return { erased, damaged, next: last ? { endMs: last.endMs, seq: last.seq } : null };
  });
  return {
    erasePage: (after, nowMs) => attempt(() => page.immediate(after, nowMs)),
    settle: () => attempt(() => (database.pragma('wal_checkpoint(TRUNCATE)'), null)),
  };
}

/** Puts what stays in the place of a record, and takes away what else says something about its person. */
function prepareReplacement(
  database: StoreDatabase,
): (seq: number, record: CertificationRecord, erasedText: string) => void {
  const update = database.prepare('UPDATE records SET record = ? WHERE seq = ?');
  const givenUp = database.prepare('DELETE FROM outbox WHERE seq = ?');
  const byId = [
    'DELETE FROM requests WHERE certify_id = ?',
    // That the staff has decided stays, and what; what somebody wrote about it goes.
    'UPDATE reviews SET note = NULL, note_salt = NULL WHERE certify_id = ?',
    'DELETE FROM face_returns WHERE certify_id = ?',
    // What a bill is checked by stays: the order, the maker's code and its number of the call.
    'UPDATE vendor_attempts SET reference = NULL WHERE certify_id = ?',
  ].map((sql) => database.prepare<[string]>(sql));
  const lifts = database.prepare(
    `DELETE FROM attempt_lifts WHERE subject_key = @subjectKey
     AND NOT EXISTS (SELECT 1 FROM records WHERE subject_key = @subjectKey)`,
  );
  const strip = prepareStripping(database);
  return (seq, { certifyId, subject }, erasedText) => {
    update.run(erasedText, seq);
    givenUp.run(seq);
    for (const statement of byId) statement.run(certifyId);
    strip(certifyId);
    if (subject) lifts.run({ subjectKey: subject.subjectKey });
  };
}

/** Takes from a question and its answers everything that no bill needs. */
function prepareStripping(database: StoreDatabase): (certifyId: string) => void {
  const decisions = database.prepare<[string], { revision: number; outcome: string }>(
    'SELECT revision, outcome FROM decisions WHERE certify_id = ?',
  );
  // The time of a call is the one that its decision states.
  const stripDecision = database.prepare(
    `UPDATE decisions SET outcome = ?, decision = NULL,
            kept_at_ms = coalesce(json_extract(decision, '$.body.decidedAtMs'), kept_at_ms)
     WHERE certify_id = ? AND revision = ?`,
  );
  const lastOutcome = database
    .prepare<[string], string | null>('SELECT outcome FROM checks WHERE certify_id = ?')
    .pluck();
  const stripCheck = database.prepare(
    'UPDATE checks SET reference = NULL, last_failure = NULL, outcome = ? WHERE certify_id = ?',
  );
  const drop = database.prepare('DELETE FROM decisions WHERE certify_id = ? AND revision = ?');
  return (certifyId) => {
    for (const { revision, outcome } of decisions.all(certifyId)) {
      const stays = strippedOutcome(outcome);
      if (stays === null) drop.run(certifyId, revision);
      else stripDecision.run(stays, certifyId, revision);
    }
    const outcome = lastOutcome.get(certifyId) ?? null;
    stripCheck.run(outcome && strippedOutcome(outcome), certifyId);
  };
}

/** Null for what doesn't parse: nobody can tell what it says. */
function strippedOutcome(text: string): string | null {
  const outcome = checkOutcomeSchema.safeParse(parseStoredJson(text));
  return outcome.success ? canonicalJson(billedOutcome(outcome.data)) : null;
}
