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
import { addSteps, type StepTimesByStage } from '../../shared/domain/step-times.ts';
import type { NewCheck } from '../../shared/protocol/check-delivery.ts';
import { newCheckSchema } from '../../shared/protocol/check-queue.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import { prepareNewCheck } from './check-rows.ts';
import { COMMITTED_ENTRY, type CommittedDetail } from './committed-entry.ts';
import type { StoreDatabase } from './database.ts';
import { CHAIN_START, sha256Hex } from './hashing.ts';
import { hourOnDay, machineOffset, type LocalHour, type UtcOffset } from './report-place.ts';
import { prepareReportTally, type TallyDepth } from './report-tally.ts';
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
  /** How far local time is ahead of UTC; absent: in the machine's time zone. */
  readonly utcOffsetOf?: UtcOffset;
  readonly buildReceipt: (record: CertificationRecord, place: ReceiptPlace) => ReceiptBody;
  /** Signs UTF-8 text with the device's key. */
  readonly sign: (text: string) => Signature;
}

export interface RecordStore {
  /**
   * Writes a record, its signed receipt, the audit entry, the outbox row (where the record may leave the device), the
   * counts of reports and what goes with it in one transaction that is on the disk when this returns; a request that the
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
  readonly localHour: LocalHour;
  readonly seq: number;
  readonly receiptHash: string;
  readonly receiptText: string;
  readonly queuedAtMs: number;
}

/** Receipts are numbered from 1 without a gap and chained by their hashes, going on from the newest in the database. */
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
    const localHour = hourOnDay(record.startedAtMs, day, parts.utcOffsetOf ?? machineOffset);
    const queuedAtMs = clock.wallMs();
    const row = { record, recordText, day, localHour, seq: body.seq, receiptHash, receiptText, queuedAtMs };
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
  if (record.test === true && (also.check || also.faceReturn)) {
    return failure('internal.bug', 'something that leaves the device with a record that only tries it out');
  }
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
    `INSERT INTO records (seq, certify_id, day, provisional, record, tally, utc_offset_min, compared)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const receipt = database.prepare('INSERT INTO receipts (seq, hash, receipt) VALUES (?, ?, ?)');
  const outbox = database.prepare(
    `INSERT INTO outbox (seq, state, queued_at_ms, attempts, bytes) VALUES (?, 'queued', ?, 0, ?)`,
  );
  const tally = prepareReportTally(database);
  const faceReturn = database.prepare(
    `INSERT INTO face_returns (certify_id, sha256, bytes, state, attempts, queued_at_ms) VALUES (?, ?, ?, 'queued', 0, ?)`,
  );
  return {
    exists: (certifyId) => exists.get(certifyId) !== undefined,
    lastReceipt: () => last.get() ?? { seq: 0, hash: CHAIN_START },
    insert: (row) => {
      const { certifyId, sceneId, scheme, verdict, comparison, stagesMs } = row.record;
      const { seq, day, localHour, recordText } = row;
      const provisional = verdict.provisional ? 1 : 0;
      const compared = comparison?.outcome ?? null;
      const depth: TallyDepth = row.record.test === true ? 'none' : 'hour';
      record.run(seq, certifyId, day, provisional, recordText, depth, localHour.offsetMin, compared);
      receipt.run(row.seq, row.receiptHash, row.receiptText);
      if (mayLeaveDevice(row.record)) {
        outbox.run(row.seq, row.queuedAtMs, Buffer.byteLength(row.recordText) + Buffer.byteLength(row.receiptText));
      }
      if (depth === 'none') return;
      const { state, reason } = verdict;
      const steps: StepTimesByStage = {};
      addSteps(steps, stagesMs);
      tally.add({ day, ...localHour, sceneId, scheme, state, reason, compared }, steps);
    },
    insertCheck: prepareNewCheck(database),
    insertFaceReturn: (certifyId, { sha256, bytes }, queuedAtMs) => {
      faceReturn.run(certifyId, sha256, bytes, queuedAtMs);
    },
    submitRequest: prepareSubmission(database),
  };
}
