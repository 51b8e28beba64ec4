import { z } from 'zod';
import { certifyIdSchema, reasonCodeSchema } from '../../shared/domain/certification.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import { VERDICT_STATES } from '../../shared/reasons.ts';
import type { AuditDetail, AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';

/** Kind of the audit entry that vouches for the state which the verifier gave a record. */
export const SETTLED_ENTRY = 'check.settled';
export const settledDetailSchema = z.strictObject({
  certifyId: certifyIdSchema,
  from: z.enum(VERDICT_STATES),
  to: z.enum(VERDICT_STATES),
  reason: reasonCodeSchema,
});

interface Place {
  readonly day: string;
  readonly scene: string;
  readonly state: z.infer<typeof settledDetailSchema>['from'];
}

/**
 * Gives a record that was left to the verifier the verifier's state, in the transaction of the caller: the record
 * itself stays as it is, its column and the daily counts follow.
 */
export function prepareSettlement(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
): (certifyId: string, outcome: Pick<CheckOutcome, 'state' | 'reason'>) => void {
  const find = database.prepare<[string], Place>(
    'SELECT day, scene_id AS scene, outcome AS state FROM records WHERE certify_id = ?',
  );
  const update = database.prepare('UPDATE records SET settled_state = ? WHERE certify_id = ?');
  const take = database.prepare(
    'UPDATE daily_counts SET count = count - 1 WHERE day = ? AND scene_id = ? AND state = ?',
  );
  const clear = database.prepare('DELETE FROM daily_counts WHERE count = 0');
  const give = database.prepare(
    `INSERT INTO daily_counts (day, scene_id, state, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (day, scene_id, state) DO UPDATE SET count = count + 1`,
  );
  return (certifyId, { state, reason }) => {
    const place = find.get(certifyId);
    if (place === undefined) return;
    update.run(state, certifyId);
    take.run(place.day, place.scene, place.state);
    clear.run();
    give.run(place.day, place.scene, state);
    audit.appendWithin(SETTLED_ENTRY, { certifyId, from: place.state, to: state, reason } satisfies AuditDetail);
  };
}

/** The column that a record's state stands in; a database of an older version, opened for reading only, knows one alone. */
export function stateColumn(database: StoreDatabase): 'outcome' | 'state' {
  const columns = database.prepare<[], string>(`SELECT name FROM pragma_table_xinfo('records')`).pluck().all();
  return columns.includes('outcome') ? 'outcome' : 'state';
}
