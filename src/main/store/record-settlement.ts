import { z } from 'zod';
import { certifyIdSchema, reasonCodeSchema } from '../../shared/domain/certification.ts';
import { SETTLED_BY, type SettledBy } from '../../shared/domain/review.ts';
import { staffIdSchema } from '../../shared/domain/staff.ts';
import { comparesFaces, type Check, type CheckOutcome } from '../../shared/domain/verification.ts';
import { VERDICT_STATES } from '../../shared/reasons.ts';
import type { AuditDetail, AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { hourOnDay } from './report-place.ts';
import { prepareReportTally, type Compared, type ReportTally, type TallyDepth } from './report-tally.ts';

/** Kind of the audit entry that vouches for the state which the verifier or the staff gave a record. */
export const SETTLED_ENTRY = 'check.settled';
export const settledDetailSchema = z.strictObject({
  certifyId: certifyIdSchema,
  from: z.enum(VERDICT_STATES),
  to: z.enum(VERDICT_STATES),
  reason: reasonCodeSchema,
  /** Absent in entries from before the staff could: the verifier. */
  settledBy: z.enum(SETTLED_BY).optional(),
  /** Who of the staff was served while it was written. */
  by: staffIdSchema.optional(),
});

/** A record as it is counted. */
interface Counted {
  readonly day: string;
  readonly sceneId: string;
  readonly scheme: string;
  readonly state: z.infer<typeof settledDetailSchema>['from'];
  readonly reason: string;
  readonly compared: Compared | null;
  /** The comparison that this device made itself, which no later answer replaces. */
  readonly comparedHere: Compared | null;
  /** What the verifier was asked; null where it wasn't. */
  readonly check: Check | null;
  readonly startedAtMs: number;
  readonly offsetMin: number | null;
  readonly tally: TallyDepth;
}

/**
 * Gives a record the state that the verifier or the staff gave it, in the transaction of the caller: the record itself
 * stays as it is, its columns and the counts of reports follow.
 */
export function prepareSettlement(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
): (certifyId: string, outcome: Pick<CheckOutcome, 'state' | 'reason'>, settledBy: SettledBy) => void {
  const find = database.prepare<[string], Counted>(
    `SELECT day, scene_id AS sceneId, scheme, outcome AS state, coalesce(settled_reason, reason) AS reason, compared,
            json_extract(record, '$.comparison.outcome') AS comparedHere,
            (SELECT kind FROM checks WHERE checks.certify_id = records.certify_id) AS "check",
            started_at_ms AS startedAtMs, utc_offset_min AS offsetMin, tally
     FROM records WHERE certify_id = ?`,
  );
  const update = database.prepare(
    'UPDATE records SET settled_state = ?, settled_reason = ?, settled_by = ?, compared = ? WHERE certify_id = ?',
  );
  const tally = prepareReportTally(database);
  return (certifyId, { state, reason }, settledBy) => {
    const from = find.get(certifyId);
    if (from === undefined) return;
    // A person of the staff compares nothing that is counted as a comparison of faces.
    const verifierSays = settledBy === 'staff' ? from.compared : comparedByVerifier(from.check, { state, reason });
    const compared = from.comparedHere ?? verifierSays;
    update.run(state, reason, settledBy, compared, certifyId);
    recount(tally, from, { ...from, state, reason, compared });
    audit.appendWithin(SETTLED_ENTRY, {
      certifyId,
      from: from.state,
      to: state,
      reason,
      settledBy,
    } satisfies AuditDetail);
  };
}

function recount(tally: ReportTally, from: Counted, to: Counted): void {
  if (from.tally === 'none') return;
  if (from.tally === 'day') {
    tally.takePlain(from);
    tally.addPlain(to);
    return;
  }
  const localHour = hourOnDay(from.startedAtMs, from.day, () => from.offsetMin ?? 0);
  tally.move({ ...from, ...localHour }, { ...to, ...localHour });
}

/** What the verifier's comparison of two faces came to; null where it made none, or nobody can tell. */
export function comparedByVerifier(
  check: Check | null,
  { state, reason }: Pick<CheckOutcome, 'state' | 'reason'>,
): Compared | null {
  if (check === null || !comparesFaces(check)) return null;
  if (state === 'passed') return 'match';
  if (reason === 'face.low-similarity') return 'no-match';
  return reason === 'face.grey-band' ? 'grey' : null;
}

/** The column that a record's state stands in; a database of an older version, opened for reading only, knows one alone. */
export function stateColumn(database: StoreDatabase): 'outcome' | 'state' {
  const columns = database.prepare<[], string>(`SELECT name FROM pragma_table_xinfo('records')`).pluck().all();
  return columns.includes('outcome') ? 'outcome' : 'state';
}
