import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Countersignature } from '../../shared/domain/receipt.ts';
import { submissionSchema, type Submission } from '../../shared/protocol/kv1.ts';
import type { LaneLoad } from '../../shared/protocol/check-queue.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';
import { parseStoredFailure } from './stored-failure.ts';

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
  /** A clerk queues one stopped record again. @returns `request.invalid` when it isn't stopped */
  retry(certifyId: string, clerk: string): Result<null, Failure>;
  /** A clerk keeps a stopped record here for good. @returns `request.invalid` when it isn't stopped */
  giveUp(certifyId: string, clerk: string): Result<null, Failure>;
  state(): Result<OutboxState, Failure>;
  load(): Result<LaneLoad, Failure>;
  /** First those that need somebody, then the next to be sent. */
  list(limit: number): Result<readonly OutboxRow[], Failure>;
}

export interface OutboxRow {
  readonly certifyId: string;
  readonly state: 'queued' | 'stopped';
  readonly queuedAtMs: number;
  readonly attempts: number;
  readonly bytes: number;
  readonly lastFailure: Failure | null;
}

/** Place of a certification, from its id. */
const SEQ_OF = '(SELECT seq FROM records WHERE certify_id = ?)';

/**
 * Every change is one transaction that is on the disk when it returns. Fails with `store.corrupt` for a queued record
 * that does not parse.
 */
export function createOutbox(database: StoreDatabase, audit: AuditLog): Outbox {
  const confirmAll = prepareConfirm(database, audit);
  const later = database.prepare(
    `UPDATE outbox SET attempts = attempts + 1, last_failure = ? WHERE seq = ${SEQ_OF} AND state = 'queued'`,
  );
  const postponeAll = database.transaction((certifyIds: readonly string[], reason: string) => {
    for (const certifyId of certifyIds) later.run(reason, certifyId);
  });
  const halt = database.prepare(
    `UPDATE outbox SET attempts = attempts + 1, state = 'stopped', last_failure = ? WHERE seq = ${SEQ_OF} AND state = 'queued'`,
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
        const again = database.prepare(
          `UPDATE outbox SET state = 'queued' WHERE state = 'stopped' AND given_up_by IS NULL`,
        );
        return again.run().changes;
      }),
    ...clerkDecisions(database, audit),
    state: () => attempt(() => stateOf(database)),
    load: () => attempt(() => loadOf(database)),
    list: (limit) => attempt(() => list(database, limit)),
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
  // Where a decision is still to come, that the record arrived settles nothing.
  const settle = database.prepare(
    `UPDATE records SET provisional = 0 WHERE certify_id = @id AND NOT EXISTS (SELECT 1 FROM checks WHERE certify_id = @id)`,
  );
  const transaction = database.transaction((all: readonly Countersignature[]) => {
    let confirmed = 0;
    for (const countersignature of all) {
      if (remove.run(countersignature.certifyId).changes === 0) continue;
      insert.run(countersignature.certifyId, canonicalJson(countersignature));
      settle.run({ id: countersignature.certifyId });
      confirmed += 1;
    }
    if (confirmed > 0) audit.appendWithin('sync.confirmed', { records: confirmed });
  });
  return (all) => transaction.immediate(all);
}

function clerkDecisions(database: StoreDatabase, audit: AuditLog): Pick<Outbox, 'retry' | 'giveUp'> {
  const stopped = `seq = ${SEQ_OF} AND state = 'stopped' AND given_up_by IS NULL`;
  const requeue = database.prepare(`UPDATE outbox SET state = 'queued' WHERE ${stopped}`);
  const abandon = database.prepare(`UPDATE outbox SET given_up_by = ? WHERE ${stopped}`);
  const decide = database.transaction((kind: string, certifyId: string, clerk: string): Result<null, Failure> => {
    const { changes } = kind === 'sync.given-up' ? abandon.run(clerk, certifyId) : requeue.run(certifyId);
    if (changes === 0) return err(failure('request.invalid', 'this record is not stopped'));
    audit.appendWithin(kind, { certifyId, by: clerk });
    return ok(null);
  });
  return {
    retry: (certifyId, clerk) => attemptResult(() => decide.immediate('sync.retried', certifyId, clerk)),
    giveUp: (certifyId, clerk) => attemptResult(() => decide.immediate('sync.given-up', certifyId, clerk)),
  };
}

function loadOf(database: StoreDatabase): LaneLoad {
  const sums = database
    .prepare<[], Omit<LaneLoad, 'unknown'>>(
      `SELECT count(*) FILTER (WHERE state = 'queued') AS waiting, count(*) FILTER (WHERE state = 'stopped') AS stopped,
              coalesce(sum(bytes), 0) AS bytes, min(queued_at_ms) AS oldestAtMs,
              min(queued_at_ms) FILTER (WHERE state = 'queued') AS oldestWaitingAtMs
       FROM outbox WHERE given_up_by IS NULL`,
    )
    .get();
  return { waiting: 0, stopped: 0, bytes: 0, oldestAtMs: null, oldestWaitingAtMs: null, ...sums, unknown: 0 };
}

function list(database: StoreDatabase, limit: number): readonly OutboxRow[] {
  const rows = database
    .prepare<[number], Omit<OutboxRow, 'lastFailure'> & { lastFailure: string | null }>(
      `SELECT certify_id AS certifyId, outbox.state, queued_at_ms AS queuedAtMs, attempts, bytes,
              last_failure AS lastFailure
       FROM outbox JOIN records USING (seq) WHERE given_up_by IS NULL
       ORDER BY outbox.state = 'stopped' DESC, seq LIMIT ?`,
    )
    .all(limit);
  return rows.map((row) => ({
    ...row,
    lastFailure: row.lastFailure === null ? null : parseStoredFailure(row.lastFailure),
  }));
}

function stateOf(database: StoreDatabase): OutboxState {
  const sums = database
    .prepare<[], { unsent: number; stopped: number; oldest: number | null }>(
      `SELECT count(*) AS unsent, count(*) FILTER (WHERE state = 'stopped') AS stopped, min(queued_at_ms) AS oldest
       FROM outbox WHERE given_up_by IS NULL`,
    )
    .get();
  const last = database
    .prepare<[], string>(
      'SELECT last_failure FROM outbox WHERE last_failure IS NOT NULL AND given_up_by IS NULL ORDER BY seq LIMIT 1',
    )
    .pluck()
    .get();
  return {
    unsent: sums?.unsent ?? 0,
    stopped: sums?.stopped ?? 0,
    oldestAtMs: sums?.oldest ?? null,
    lastFailure: last === undefined ? null : parseStoredFailure(last),
  };
}
