import type { StoreDatabase } from './database.ts';

const COUNTS = `count(*), coalesce(sum(compared = 'match'), 0), coalesce(sum(compared = 'grey'), 0),
  coalesce(sum(compared = 'no-match'), 0)`;
/** What is not told apart yet stands without scheme and reason. */
const TOLD_APART = `tally = 'hour'`;
const DAYS = `SELECT day, scene_id, iif(${TOLD_APART}, scheme, ''), outcome,
  iif(${TOLD_APART}, coalesce(settled_reason, reason), ''), ${COUNTS} FROM records WHERE tally <> 'none' GROUP BY 1, 2, 3, 4, 5`;
const LOCAL_HOUR = `CAST(strftime('%H', (started_at_ms + utc_offset_min * 60000) / 1000, 'unixepoch') AS INTEGER)`;
const HOURS = `SELECT day, ${LOCAL_HOUR}, utc_offset_min, scene_id, scheme, outcome, coalesce(settled_reason, reason),
  ${COUNTS} FROM records WHERE ${TOLD_APART} GROUP BY 1, 2, 3, 4, 5, 6, 7`;

const KEPT_HOURS = `SELECT day, hour, utc_offset_min, scene_id, scheme, state, reason, count, matched, grey, unlike
  FROM report_hours`;

/** Whether the counts of reports differ from the records that they sum up, in either direction. */
export function reportCountsDiffer(database: StoreDatabase): boolean {
  return differs(database, DAYS, 'SELECT * FROM report_day_counts') || differs(database, HOURS, KEPT_HOURS);
}

/** False for a database of an older version that is open for reading only. */
export function hasReports(database: StoreDatabase): boolean {
  return (
    database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'report_days'`).get() !== undefined
  );
}

function differs(database: StoreDatabase, counted: string, kept: string): boolean {
  const differing = database.prepare<[], number>(
    `WITH counted AS MATERIALIZED (${counted}), kept AS MATERIALIZED (${kept})
     SELECT EXISTS (SELECT * FROM counted EXCEPT SELECT * FROM kept)
         OR EXISTS (SELECT * FROM kept EXCEPT SELECT * FROM counted)`,
  );
  return differing.pluck().get() !== 0;
}
