import { z } from 'zod';
import { CHECKS, type Check } from '../../shared/domain/verification.ts';
import { STAGES, type CertificationRecord } from '../../shared/domain/certification.ts';
import { addSteps, type StepTimesByStage } from '../../shared/domain/step-times.ts';
import { isReasonCode, type Failure, type ReasonCode, type VerdictState } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { StoreDatabase } from './database.ts';
import { comparedByVerifier } from './record-settlement.ts';
import { hourOnDay, type UtcOffset } from './report-place.ts';
import { prepareReportTally, type Compared, type ReportTally } from './report-tally.ts';
import { attempt } from './sqlite-failure.ts';

/** The row of `meta` that says how far records of before are told apart; gone when all are. */
export const REFILL = 'report-refill';
/** Records that one transaction tells apart: some ten milliseconds. */
export const REFILL_PAGE = 200;

const progressSchema = z.strictObject({ after: z.int().nonnegative(), until: z.int().positive() });
/** The last record that is done, and the last one there was when reports began, by `seq`. */
export type RefillProgress = z.infer<typeof progressSchema>;

/** Null when nothing waits. A row that can't be read begins anew: what is done already is passed over. */
export function refillProgress(database: StoreDatabase): RefillProgress | null {
  const text = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(REFILL);
  if (text === undefined) return null;
  const parsed = progressSchema.safeParse(parseStoredJson(text));
  if (parsed.success) return parsed.data;
  const last = database.prepare<[], number>('SELECT coalesce(max(seq), 1) FROM records').pluck().get() ?? 1;
  return { after: 0, until: last };
}

interface WaitingRecord {
  readonly seq: number;
  readonly day: string;
  readonly sceneId: string;
  readonly scheme: string;
  readonly state: VerdictState;
  readonly ownReason: string;
  readonly settledState: VerdictState | null;
  readonly settledReason: string | null;
  readonly comparedHere: Compared | null;
  readonly check: string | null;
  readonly startedAtMs: number;
  readonly stages: string | null;
}

/**
 * Tells the records apart that were counted by day, scene and state alone, page after page, each in a transaction of its
 * own with the mark of how far it has come: what breaks off is carried on at the next start, and nothing is counted twice.
 *
 * @returns how far it has come; null when nothing is left
 */
export function createReportRefill(
  database: StoreDatabase,
  offsetOf: UtcOffset,
): () => Result<RefillProgress | null, Failure> {
  const waiting = database.prepare<[number, number, number], WaitingRecord>(
    `SELECT seq, day, scene_id AS sceneId, scheme, outcome AS state, reason AS ownReason, settled_state AS settledState,
            ${SETTLED_REASON} AS settledReason, json_extract(record, '$.comparison.outcome') AS comparedHere,
            (SELECT kind FROM checks WHERE checks.certify_id = records.certify_id) AS "check",
            started_at_ms AS startedAtMs, json_extract(record, '$.stagesMs') AS stages
     FROM records WHERE seq > ? AND seq <= ? AND tally = 'day' ORDER BY seq LIMIT ?`,
  );
  const mark = database.prepare(
    `UPDATE records SET tally = 'hour', utc_offset_min = ?, settled_reason = ?, compared = ? WHERE seq = ?`,
  );
  const keep = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  const forget = database.prepare('DELETE FROM meta WHERE name = ?');
  const tally = prepareReportTally(database);
  const page = database.transaction((): RefillProgress | null => {
    const progress = refillProgress(database);
    if (progress === null) return null;
    const rows = waiting.all(progress.after, progress.until, REFILL_PAGE);
    for (const row of rows) {
      const { compared, offsetMin } = tellApart(tally, row, offsetOf);
      mark.run(offsetMin, row.settledReason, compared, row.seq);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < REFILL_PAGE) {
      forget.run(REFILL);
      return null;
    }
    const next = { after: last.seq, until: progress.until };
    keep.run(REFILL, JSON.stringify(next));
    return next;
  });
  return () => attempt(() => page.immediate());
}

/** The verifier's newest decision that decided something, for a record that was left to it. */
const SETTLED_REASON = `coalesce(settled_reason, (SELECT json_extract(decisions.outcome, '$.reason') FROM decisions
  WHERE decisions.certify_id = records.certify_id AND settled_state IS NOT NULL AND effect <> 'undecided'
  ORDER BY revision DESC LIMIT 1))`;

function tellApart(
  tally: ReportTally,
  row: WaitingRecord,
  offsetOf: UtcOffset,
): { readonly compared: Compared | null; readonly offsetMin: number } {
  const { day, sceneId, scheme, state } = row;
  const localHour = hourOnDay(row.startedAtMs, day, offsetOf);
  const reason = row.settledReason ?? row.ownReason;
  const compared = row.comparedHere ?? comparedOf(row);
  tally.takePlain({ day, sceneId, state });
  const steps: StepTimesByStage = {};
  addSteps(steps, stagesOf(row.stages));
  tally.add({ day, ...localHour, sceneId, scheme, state, reason, compared }, steps);
  return { compared, offsetMin: localHour.offsetMin };
}

function comparedOf({ check, settledState, settledReason }: WaitingRecord): Compared | null {
  if (settledState === null || settledReason === null || !isReasonCode(settledReason)) return null;
  const outcome: { state: VerdictState; reason: ReasonCode } = { state: settledState, reason: settledReason };
  return comparedByVerifier(CHECKS.find((known): known is Check => known === check) ?? null, outcome);
}

const stagesSchema = z.partialRecord(z.enum(STAGES), z.number().nonnegative());

/** Nothing for what doesn't parse: the record itself is what the audit looks at. */
function stagesOf(text: string | null): CertificationRecord['stagesMs'] {
  const parsed = stagesSchema.safeParse(text === null ? {} : parseStoredJson(text));
  return parsed.success ? parsed.data : {};
}
