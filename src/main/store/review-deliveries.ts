import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { DecisionDelivery, DecisionLoad } from '../../shared/domain/review.ts';
import {
  signedStaffDecisionSchema,
  type SignedStaffDecision,
  type StaffDecisionReceipt,
} from '../../shared/protocol/kv1-staff-decisions.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { inOneTransaction } from './one-transaction.ts';
import { signedStatement, statementText, type SigningDevice } from './review-statement.ts';
import { readReviews } from './review-rows.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';
import { parseStoredFailure } from './stored-failure.ts';

/** Audit entries about what became of a decision on its way; a test holds them against the list of kinds. */
const DELIVERED_ENTRY = 'review.delivered';
const STOPPED_ENTRY = 'review.stopped';

/** Decisions of the staff on their way to the verifier. One leaves only with the verifier's signature. */
export interface ReviewDeliveries {
  /**
   * The next ones, the least tried first and then the oldest: of each record that the verifier has confirmed the one
   * that follows on what it has.
   */
  due(limit: number): Result<readonly SignedStaffDecision[], Failure>;
  /** Repeating it changes nothing. */
  confirm(receipt: StaffDecisionReceipt): Result<null, Failure>;
  /** Notes a failed try; it stays queued. */
  postpone(of: DecisionOf, reason: Failure): Result<null, Failure>;
  /** It was refused for good: it stays, with what follows it, until somebody resumes. */
  stop(of: DecisionOf, reason: Failure): Result<null, Failure>;
  /** Queues stopped ones again. Gives how many. */
  resume(): Result<number, Failure>;
  load(): Result<DecisionLoad, Failure>;
}

export type DecisionOf = Pick<StaffDecisionReceipt, 'certifyId' | 'revision'>;

export interface ReviewDeliveryParts {
  readonly database: StoreDatabase;
  readonly audit: Pick<AuditLog, 'appendWithin'>;
  readonly identity: SigningDevice;
}

const DUE = `SELECT next.statement FROM review_deliveries AS next JOIN records USING (certify_id)
  WHERE next.state = 'queued' AND next.statement IS NOT NULL
    AND EXISTS (SELECT 1 FROM confirmations WHERE confirmations.seq = records.seq)
    AND NOT EXISTS (SELECT 1 FROM review_deliveries AS earlier WHERE earlier.certify_id = next.certify_id
                    AND earlier.revision < next.revision AND earlier.state <> 'delivered')
  ORDER BY next.attempts, next.number LIMIT ?`;

/** On their way; those about a record that is never sent stay with it. */
const OPEN = `SELECT * FROM review_deliveries AS waiting WHERE state <> 'delivered'
  AND NOT EXISTS (SELECT 1 FROM records JOIN outbox USING (seq)
                  WHERE records.certify_id = waiting.certify_id AND given_up_by IS NOT NULL)`;

/**
 * Every change is on the disk when it returns; arrivals and stops with an audit entry in the same transaction. `due`
 * also signs what was decided before decisions were signed.
 */
export function createReviewDeliveries({ database, audit, identity }: ReviewDeliveryParts): ReviewDeliveries {
  const due = database.prepare<[number], string>(DUE).pluck();
  const later = database.prepare(
    `UPDATE review_deliveries SET attempts = attempts + 1, last_failure = @reason, state = @state
     WHERE certify_id = @certifyId AND revision = @revision AND state = 'queued'`,
  );
  const arrived = database.prepare(
    `UPDATE review_deliveries SET attempts = attempts + 1, last_failure = NULL, state = 'delivered', receipt = @receipt
     WHERE certify_id = @certifyId AND revision = @revision AND state <> 'delivered'`,
  );
  const again = database.prepare(`UPDATE review_deliveries SET state = 'queued' WHERE state = 'stopped'`);

  function keepFailed({ certifyId, revision }: DecisionOf, state: 'queued' | 'stopped', reason: Failure): null {
    const { changes } = later.run({ certifyId, revision, state, reason: canonicalJson(reason) });
    if (state === 'stopped' && changes > 0) {
      const { code, detail } = reason;
      audit.appendWithin(STOPPED_ENTRY, { certifyId, revision, reason: code, detail: detail ?? null });
    }
    return null;
  }

  function keepArrived(receipt: StaffDecisionReceipt): null {
    const { certifyId, revision } = receipt;
    const { changes } = arrived.run({ certifyId, revision, receipt: canonicalJson(receipt) });
    if (changes > 0) audit.appendWithin(DELIVERED_ENTRY, { certifyId, revision });
    return null;
  }

  return {
    due: (limit) =>
      attemptResult(() => {
        const signed = signOlder(database, identity);
        return signed.ok ? parsedStatements(due.all(limit)) : signed;
      }),
    confirm: (receipt) => inOneTransaction(database, () => ok(keepArrived(receipt))),
    postpone: (of, reason) => attempt(() => keepFailed(of, 'queued', reason)),
    stop: (of, reason) => inOneTransaction(database, () => ok(keepFailed(of, 'stopped', reason))),
    resume: () => attempt(() => again.run().changes),
    load: () => attempt(() => loadOf(database)),
  };
}

/** Queues a decision within the transaction that keeps it, where its record leaves this device. */
export function prepareDelivery(database: StoreDatabase): (statement: SignedStaffDecision) => void {
  const queue = database.prepare(
    `INSERT INTO review_deliveries (certify_id, revision, statement, state)
     SELECT certify_id, @revision, @statement, 'queued' FROM records
     WHERE certify_id = @certifyId
       AND (EXISTS (SELECT 1 FROM outbox WHERE outbox.seq = records.seq AND given_up_by IS NULL)
            OR EXISTS (SELECT 1 FROM confirmations WHERE confirmations.seq = records.seq))`,
  );
  return (statement) => {
    const { certifyId, revision } = statement.body;
    queue.run({ certifyId, revision, statement: statementText(statement) });
  };
}

const deliveryColumns = {
  revision: z.int(),
  lastFailure: z.string().nullable(),
  /** Its record is never sent. */
  held: z.number(),
};
const deliveryRowSchema = z.discriminatedUnion('state', [
  z.strictObject({ ...deliveryColumns, state: z.literal('delivered'), acceptedAtMs: z.int() }),
  z.strictObject({ ...deliveryColumns, state: z.enum(['queued', 'stopped']), acceptedAtMs: z.null() }),
]);

/** What became of each decision about a record, by revision; one without a row stays on this device. */
export function deliveriesOf(
  database: StoreDatabase,
  certifyId: string,
): Result<ReadonlyMap<number, DecisionDelivery>, Failure> {
  return attemptResult(() => {
    const rows = database
      .prepare<[string]>(
        `SELECT revision, state, last_failure AS lastFailure, json_extract(receipt, '$.acceptedAtMs') AS acceptedAtMs,
                EXISTS (SELECT 1 FROM records JOIN outbox USING (seq)
                        WHERE records.certify_id = review_deliveries.certify_id AND given_up_by IS NOT NULL) AS held
         FROM review_deliveries WHERE certify_id = ?`,
      )
      .all(certifyId);
    const parsed = z.array(deliveryRowSchema).safeParse(rows);
    if (!parsed.success) return err(failure('store.corrupt', 'a delivery of a decision does not parse'));
    return ok(new Map(parsed.data.map((row) => [row.revision, deliveryOf(row)])));
  });
}

function deliveryOf(row: z.infer<typeof deliveryRowSchema>): DecisionDelivery {
  if (row.state === 'delivered') return { state: 'delivered', atMs: row.acceptedAtMs };
  const { state, lastFailure, held } = row;
  if (held === 1) return { state: 'stays' };
  const reason = lastFailure === null ? null : parseStoredFailure(lastFailure);
  return { state: state === 'stopped' ? 'stopped' : 'waiting', reason: reason?.code ?? null };
}

function parsedStatements(texts: readonly string[]): Result<readonly SignedStaffDecision[], Failure> {
  const statements: SignedStaffDecision[] = [];
  for (const text of texts) {
    const parsed = signedStaffDecisionSchema.safeParse(parseStoredJson(text));
    if (!parsed.success) return err(failure('store.corrupt', 'a queued decision does not parse'));
    statements.push(parsed.data);
  }
  return ok(statements);
}

/** Decisions from before they were signed are signed now, with the roles that nobody has kept. */
function signOlder(database: StoreDatabase, identity: SigningDevice): Result<null, Failure> {
  const older = database
    .prepare<[], { certifyId: string; revision: number }>(
      'SELECT certify_id AS certifyId, revision FROM review_deliveries WHERE statement IS NULL',
    )
    .all();
  const keep = database.prepare(
    'UPDATE review_deliveries SET statement = @statement WHERE certify_id = @certifyId AND revision = @revision',
  );
  for (const { certifyId, revision } of older) {
    const reviews = readReviews(database, certifyId);
    if (!reviews.ok) return reviews;
    const review = reviews.value.find((one) => one.revision === revision);
    if (review === undefined) return err(failure('store.corrupt', 'a queued decision is not kept'));
    const signed = signedStatement(certifyId, review, { staff: null, second: null }, identity);
    keep.run({ certifyId, revision, statement: statementText(signed) });
  }
  return ok(null);
}

function loadOf(database: StoreDatabase): DecisionLoad {
  const sums = database
    .prepare<[], Omit<DecisionLoad, 'lastFailure'>>(
      `SELECT count(*) FILTER (WHERE open.state = 'queued') AS waiting,
              count(*) FILTER (WHERE open.state = 'stopped') AS stopped,
              coalesce(sum(length(CAST(open.statement AS BLOB))), 0) AS bytes, min(reviews.decided_at_ms) AS oldestAtMs
       FROM (${OPEN}) AS open JOIN reviews USING (certify_id, revision)`,
    )
    .get()!;
  const last = database
    .prepare<[], string>(`SELECT last_failure FROM (${OPEN}) WHERE last_failure IS NOT NULL ORDER BY number LIMIT 1`)
    .pluck()
    .get();
  return { ...sums, lastFailure: last === undefined ? null : parseStoredFailure(last) };
}
