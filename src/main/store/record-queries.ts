import { certificationRecordSchema, reasonCodeSchema } from '../../shared/domain/certification.ts';
import { countersignatureSchema, signedReceiptSchema } from '../../shared/domain/receipt.ts';
import type { DayCount, RecordDetail, RecordRow } from '../../shared/ipc/admin.ts';
import type { SettledBy } from '../../shared/domain/review.ts';
import { asksForClerk, type VerificationDetail } from '../../shared/protocol/check-queue.ts';
import { failure, VERDICT_STATES, type Failure, type VerdictState } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import { CHECK_COLUMNS, parseCheckRow } from './check-rows.ts';
import type { StoreDatabase } from './database.ts';
import { readDecisions } from './decision-rows.ts';
import { daysUpTo } from './local-day.ts';
import { readReviews } from './review-rows.ts';
import { stateColumn } from './record-settlement.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

export interface RecordPage {
  /** Records that match, on all pages. */
  readonly total: number;
  readonly rows: readonly RecordRow[];
}

/** A record with what the verifier said about it; null where it wasn't asked. */
export interface RecordWithVerification extends RecordDetail {
  readonly verification: VerificationDetail | null;
}

export interface RecordQueries {
  /** The last committed first; `state` null for all. `sinceMs`: only what began then or later. */
  list(offset: number, limit: number, state: VerdictState | null, sinceMs?: number | null): Result<RecordPage, Failure>;
  /** @returns `request.invalid` when there is no such record, `record.erased` when its time was over */
  show(certifyId: string): Result<RecordWithVerification, Failure>;
  /** The certification of an order that has passed, or else its newest one; null where none has a record. */
  findByOrder(orderId: string, sceneId: string | null): Result<string | null, Failure>;
  countByScene(sceneId: string): Result<number, Failure>;
  /** One row for each of the last `days` calendar days up to `today`, oldest first, zeros included. */
  report(today: string, days: number): Result<readonly DayCount[], Failure>;
}

interface SettledRow {
  readonly settledState: VerdictState | null;
  readonly settledReason: string | null;
  readonly settledBy: SettledBy | null;
}

interface StoredRow extends SettledRow {
  readonly record: string;
  readonly provisional: number;
  readonly countersigned: number;
}

/**
 * For a database that is open for reading only, and of an older version, too. Rows that do not parse are
 * `store.corrupt`.
 */
export function createRecordQueries(database: StoreDatabase): RecordQueries {
  return {
    list: (offset, limit, state, sinceMs = null) => list(database, { offset, limit, state, sinceMs }),
    show: (certifyId) => show(database, certifyId),
    findByOrder: (orderId, sceneId) => attempt(() => findByOrder(database, orderId, sceneId)),
    countByScene: (sceneId) =>
      attempt(() => {
        const sum = database.prepare<[string], number>(
          'SELECT coalesce(sum(count), 0) FROM daily_counts WHERE scene_id = ?',
        );
        return sum.pluck().get(sceneId) ?? 0;
      }),
    report: (today, days) => attempt(() => report(database, today, days)),
  };
}

function findByOrder(database: StoreDatabase, orderId: string, sceneId: string | null): string | null {
  if (stateColumn(database) === 'state') return null;
  const found = database.prepare<[string, string | null], string>(
    `SELECT certify_id FROM records WHERE order_id = ? AND scene_id = coalesce(?, scene_id)
     ORDER BY outcome = 'passed' DESC, seq DESC LIMIT 1`,
  );
  return found.pluck().get(orderId, sceneId) ?? null;
}

interface ListRequest {
  readonly offset: number;
  readonly limit: number;
  readonly state: VerdictState | null;
  readonly sinceMs: number | null;
}

function list(database: StoreDatabase, { offset, limit, state, sinceMs }: ListRequest): Result<RecordPage, Failure> {
  const conditions = [
    ...(state === null ? [] : [`${stateColumn(database)} = @state`]),
    ...(sinceMs === null ? [] : ['started_at_ms >= @sinceMs']),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const page = database.prepare<[Record<string, unknown>], StoredRow>(
    `SELECT record, provisional, EXISTS (SELECT 1 FROM confirmations WHERE seq = records.seq) AS countersigned,
            ${settledColumns(database)}
     FROM records ${where}
     ORDER BY seq DESC LIMIT @limit OFFSET @offset`,
  );
  const sum = database.prepare<[Record<string, unknown>], number>(
    sinceMs === null
      ? `SELECT coalesce(sum(count), 0) FROM daily_counts ${state === null ? '' : 'WHERE state = @state'}`
      : `SELECT count(*) FROM records ${where}`,
  );
  const parameters = { ...(state === null ? {} : { state }), ...(sinceMs === null ? {} : { sinceMs }) };
  return attemptResult(() => {
    const rows: RecordRow[] = [];
    for (const stored of page.all({ ...parameters, limit, offset })) {
      const row = toRow(stored);
      if (!row.ok) return row;
      rows.push(row.value);
    }
    return ok({ total: sum.pluck().get(parameters) ?? 0, rows });
  });
}

/** The verifier's word about a record that was left to it: its newest decision that decided something. */
const VERIFIER_REASON = `(SELECT json_extract(decisions.outcome, '$.reason') FROM decisions
   WHERE decisions.certify_id = records.certify_id AND settled_state IS NOT NULL AND effect <> 'undecided'
   ORDER BY revision DESC LIMIT 1)`;

/** What a record is listed with instead of its own verdict, and by whose word; an older database knows less. */
function settledColumns(database: StoreDatabase): string {
  const columns = database.prepare<[], string>(`SELECT name FROM pragma_table_xinfo('records')`).pluck().all();
  if (columns.includes('settled_by')) {
    return `settled_state AS settledState, settled_by AS settledBy,
      CASE WHEN settled_by = 'staff' THEN settled_reason ELSE coalesce(settled_reason, ${VERIFIER_REASON}) END AS settledReason`;
  }
  if (columns.includes('outcome')) {
    return `settled_state AS settledState, ${VERIFIER_REASON} AS settledReason,
      CASE WHEN settled_state IS NOT NULL THEN 'verifier' END AS settledBy`;
  }
  return 'NULL AS settledState, NULL AS settledBy, NULL AS settledReason';
}

function toRow(stored: StoredRow): Result<RecordRow, Failure> {
  const parsed = certificationRecordSchema.safeParse(parseStoredJson(stored.record));
  const settledReason = reasonCodeSchema.nullable().safeParse(stored.settledReason);
  if (!parsed.success || !settledReason.success) return err(failure('store.corrupt', 'a record does not parse'));
  const { certifyId, startedAtMs, sceneId, verdict, subject, simulated, erased } = parsed.data;
  return ok({
    certifyId,
    startedAtMs,
    sceneId,
    state: stored.settledState ?? verdict.state,
    reason: erased ? 'record.erased' : (settledReason.data ?? verdict.reason),
    nameMasked: subject?.nameMasked ?? null,
    numberMasked: subject?.numberMasked ?? null,
    provisional: stored.provisional === 1,
    countersigned: stored.countersigned === 1,
    simulated,
    ...(stored.settledBy === null ? {} : { settledBy: stored.settledBy }),
  });
}

function show(database: StoreDatabase, certifyId: string): Result<RecordWithVerification, Failure> {
  const find = database.prepare<
    [string],
    { record: string; receipt: string; hash: string; countersignature: string | null } & SettledRow
  >(
    `SELECT records.record, receipts.receipt, receipts.hash, confirmations.countersignature, ${settledColumns(database)}
     FROM records JOIN receipts USING (seq) LEFT JOIN confirmations USING (seq)
     WHERE records.certify_id = ?`,
  );
  return attemptResult(() => {
    const stored = find.get(certifyId);
    if (stored === undefined) return err(failure('request.invalid', 'no record has this id'));
    const record = certificationRecordSchema.safeParse(parseStoredJson(stored.record));
    const receipt = signedReceiptSchema.safeParse(parseStoredJson(stored.receipt));
    const countersignature = countersignatureSchema
      .nullable()
      .safeParse(stored.countersignature === null ? null : parseStoredJson(stored.countersignature));
    if (!record.success || !receipt.success || !countersignature.success) {
      return err(failure('store.corrupt', 'a record does not parse'));
    }
    if (record.data.erased) return err(failure('record.erased'));
    const verification = verificationOf(database, certifyId);
    if (!verification.ok) return verification;
    const reviews = readReviews(database, certifyId);
    if (!reviews.ok) return reviews;
    return ok({
      record: record.data,
      receipt: receipt.data,
      receiptHash: stored.hash,
      countersignature: countersignature.data,
      verification: verification.value,
      ...(reviews.value.length === 0 ? {} : { reviews: reviews.value }),
      ...settledOf(stored),
    });
  });
}

function settledOf({ settledBy: by, settledState: state, settledReason }: SettledRow): Pick<RecordDetail, 'settled'> {
  const reason = reasonCodeSchema.safeParse(settledReason);
  return by !== null && state !== null && reason.success ? { settled: { by, state, reason: reason.data } } : {};
}

function verificationOf(database: StoreDatabase, certifyId: string): Result<VerificationDetail | null, Failure> {
  // Opened for reading only, a database of an older version has no checks.
  const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'checks'`);
  if (table.get() === undefined) return ok(null);
  const row = database.prepare(`SELECT ${CHECK_COLUMNS} FROM checks WHERE certify_id = ?`).get(certifyId);
  if (row === undefined) return ok(null);
  const check = parseCheckRow(row);
  if (!check.ok) return check;
  const decisions = readDecisions(database, certifyId);
  if (!decisions.ok) return decisions;
  const last = decisions.value.at(-1);
  return ok({
    check: check.value,
    decisions: decisions.value,
    needsReview: last !== undefined && asksForClerk(last.effect),
  });
}

function report(database: StoreDatabase, today: string, days: number): readonly DayCount[] {
  const calendar = daysUpTo(today, days);
  const sums = database.prepare<[string, string], { day: string; state: VerdictState; count: number }>(
    'SELECT day, state, sum(count) AS count FROM daily_counts WHERE day BETWEEN ? AND ? GROUP BY day, state',
  );
  const counts = new Map<string, number>();
  for (const { day, state, count } of sums.all(calendar[0] ?? today, today)) counts.set(`${day} ${state}`, count);
  return calendar.map((day) => {
    const [passed, failed, review, error] = VERDICT_STATES.map((state) => counts.get(`${day} ${state}`) ?? 0) as [
      number,
      number,
      number,
      number,
    ];
    return { day, submitted: passed + failed + review + error, passed, failed, review, error };
  });
}
