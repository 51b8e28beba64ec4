import { z } from 'zod';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

const attemptSchema = z.object({
  attemptId: z.string(),
  certifyId: z.string(),
  verifier: z.string(),
  operation: z.string(),
  orderId: z.string(),
  number: z.int().positive(),
  startedAtMs: z.int(),
});
/** One call that may be billed. */
export type AttemptRow = z.infer<typeof attemptSchema>;

/** How a call ended, with what its bill is checked by; the last two are absent in rows of earlier versions. */
export const settledAttemptSchema = z.object({
  reason: z.string(),
  code: z.string(),
  billed: z.boolean().nullable().optional(),
  requestId: z.string().nullable().optional(),
});
export type SettledAttempt = Readonly<z.infer<typeof settledAttemptSchema>>;

const unsettledSchema = attemptSchema.extend({ reference: z.string().nullable() });

/** Calls that may be billed, each written down before it goes out; what is returned as done is on the disk. */
export interface AttemptRows {
  /** @returns `request.invalid` when this order has an attempt of that number already */
  begin(attempt: AttemptRow): Promise<Result<null, Failure>>;
  refer(attemptId: string, reference: string): Promise<Result<null, Failure>>;
  settle(attemptId: string, answer: SettledAttempt): Promise<Result<null, Failure>>;
  /** Attempts of an order that never settled, oldest first. */
  unsettled(orderId: string): Promise<Result<readonly (AttemptRow & { readonly reference: string | null })[], Failure>>;
}

/**
 * The first answer of an attempt stays: settling it again changes nothing. Fails with `store.corrupt` for a row that
 * does not parse.
 */
export function createAttemptRows(database: StoreDatabase): AttemptRows {
  const insert = database.prepare(
    `INSERT INTO vendor_attempts (attempt_id, certify_id, verifier, operation, order_id, number, started_at_ms)
     VALUES (@attemptId, @certifyId, @verifier, @operation, @orderId, @number, @startedAtMs)
     ON CONFLICT DO NOTHING`,
  );
  const refer = database.prepare('UPDATE vendor_attempts SET reference = ? WHERE attempt_id = ?');
  const settle = database.prepare('UPDATE vendor_attempts SET settled = ? WHERE attempt_id = ? AND settled IS NULL');
  const open = database.prepare<[string], unknown>(
    `SELECT attempt_id AS attemptId, certify_id AS certifyId, verifier, operation, order_id AS orderId, number,
            started_at_ms AS startedAtMs, reference
     FROM vendor_attempts WHERE order_id = ? AND settled IS NULL ORDER BY number`,
  );
  return {
    begin: async (row) =>
      attemptResult(() =>
        insert.run(attemptSchema.parse(row)).changes === 1
          ? ok(null)
          : err(failure('request.invalid', 'this attempt was begun already')),
      ),
    refer: async (attemptId, reference) => attempt(() => (refer.run(reference, attemptId), null)),
    settle: async (attemptId, answer) =>
      attempt(() => (settle.run(JSON.stringify(settledAttemptSchema.parse(answer)), attemptId), null)),
    unsettled: async (orderId) =>
      attemptResult(() => {
        const rows = z.array(unsettledSchema).safeParse(open.all(orderId));
        return rows.success ? ok(rows.data) : err(failure('store.corrupt', 'an attempt does not parse'));
      }),
  };
}
