import { canonicalJson } from '../shared/canonical-json.ts';
import type { Clock } from '../shared/clock.ts';
import { countersignatureSchema, type Countersignature } from '../shared/domain/receipt.ts';
import type { BatchRequest, BatchResult, Submission, SubmissionAnswer } from '../shared/protocol/kv1.ts';
import type { ChallengeDesk } from './challenge-desk.ts';
import type { VerifierDatabase } from './database.ts';
import type { Device } from './device-registry.ts';
import { problem } from './problems.ts';
import { challengeFault, hashesOf, receiptFault, type SubmissionHashes } from './receipt-rules.ts';
import type { ServerKey } from './server-key.ts';

/** What devices have submitted. Asynchronous, because a database elsewhere can stand behind it. */
export interface SubmissionStore {
  /** Judges and keeps each record of a batch; durable when this settles. One result per record, in order. */
  acceptBatch(device: Device, batch: BatchRequest): Promise<readonly BatchResult[]>;
  find(device: Device, certifyId: string): Promise<SubmissionAnswer | null>;
  counts(): Promise<readonly StateCount[]>;
}

export interface StateCount {
  readonly state: string;
  readonly simulated: boolean;
  readonly count: number;
}

interface StoredRow {
  readonly device_id: string;
  readonly record_hash: string;
  readonly receipt_hash: string;
  readonly countersignature: string;
}

export interface SubmissionParts {
  readonly database: VerifierDatabase;
  readonly serverKey: ServerKey;
  readonly clock: Clock;
  readonly challenges: ChallengeDesk;
}

export function createSubmissionStore({ database, serverKey, clock, challenges }: SubmissionParts): SubmissionStore {
  const find = database.prepare<[string], StoredRow>(
    'SELECT device_id, record_hash, receipt_hash, countersignature FROM submissions WHERE certify_id = ?',
  );
  const numbered = database.prepare<[string, number]>('SELECT 1 FROM submissions WHERE device_id = ? AND seq = ?');
  const insert = prepareInsert(database);
  const keepCheckpoint = database.prepare('UPDATE devices SET checkpoint = ? WHERE device_id = ?');

  function accept(device: Device, item: Submission): BatchResult {
    const { certifyId, receipt } = item;
    const hashes = hashesOf(item);
    const known = find.get(certifyId);
    if (known !== undefined) return answerKnown(certifyId, known, hashes, device);
    const fault = receiptFault(item, hashes, device) ?? challengeFault(item, device, challenges);
    if (fault !== null) return rejected(certifyId, 'receipt_invalid', fault);
    if (numbered.get(device.deviceId, receipt.body.seq) !== undefined) {
      return rejected(certifyId, 'receipt_sequence_reused', `seq ${receipt.body.seq}`);
    }
    const server = serverKey.sign(canonicalJson(receipt.body));
    const countersignature: Countersignature = { certifyId, acceptedAtMs: clock.wallMs(), server };
    insert(device, item, hashes, countersignature);
    return { certifyId, outcome: 'accepted', countersignature };
  }

  const acceptAll = database.transaction((device: Device, batch: BatchRequest): readonly BatchResult[] => {
    if (batch.checkpoint !== null) keepCheckpoint.run(canonicalJson(batch.checkpoint), device.deviceId);
    return batch.items.map((item) => accept(device, item));
  });
  const counts = database.prepare<[], { state: string; simulated: number; count: number }>(
    'SELECT state, simulated, count(*) AS count FROM submissions GROUP BY state, simulated ORDER BY state, simulated',
  );
  return {
    acceptBatch: async (device, batch) => acceptAll.immediate(device, batch),
    find: async (device, certifyId) => {
      const row = find.get(certifyId);
      if (row?.device_id !== device.deviceId) return null;
      const countersignature = parseCountersignature(row);
      return { certifyId, recordHash: row.record_hash, receiptHash: row.receipt_hash, countersignature };
    },
    counts: async () => counts.all().map((row) => ({ ...row, simulated: row.simulated === 1 })),
  };
}

/** The same record again gets the same countersignature; another one under its id is refused. */
function answerKnown(certifyId: string, known: StoredRow, hashes: SubmissionHashes, device: Device): BatchResult {
  const same =
    known.device_id === device.deviceId &&
    known.record_hash === hashes.recordHash &&
    known.receipt_hash === hashes.receiptHash;
  if (!same) return rejected(certifyId, 'idempotency_conflict', 'certifyId');
  return { certifyId, outcome: 'duplicate', countersignature: parseCountersignature(known) };
}

function rejected(
  certifyId: string,
  code: 'receipt_invalid' | 'receipt_sequence_reused' | 'idempotency_conflict',
  detail: string,
): BatchResult {
  return { certifyId, outcome: 'rejected', problem: problem(code, { detail }) };
}

function parseCountersignature(row: StoredRow): Countersignature {
  return countersignatureSchema.parse(JSON.parse(row.countersignature));
}

function prepareInsert(
  database: VerifierDatabase,
): (device: Device, item: Submission, hashes: SubmissionHashes, countersignature: Countersignature) => void {
  const insert = database.prepare(
    `INSERT INTO submissions (certify_id, device_id, seq, prev_hash, record_hash, receipt_hash, state, simulated, record,
       receipt, countersignature, accepted_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (device, { certifyId, record, receipt }, hashes, countersignature) => {
    insert.run(
      certifyId,
      device.deviceId,
      receipt.body.seq,
      receipt.body.prevReceiptHash,
      hashes.recordHash,
      hashes.receiptHash,
      record.verdict.state,
      record.simulated ? 1 : 0,
      canonicalJson(record),
      canonicalJson(receipt),
      canonicalJson(countersignature),
      countersignature.acceptedAtMs,
    );
  };
}
