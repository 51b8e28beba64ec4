import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { checkOutcomeSchema, CHECKS } from '../../shared/domain/verification.ts';
import { CHECK_PRIORITIES, CHECK_STATES, type NewCheck } from '../../shared/protocol/check-delivery.ts';
import type { KeptCheck } from '../../shared/protocol/check-queue.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { StoreDatabase } from './database.ts';
import { parseStoredFailure } from './stored-failure.ts';

const rowSchema = z.strictObject({
  certifyId: z.string(),
  sessionId: z.string(),
  check: z.enum(CHECKS),
  orderId: z.string(),
  bytes: z.int(),
  state: z.enum(CHECK_STATES),
  priority: z.enum(CHECK_PRIORITIES),
  queuedAtMs: z.int(),
  attempts: z.int(),
  reference: z.string().nullable(),
  refusedDay: z.string().nullable(),
  lastFailure: z.string().transform(parseStoredFailure).nullable(),
  outcome: z.string().transform(parseStoredJson).pipe(checkOutcomeSchema).nullable(),
  clerk: z.string().nullable(),
  closed: z.string().nullable(),
});

/** The columns of a check by the names of `KeptCheck`. */
export const CHECK_COLUMNS = `certify_id AS certifyId, session_id AS sessionId, kind AS "check", order_id AS orderId,
  bytes, state, priority, queued_at_ms AS queuedAtMs, attempts, reference, refused_day AS refusedDay,
  last_failure AS lastFailure, outcome, clerk, closed`;

/** @returns `store.corrupt` for a row that does not parse */
export function parseCheckRow(row: unknown): Result<KeptCheck, Failure> {
  const parsed = rowSchema.safeParse(row);
  return parsed.success ? ok(parsed.data) : err(failure('store.corrupt', 'a queued check does not parse'));
}

/** All rows or none. @returns `store.corrupt` for the first that does not parse */
export function parseCheckRows(rows: readonly unknown[]): Result<readonly KeptCheck[], Failure> {
  const checks: KeptCheck[] = [];
  for (const row of rows) {
    const parsed = parseCheckRow(row);
    if (!parsed.ok) return parsed;
    checks.push(parsed.value);
  }
  return ok(checks);
}

/** Adds a sealed check, in the transaction of its record. */
export function prepareNewCheck(
  database: StoreDatabase,
): (certifyId: string, check: NewCheck, queuedAtMs: number) => void {
  const insert = database.prepare(
    `INSERT INTO checks (certify_id, session_id, kind, order_id, bytes, state, priority, queued_at_ms, attempts)
     VALUES (?, ?, ?, ?, ?, 'sealed', 'live', ?, 0)`,
  );
  return (certifyId, { sessionId, check, orderId, bytes }, queuedAtMs) => {
    insert.run(certifyId, sessionId, check, orderId, bytes, queuedAtMs);
  };
}

/** Replaces what a change can change. */
export function prepareCheckUpdate(database: StoreDatabase): (check: KeptCheck) => void {
  const update = database.prepare(
    `UPDATE checks SET state = @state, priority = @priority, attempts = @attempts, reference = @reference,
       refused_day = @refusedDay, last_failure = @lastFailure, outcome = @outcome, clerk = @clerk, closed = @closed
     WHERE certify_id = @certifyId`,
  );
  return (check) => {
    const { certifyId, state, priority, attempts, reference, refusedDay, clerk, closed } = check;
    const lastFailure = check.lastFailure === null ? null : canonicalJson(check.lastFailure);
    const outcome = check.outcome === null ? null : canonicalJson(check.outcome);
    update.run({ certifyId, state, priority, attempts, reference, refusedDay, lastFailure, outcome, clerk, closed });
  };
}
