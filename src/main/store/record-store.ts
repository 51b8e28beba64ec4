import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import {
  certificationRecordSchema,
  mayLeaveDevice,
  type CertificationRecord,
} from '../../shared/domain/certification.ts';
import type { NewFaceReturn } from '../../shared/domain/face-return.ts';
import type { ReceiptBody, Signature, SignedReceipt } from '../../shared/domain/receipt.ts';
import type { NewCheck } from '../../shared/protocol/check-delivery.ts';
import { newCheckSchema } from '../../shared/protocol/check-queue.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import { prepareNewCheck } from './check-rows.ts';
import { COMMITTED_ENTRY, type CommittedDetail } from './committed-entry.ts';
import type { StoreDatabase } from './database.ts';
import { CHAIN_START, sha256Hex } from './hashing.ts';
import { prepareSubmission } from './request-submission.ts';
import { attemptResult } from './sqlite-failure.ts';

/** Where the next receipt stands in this device's chain, and which record it is about. */
export interface ReceiptPlace {
  readonly seq: number;
  readonly prevReceiptHash: string;
  readonly recordHash: string;
}

export interface CommittedRecord {
  readonly receipt: SignedReceipt;
  /** SHA-256 over the canonical JSON of the receipt's body, hex. */
  readonly receiptHash: string;
}

/** What is committed in one transaction with a record. */
export interface CommittedWith {
  readonly check?: NewCheck;
  readonly faceReturn?: NewFaceReturn;
}

export interface RecordStoreParts {
  readonly database: StoreDatabase;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** The local calendar day of a time, `YYYY-MM-DD`. */
  readonly dayOf: (atMs: number) => string;
  readonly buildReceipt: (record: CertificationRecord, place: ReceiptPlace) => ReceiptBody;
  /** Signs UTF-8 text with the device's key. */
  readonly sign: (text: string) => Signature;
}

export interface RecordStore {
  /**
   * Writes a record, its signed receipt, the audit entry, the outbox row (where the record may leave the device), the
   * daily count and what goes with it in one transaction that is on the disk when this returns; a request that the
   * record belongs to is submitted with it. On a failure nothing of it is left.
   *
   * @param also the question that the verifier shall answer and the picture that goes to the customer; what they carry
   *   is in the vault already
   * @returns `request.invalid` for an id that has a record already, `internal.bug` for a question about a record that
   *   may not leave the device or a picture that the record doesn't name, `store.full`, `store.unavailable`, `store.corrupt`
   */
  commit(record: CertificationRecord, also?: CommittedWith): Result<CommittedRecord, Failure>;
}

interface Statements {
  readonly exists: (certifyId: string) => boolean;
  readonly lastReceipt: () => { readonly seq: number; readonly hash: string };
  readonly insert: (row: CommitRow) => void;
  readonly insertCheck: (certifyId: string, check: NewCheck, queuedAtMs: number) => void;
  readonly insertFaceReturn: (certifyId: string, picture: NewFaceReturn, queuedAtMs: number) => void;
  readonly submitRequest: (record: CertificationRecord) => void;
}

interface CommitRow {
  readonly record: CertificationRecord;
  readonly recordText: string;
  readonly day: string;
  readonly seq: number;
  readonly receiptHash: string;
  readonly receiptText: string;
  readonly queuedAtMs: number;
}

export function createRecordStore(parts: RecordStoreParts): RecordStore {
  const { database, audit, clock, sign } = parts;
  const statements = prepareStatements(database);

  function commitWithin(record: CertificationRecord, { check, faceReturn }: CommittedWith): CommittedRecord {
    const recordText = canonicalJson(record);
    const recordHash = sha256Hex(recordText);
    const last = statements.lastReceipt();
    const body = parts.buildReceipt(record, { seq: last.seq + 1, prevReceiptHash: last.hash, recordHash });
    const bodyText = canonicalJson(body);
    const receipt: SignedReceipt = { body, device: sign(bodyText) };
    const receiptHash = sha256Hex(bodyText);
    const receiptText = canonicalJson(receipt);
    const day = parts.dayOf(record.startedAtMs);
    const row = { record, recordText, day, seq: body.seq, receiptHash, receiptText, queuedAtMs: clock.wallMs() };
    statements.insert(row);
    if (check) statements.insertCheck(record.certifyId, check, row.queuedAtMs);
    if (faceReturn) statements.insertFaceReturn(record.certifyId, faceReturn, row.queuedAtMs);
    statements.submitRequest(record);
    audit.appendWithin(COMMITTED_ENTRY, {
      certifyId: record.certifyId,
      recordHash,
      receiptSeq: body.seq,
      receiptHash,
      signedReceiptHash: sha256Hex(receiptText),
      state: record.verdict.state,
    } satisfies CommittedDetail);
    return { receipt, receiptHash };
  }

  const transaction = database.transaction(
    (record: CertificationRecord, also: CommittedWith): Result<CommittedRecord, Failure> => {
      if (statements.exists(record.certifyId)) return err(failure('request.invalid', 'this id has a record already'));
      return ok(commitWithin(record, also));
    },
  );
  return {
    commit: (record, also = {}) => {
      const parsed = certificationRecordSchema.safeParse(record);
      if (!parsed.success) {
        return err(failure('internal.bug', `record: ${parsed.error.issues[0]?.path.join('.') ?? ''}`));
      }
      const committed = committedWithSchema.safeParse(also);
      if (!committed.success)
        return err(failure('internal.bug', `${committed.error.issues[0]?.path.join('.')} does not parse`));
      const refusal = refusalOf(parsed.data, committed.data);
      if (refusal) return err(refusal);
      return attemptResult(() => transaction.immediate(parsed.data, committed.data as CommittedWith));
    },
  };
}

const committedWithSchema = z.strictObject({
  check: newCheckSchema.optional(),
  faceReturn: certificationRecordSchema.shape.returnedFace,
});

/** What may not go together with this record. */
function refusalOf(record: CertificationRecord, also: z.infer<typeof committedWithSchema>): Failure | null {
  if (also.check && record.consent?.transmit !== true) {
    return failure('internal.bug', 'a check without consent to sending');
  }
  const named = record.returnedFace?.sha256 === also.faceReturn?.sha256;
  return named ? null : failure('internal.bug', 'another returned picture than the record names');
}

function prepareStatements(database: StoreDatabase): Statements {
  const exists = database.prepare<[string]>('SELECT 1 FROM records WHERE certify_id = ?');
  const last = database.prepare<[], { seq: number; hash: string }>(
    'SELECT seq, hash FROM receipts ORDER BY seq DESC LIMIT 1',
  );
  const record = database.prepare(
    'INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (?, ?, ?, ?, ?)',
  );
  const receipt = database.prepare('INSERT INTO receipts (seq, hash, receipt) VALUES (?, ?, ?)');
  const outbox = database.prepare(
    `INSERT INTO outbox (seq, state, queued_at_ms, attempts, bytes) VALUES (?, 'queued', ?, 0, ?)`,
  );
  const count = database.prepare(
    `INSERT INTO daily_counts (day, scene_id, state, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (day, scene_id, state) DO UPDATE SET count = count + 1`,
  );
  const faceReturn = database.prepare(
    `INSERT INTO face_returns (certify_id, sha256, bytes, state, attempts, queued_at_ms) VALUES (?, ?, ?, 'queued', 0, ?)`,
  );
  return {
    exists: (certifyId) => exists.get(certifyId) !== undefined,
    lastReceipt: () => last.get() ?? { seq: 0, hash: CHAIN_START },
    insert: (row) => {
      const { certifyId, sceneId, verdict } = row.record;
      record.run(row.seq, certifyId, row.day, verdict.provisional ? 1 : 0, row.recordText);
      receipt.run(row.seq, row.receiptHash, row.receiptText);
      if (mayLeaveDevice(row.record)) {
        outbox.run(row.seq, row.queuedAtMs, row.recordText.length + row.receiptText.length);
      }
      count.run(row.day, sceneId, verdict.state);
    },
    insertCheck: prepareNewCheck(database),
    insertFaceReturn: (certifyId, { sha256, bytes }, queuedAtMs) => {
      faceReturn.run(certifyId, sha256, bytes, queuedAtMs);
    },
    submitRequest: prepareSubmission(database),
  };
}
