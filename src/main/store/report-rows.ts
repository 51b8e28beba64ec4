import { readSteps, type StepTimesByStage } from '../../shared/domain/step-times.ts';
import { addDays, type ReportDays } from '../../shared/domain/report-window.ts';
import {
  failure,
  isReasonCode,
  VERDICT_STATES,
  type Failure,
  type ReasonCode,
  type VerdictState,
} from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { hasReports } from './report-recount.ts';
import { FOLDED } from './report-tally.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

/** One row of the counts; `reason` null and `scheme` empty for what is not told apart yet. */
export interface CountedRow {
  readonly day: string;
  readonly hour: number | null;
  readonly offsetMin: number | null;
  readonly sceneId: string;
  readonly scheme: string;
  readonly state: VerdictState;
  readonly reason: ReasonCode | null;
  readonly count: number;
  readonly match: number;
  readonly grey: number;
  readonly noMatch: number;
}

export interface StepRow {
  readonly sceneId: string;
  readonly scheme: string;
  readonly steps: StepTimesByStage;
}

/** What reports are made of, as it is kept. */
export interface ReportRows {
  days(days: ReportDays): Result<readonly CountedRow[], Failure>;
  hours(day: string): Result<readonly CountedRow[], Failure>;
  steps(days: ReportDays): Result<readonly StepRow[], Failure>;
  /** The last day that anything is counted on; null where nothing is. */
  lastDay(): Result<string | null, Failure>;
  hasScene(sceneId: string): Result<boolean, Failure>;
  hasScheme(scheme: string): Result<boolean, Failure>;
}

type StoredCount = readonly [
  day: string,
  hour: number | null,
  offsetMin: number | null,
  sceneId: string,
  scheme: string,
  state: string,
  reason: string,
  count: number,
  match: number,
  grey: number,
  noMatch: number,
];

/** @returns `store.unavailable` for a database of an older version that is open for reading only */
export function createReportRows(database: StoreDatabase): Result<ReportRows, Failure> {
  return attemptResult(() =>
    hasReports(database)
      ? ok(prepareRows(database))
      : err(failure('store.unavailable', 'this database is of an older version: start the application once')),
  );
}

function prepareRows(database: StoreDatabase): ReportRows {
  const folded = database.prepare<[], string>(`SELECT value FROM meta WHERE name = '${FOLDED}'`).pluck();
  /** The days that are not folded yet: one, or the few since the program last ran; null where all are. */
  const unfolded = ({ from, to }: ReportDays): ReportDays | null => {
    const last = folded.get() ?? '';
    const first = last < from ? from : addDays(last, 1);
    return first > to ? null : { from: first, to };
  };
  const days = database
    .prepare<[ReportDays], StoredCount>(
      `SELECT day, NULL, NULL, scene_id, scheme, state, reason, count, matched, grey, unlike
       FROM report_days WHERE day BETWEEN @from AND @to`,
    )
    .raw();
  const unfoldedDays = database
    .prepare<[ReportDays], StoredCount>(
      `SELECT day, NULL, NULL, scene_id, scheme, state, reason, sum(count), sum(matched), sum(grey), sum(unlike)
       FROM report_hours WHERE day BETWEEN @from AND @to GROUP BY day, scene_id, scheme, state, reason`,
    )
    .raw();
  const hours = database
    .prepare<[string], StoredCount>(
      `SELECT day, hour, utc_offset_min, scene_id, scheme, state, reason, count, matched, grey, unlike
       FROM report_hours WHERE day = ?`,
    )
    .raw();
  const stepsOf = (table: 'report_steps' | 'report_hours') =>
    database.prepare<[ReportDays], { sceneId: string; scheme: string; steps: string }>(
      `SELECT scene_id AS sceneId, scheme, steps FROM ${table} WHERE day BETWEEN @from AND @to`,
    );
  const [steps, unfoldedSteps] = [stepsOf('report_steps'), stepsOf('report_hours')];
  const last = database
    .prepare<[], string>(
      `SELECT max(coalesce((SELECT max(day) FROM report_days), ''), coalesce((SELECT max(day) FROM report_hours), ''))`,
    )
    .pluck();
  const within = (column: 'scene_id' | 'scheme') =>
    database.prepare<[string]>(`SELECT 1 FROM report_day_counts WHERE ${column} = ? LIMIT 1`);
  const [scene, scheme] = [within('scene_id'), within('scheme')];
  return {
    days: (span) =>
      attemptResult(() => {
        const open = unfolded(span);
        return parseCounts([...days.all(span), ...(open === null ? [] : unfoldedDays.all(open))]);
      }),
    hours: (day) => attemptResult(() => parseCounts(hours.all(day))),
    steps: (span) =>
      attemptResult(() => {
        const rows: StepRow[] = [];
        const open = unfolded(span);
        for (const row of [...steps.all(span), ...(open === null ? [] : unfoldedSteps.all(open))]) {
          const parsed = readSteps(row.steps);
          if (parsed === null) return err(failure('store.corrupt', 'times of steps do not parse'));
          rows.push({ ...row, steps: parsed });
        }
        return ok(rows);
      }),
    lastDay: () => attempt(() => last.get() || null),
    hasScene: (sceneId) => attempt(() => scene.get(sceneId) !== undefined),
    hasScheme: (name) => attempt(() => name !== '' && scheme.get(name) !== undefined),
  };
}

const STATES: ReadonlySet<string> = new Set(VERDICT_STATES);

/** Thousands of rows: looked at by hand, for a schema would take longer than reading them. */
function parseCounts(stored: readonly StoredCount[]): Result<readonly CountedRow[], Failure> {
  const rows: CountedRow[] = [];
  for (const [day, hour, offsetMin, sceneId, scheme, state, reason, count, match, grey, noMatch] of stored) {
    if (!STATES.has(state) || !(reason === '' || isReasonCode(reason))) {
      return err(failure('store.corrupt', 'a count of reports does not parse'));
    }
    const code = reason === '' ? null : reason;
    rows.push({
      day,
      hour,
      offsetMin,
      sceneId,
      scheme,
      state: state as VerdictState,
      reason: code,
      count,
      match,
      grey,
      noMatch,
    });
  }
  return ok(rows);
}
