import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Countersignature } from '../../shared/domain/receipt.ts';
import { submissionSchema, type Submission } from '../../shared/protocol/kv1.ts';
import { failure, isFailureCode, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

export interface OutboxState {
  /** Records that the verifier has not confirmed, stopped ones included. */
  readonly unsent: number;
  /** Of these, the ones that the verifier refused for good and that somebody has to look at. */
  readonly stopped: number;
  readonly oldestAtMs: number | null;
  /** Why the oldest unsent record was not accepted when it was last tried. */
  readonly lastFailure: Failure | null;
}

/** Records on their way to the verifier. A row leaves only with the verifier's countersignature. */
export interface Outbox {
  /** The next records to send, in the order of the receipts, at most `limit`. */
  due(limit: number): Result<readonly Submission[], Failure>;
  /** Stores countersignatures; the records are no longer provisional. Repeating it changes nothing. */
  confirm(countersignatures: readonly Countersignature[]): Result<null, Failure>;
  /** Notes a failed attempt; the records stay queued. When to try again is the sender's to know. */
  postpone(certifyIds: readonly string[], reason: Failure): Result<null, Failure>;
  /** Takes a record that was refused for good out of the queue; it stays and counts as stopped. */
  stop(certifyId: string, reason: Failure): Result<null, Failure>;
  /** Queues stopped records again, after the cause was removed. Gives how many. */
  resume(): Result<number, Failure>;
  state(): Result<OutboxState, Failure>;
}

const failureSchema = z.object({
  code: z.custom<FailureCode>((value) => typeof value === 'string' && isFailureCode(value)),
  detail: z.string().optional(),
});

/** Place of a certification, from its id. */
const SEQ_OF = '(SELECT seq FROM records WHERE certify_id = ?)';

export function createOutbox(database: StoreDatabase, audit: AuditLog): Outbox {
  const confirmAll = prepareConfirm(database, audit);
  const later = database.prepare(
    `UPDATE outbox SET attempts = attempts + 1, last_failure = ? WHERE seq = ${SEQ_OF} AND state = 'queued'`,
  );
  const postponeAll = database.transaction((certifyIds: readonly string[], reason: string) => {
    for (const certifyId of certifyIds) later.run(reason, certifyId);
  });
  const halt = database.prepare(
    `UPDATE outbox SET attempts = attempts + 1, state = 'stopped', last_failure = ? WHERE seq = ${SEQ_OF}`,
  );
  const haltOne = database.transaction((certifyId: string, reason: Failure) => {
    if (halt.run(canonicalJson(reason), certifyId).changes === 0) return;
    audit.appendWithin('sync.stopped', { certifyId, reason: reason.code, detail: reason.detail ?? null });
  });
  return {
    due: (limit) => attemptResult(() => due(database, limit)),
    confirm: (countersignatures) => attempt(() => (confirmAll(countersignatures), null)),
    postpone: (certifyIds, reason) => attempt(() => (postponeAll.immediate(certifyIds, canonicalJson(reason)), null)),
    stop: (certifyId, reason) => attempt(() => (haltOne.immediate(certifyId, reason), null)),
    resume: () =>
      attempt(() => {
        const again = database.prepare(`UPDATE outbox SET state = 'queued' WHERE state = 'stopped'`);
        return again.run().changes;
      }),
    state: () => attempt(() => stateOf(database)),
  };
}

function due(database: StoreDatabase, limit: number): Result<readonly Submission[], Failure> {
  const rows = database
    .prepare<[number], { certify_id: string; record: string; receipt: string }>(
      `SELECT records.certify_id, records.record, receipts.receipt
       FROM outbox JOIN records USING (seq) JOIN receipts USING (seq)
       WHERE outbox.state = 'queued' ORDER BY outbox.seq LIMIT ?`,
    )
    .all(limit);
  const submissions: Submission[] = [];
  for (const row of rows) {
    const parsed = submissionSchema.safeParse({
      certifyId: row.certify_id,
      record: parseStoredJson(row.record),
      receipt: parseStoredJson(row.receipt),
    });
    if (!parsed.success) return err(failure('store.corrupt', 'a queued record does not parse'));
    submissions.push(parsed.data);
  }
  return ok(submissions);
}

function prepareConfirm(database: StoreDatabase, audit: AuditLog): (all: readonly Countersignature[]) => void {
  const remove = database.prepare(`DELETE FROM outbox WHERE seq = ${SEQ_OF}`);
  const insert = database.prepare(`INSERT INTO confirmations (seq, countersignature) VALUES (${SEQ_OF}, ?)`);
  const settle = database.prepare('UPDATE records SET provisional = 0 WHERE certify_id = ?');
  const transaction = database.transaction((all: readonly Countersignature[]) => {
    let confirmed = 0;
    for (const countersignature of all) {
      if (remove.run(countersignature.certifyId).changes === 0) continue;
      insert.run(countersignature.certifyId, canonicalJson(countersignature));
      settle.run(countersignature.certifyId);
      confirmed += 1;
    }
    if (confirmed > 0) audit.appendWithin('sync.confirmed', { records: confirmed });
  });
  return (all) => transaction.immediate(all);
}

function stateOf(database: StoreDatabase): OutboxState {
  const sums = database
    .prepare<[], { unsent: number; stopped: number; oldest: number | null }>(
      `SELECT count(*) AS unsent, count(*) FILTER (WHERE state = 'stopped') AS stopped, min(queued_at_ms) AS oldest
       FROM outbox`,
    )
    .get();
  const last = database
    .prepare<[], string>('SELECT last_failure FROM outbox WHERE last_failure IS NOT NULL ORDER BY seq LIMIT 1')
    .pluck()
    .get();
  return {
    unsent: sums?.unsent ?? 0,
    stopped: sums?.stopped ?? 0,
    oldestAtMs: sums?.oldest ?? null,
    lastFailure: last === undefined ? null : parseFailure(last),
  };
}

function parseFailure(stored: string): Failure {
  const parsed = failureSchema.safeParse(parseStoredJson(stored));
  if (!parsed.success) return failure('store.corrupt', 'a stored failure does not parse');
  return failure(parsed.data.code, parsed.data.detail);
}
