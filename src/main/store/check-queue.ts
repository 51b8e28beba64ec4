import { certificationRecordSchema } from '../../shared/domain/certification.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CheckState } from '../../shared/protocol/check-delivery.ts';
import { SENDING_STATES } from '../../shared/protocol/check-machine.ts';
import {
  outcomeOfDecision,
  type CheckChange,
  type CheckQuestion,
  type KeptCheck,
  type LaneLoad,
} from '../../shared/protocol/check-queue.ts';
import type { SignedDecision } from '../../shared/protocol/kv1-sessions.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import { auditOfChange, changeCheck } from './check-changes.ts';
import { CHECK_COLUMNS, parseCheckRow, parseCheckRows, prepareCheckUpdate } from './check-rows.ts';
import type { StoreDatabase } from './database.ts';
import { prepareDecisions } from './decision-rows.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

/** Questions to the verifier, durably: whatever is returned as changed is on the disk. */
export interface CheckQueue {
  /**
   * The next one to carry on with: live before backlog, then the least tried, then the oldest. One that was refused
   * for today comes again on another local day.
   */
  next(asked: NextCheck): Result<KeptCheck | null, Failure>;
  find(certifyId: string): Result<KeptCheck | null, Failure>;
  /** @returns `request.invalid` when there is no such check */
  question(certifyId: string): Result<CheckQuestion, Failure>;
  /**
   * Applies one event in one transaction, with its audit entry. Gives the state after it.
   *
   * @returns `request.invalid` where the event can't happen now; nothing is changed then
   */
  change(certifyId: string, change: CheckChange): Result<CheckState, Failure>;
  /** Keeps an amendment of a decision (the caller has checked its signature); an older or equal one is a duplicate. */
  amend(decision: SignedDecision): Result<'kept' | 'duplicate', Failure>;
  /** Nobody waits for it any more; null: for none of them, as after a restart. */
  stopWaiting(certifyId: string | null): Result<null, Failure>;
  load(): Result<LaneLoad, Failure>;
  /**
   * Certifications whose question is open or, where records are sent at all, whose record is not confirmed; one with
   * both counts once.
   */
  openCertifications(withRecords: boolean): Result<number, Failure>;
  /** First those that need somebody, then the next to be sent. */
  list(limit: number): Result<readonly KeptCheck[], Failure>;
}

export interface NextCheck {
  readonly priority: 'live' | 'backlog';
  /** Local day, `YYYY-MM-DD`. */
  readonly today: string;
  /** Ids that are under way or have to wait. */
  readonly except: readonly string[];
}

export interface CheckQueueParts {
  readonly database: StoreDatabase;
  readonly audit: Pick<AuditLog, 'appendWithin'>;
  readonly clock: Clock;
}

/** States of checks with something left to do, decided and acknowledged ones included. */
const UNFINISHED = `('sealed', 'uploading', 'submitted', 'decided', 'acked')`;
/** Of these, the ones that the verifier still has to answer. */
const UNANSWERED = `('${SENDING_STATES.join(`', '`)}')`;
const OPEN = `state IN ('sealed', 'uploading', 'submitted', 'decided', 'acked', 'unknown', 'stopped')
  AND (closed IS NULL OR state = 'unknown')`;

/** Rows that do not parse are `store.corrupt`. An amendment of what was never decided is `request.invalid`. */
export function createCheckQueue({ database, audit, clock }: CheckQueueParts): CheckQueue {
  const byId = database.prepare<[string], unknown>(`SELECT ${CHECK_COLUMNS} FROM checks WHERE certify_id = ?`);
  const find = (certifyId: string): Result<KeptCheck | null, Failure> =>
    attemptResult<KeptCheck | null>(() => {
      const row = byId.get(certifyId);
      return row === undefined ? ok(null) : parseCheckRow(row);
    });
  const demote = database.prepare(
    `UPDATE checks SET priority = 'backlog' WHERE priority = 'live' AND certify_id = coalesce(?, certify_id)
     AND state IN ${UNFINISHED}`,
  );
  const openCount = database
    .prepare<[number], number>(
      `SELECT count(*) FROM (
         SELECT certify_id FROM outbox JOIN records USING (seq) WHERE given_up_by IS NULL AND ?
         UNION SELECT certify_id FROM checks WHERE ${OPEN})`,
    )
    .pluck();
  return {
    next: prepareNext(database),
    find,
    question: (certifyId) => question(database, find(certifyId)),
    change: prepareChange(database, audit, clock, find),
    amend: prepareAmend(database, audit, clock),
    stopWaiting: (certifyId) => attempt(() => (demote.run(certifyId), null)),
    load: () => attempt(() => loadOf(database)),
    openCertifications: (withRecords) => attempt(() => openCount.get(withRecords ? 1 : 0) ?? 0),
    list: (limit) => attemptResult(() => list(database, limit)),
  };
}

function prepareNext(database: StoreDatabase): CheckQueue['next'] {
  const query = database.prepare<[Record<string, string>], unknown>(
    `SELECT ${CHECK_COLUMNS} FROM checks
     WHERE state IN ${UNFINISHED} AND closed IS NULL AND priority = @priority
       AND (refused_day IS NULL OR refused_day <> @today)
       AND certify_id NOT IN (SELECT value FROM json_each(@except))
     ORDER BY attempts, queued_at_ms LIMIT 1`,
  );
  return ({ priority, today, except }) =>
    attemptResult<KeptCheck | null>(() => {
      const row = query.get({ priority, today, except: JSON.stringify(except) });
      return row === undefined ? ok(null) : parseCheckRow(row);
    });
}

function prepareChange(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
  clock: Clock,
  find: CheckQueue['find'],
): CheckQueue['change'] {
  const update = prepareCheckUpdate(database);
  const keepDecision = prepareDecisions(database, audit);
  const transaction = database.transaction((certifyId: string, change: CheckChange): Result<CheckState, Failure> => {
    const found = find(certifyId);
    if (!found.ok) return found;
    if (found.value === null) return err(failure('request.invalid', 'no check has this id'));
    const changed = changeCheck(found.value, change);
    if (!changed.ok) return changed;
    update(changed.value);
    if (change.event === 'decide') {
      keepDecision({ certifyId, outcome: change.outcome, decision: change.decision, keptAtMs: clock.wallMs() });
    }
    const entry = auditOfChange(found.value, change);
    if (entry !== null) audit.appendWithin(...entry);
    return ok(changed.value.state);
  });
  return (certifyId, change) => attemptResult(() => transaction.immediate(certifyId, change));
}

function prepareAmend(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
  clock: Clock,
): CheckQueue['amend'] {
  const keepDecision = prepareDecisions(database, audit);
  const isDecided = database
    .prepare<[string], number>('SELECT count(*) FROM decisions WHERE certify_id = ? LIMIT 1')
    .pluck();
  const transaction = database.transaction((decision: SignedDecision): Result<'kept' | 'duplicate', Failure> => {
    const { certifyId } = decision.body;
    // The first answer belongs to a change of the check, so that the two can't disagree.
    if ((isDecided.get(certifyId) ?? 0) === 0) return err(failure('request.invalid', 'nothing to amend'));
    return ok(keepDecision({ certifyId, outcome: outcomeOfDecision(decision), decision, keptAtMs: clock.wallMs() }));
  });
  return (decision) => attemptResult(() => transaction.immediate(decision));
}

function question(database: StoreDatabase, found: Result<KeptCheck | null, Failure>): Result<CheckQuestion, Failure> {
  if (!found.ok) return found;
  const queued = found.value;
  if (queued === null) return err(failure('request.invalid', 'no check has this id'));
  return attemptResult(() => {
    const text = database
      .prepare<[string], string>('SELECT record FROM records WHERE certify_id = ?')
      .pluck()
      .get(queued.certifyId);
    const record = certificationRecordSchema.safeParse(text === undefined ? undefined : parseStoredJson(text));
    if (!record.success) return err(failure('store.corrupt', 'the record of a check does not parse'));
    return ok({ queued, record: record.data, clerk: queued.clerk });
  });
}

function loadOf(database: StoreDatabase): LaneLoad {
  const sums = database
    .prepare<[], LaneLoad>(
      `SELECT count(*) FILTER (WHERE state NOT IN ('unknown', 'stopped')) AS waiting,
              count(*) FILTER (WHERE state = 'stopped') AS stopped,
              count(*) FILTER (WHERE state = 'unknown') AS unknown,
              coalesce(sum(bytes) FILTER (WHERE closed IS NULL), 0) AS bytes, min(queued_at_ms) AS oldestAtMs,
              min(queued_at_ms) FILTER (WHERE state IN ${UNANSWERED}) AS oldestWaitingAtMs
       FROM checks WHERE ${OPEN}`,
    )
    .get();
  return sums ?? { waiting: 0, stopped: 0, unknown: 0, bytes: 0, oldestAtMs: null, oldestWaitingAtMs: null };
}

function list(database: StoreDatabase, limit: number): Result<readonly KeptCheck[], Failure> {
  const rows = database
    .prepare<[number], unknown>(
      `SELECT ${CHECK_COLUMNS} FROM checks WHERE ${OPEN}
       ORDER BY state IN ('unknown', 'stopped') DESC, priority = 'live' DESC, attempts, queued_at_ms LIMIT ?`,
    )
    .all(limit);
  return parseCheckRows(rows);
}
