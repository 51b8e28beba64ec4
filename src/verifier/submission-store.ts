import { canonicalJson } from '../shared/canonical-json.ts';
import type { Clock } from '../shared/clock.ts';
import { countersignatureSchema, type Countersignature } from '../shared/domain/receipt.ts';
import type { BatchRequest, BatchResult, Submission } from '../shared/protocol/kv1.ts';
import type { RecordAnswer } from '../shared/protocol/kv1-staff-decisions.ts';
import { givenNonces } from './challenge-desk.ts';
import { challengeFault, noncesOf } from './challenge-rules.ts';
import type { Device } from './device-registry.ts';
import { problem } from './problems.ts';
import { hashesOf, receiptFault, type SubmissionHashes } from './receipt-rules.ts';
import type { ServerKey } from './server-key.ts';
import { staffDecisionsOf } from './staff-decisions/decision-desk.ts';
import type { Queries, VerifierDatabase } from './storage/database.ts';
import type { Row } from './storage/tables.ts';

/** What devices have submitted. Asynchronous, because a database elsewhere can stand behind it. */
export interface SubmissionStore {
  /** Judges and keeps each record of a batch; durable when this settles. One result per record, in order. */
  acceptBatch(device: Device, batch: BatchRequest): Promise<readonly BatchResult[]>;
  find(device: Device, certifyId: string): Promise<RecordAnswer | null>;
  /** By the state that the staff gave a record where it did, else by its own. */
  counts(): Promise<readonly StateCount[]>;
}

export interface StateCount {
  readonly state: string;
  readonly simulated: boolean;
  readonly count: number;
}

type StoredRow = Pick<Row<'submissions'>, 'device_id' | 'record_hash' | 'receipt_hash' | 'countersignature'>;

export interface SubmissionParts {
  readonly database: VerifierDatabase;
  readonly serverKey: Pick<ServerKey, 'sign'>;
  readonly clock: Clock;
}

/**
 * A batch is one transaction with its checkpoint; a record of it that is rejected leaves the others accepted. The same
 * record again gets the countersignature of the first time.
 */
export function createSubmissionStore(parts: SubmissionParts): SubmissionStore {
  const { database } = parts;
  return {
    acceptBatch: async (device, batch) => {
      const judged = batch.items.map((item) => judge(item, device));
      return database.transaction(async (queries) => {
        if (batch.checkpoint !== null) await keepCheckpoint(queries, device, canonicalJson(batch.checkpoint));
        const results: BatchResult[] = [];
        for (const item of judged) results.push(await accept(queries, device, item, parts));
        return results;
      });
    },
    find: async (device, certifyId) => {
      const row = await storedSubmission(database.queries, certifyId);
      if (row?.device_id !== device.deviceId) return null;
      const countersignature = parseCountersignature(row);
      const decisions = await staffDecisionsOf(database.queries, certifyId);
      return { certifyId, recordHash: row.record_hash, receiptHash: row.receipt_hash, countersignature, decisions };
    },
    counts: async () => {
      const rows = await database.queries
        .selectFrom('submissions')
        .select((is) => ['settled_state', 'state', 'simulated', is.fn.countAll<number>().as('count')])
        .groupBy(['settled_state', 'state', 'simulated'])
        .execute();
      return standingCounts(rows);
    },
  };
}

type CountRow = Pick<Row<'submissions'>, 'settled_state' | 'state' | 'simulated'> & { readonly count: number };

function standingCounts(rows: readonly CountRow[]): readonly StateCount[] {
  const sums = new Map<string, StateCount>();
  for (const { settled_state: settled, state: own, simulated, count } of rows) {
    const state = settled ?? own;
    const key = `${state} ${simulated}`;
    // PostgreSQL counts in big integers.
    const sum = Number(count) + (sums.get(key)?.count ?? 0);
    sums.set(key, { state, simulated: simulated === 1, count: sum });
  }
  return [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, count]) => count);
}

/** A submission with what can be said of it without the database. */
interface JudgedSubmission {
  readonly item: Submission;
  readonly hashes: SubmissionHashes;
  readonly fault: string | null;
}

function judge(item: Submission, device: Device): JudgedSubmission {
  const hashes = hashesOf(item);
  return { item, hashes, fault: receiptFault(item, hashes, device) };
}

async function accept(
  queries: Queries,
  device: Device,
  { item, hashes, fault: ownFault }: JudgedSubmission,
  { serverKey, clock }: SubmissionParts,
): Promise<BatchResult> {
  const { certifyId, record, receipt } = item;
  const known = await storedSubmission(queries, certifyId);
  if (known !== undefined) return answerKnown(certifyId, known, hashes, device);
  const given = ownFault === null ? await givenNonces(queries, noncesOf(record)) : [];
  const fault = ownFault ?? challengeFault(item, device, given, clock.wallMs());
  if (fault !== null) return rejected(certifyId, 'receipt_invalid', fault);
  if (await isNumberTaken(queries, device, receipt.body.seq)) {
    return rejected(certifyId, 'receipt_sequence_reused', `seq ${receipt.body.seq}`);
  }
  const server = serverKey.sign(canonicalJson(receipt.body));
  const countersignature: Countersignature = { certifyId, acceptedAtMs: clock.wallMs(), server };
  await queries
    .insertInto('submissions')
    .values(rowOf(device, item, hashes, countersignature))
    .execute();
  return { certifyId, outcome: 'accepted', countersignature };
}

async function storedSubmission(queries: Queries, certifyId: string): Promise<StoredRow | undefined> {
  return queries
    .selectFrom('submissions')
    .select(['device_id', 'record_hash', 'receipt_hash', 'countersignature'])
    .where('certify_id', '=', certifyId)
    .executeTakeFirst();
}

async function isNumberTaken(queries: Queries, { deviceId }: Device, seq: number): Promise<boolean> {
  const taken = await queries
    .selectFrom('submissions')
    .select('certify_id')
    .where('device_id', '=', deviceId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return taken !== undefined;
}

async function keepCheckpoint(queries: Queries, { deviceId }: Device, checkpoint: string): Promise<void> {
  await queries.updateTable('devices').set({ checkpoint }).where('device_id', '=', deviceId).execute();
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

function rowOf(
  device: Device,
  { certifyId, record, receipt }: Submission,
  hashes: SubmissionHashes,
  countersignature: Countersignature,
): Row<'submissions'> {
  return {
    certify_id: certifyId,
    device_id: device.deviceId,
    seq: receipt.body.seq,
    prev_hash: receipt.body.prevReceiptHash,
    record_hash: hashes.recordHash,
    receipt_hash: hashes.receiptHash,
    state: record.verdict.state,
    simulated: record.simulated ? 1 : 0,
    record: canonicalJson(record),
    receipt: canonicalJson(receipt),
    countersignature: canonicalJson(countersignature),
    accepted_at_ms: countersignature.acceptedAtMs,
    settled_state: null,
  };
}
