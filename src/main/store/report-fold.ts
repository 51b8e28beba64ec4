import { readSteps } from '../../shared/domain/step-times.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { FOLDED, NO_STEPS, prepareFoldedSteps } from './report-tally.ts';
import { attempt } from './sqlite-failure.ts';

/**
 * Adds up the hours of days that are over, so that a report of 90 days reads days alone. In one transaction: a day is
 * counted from its hours or from its own rows, never from both and never from neither.
 *
 * @returns takes today, the local calendar day; where the clock was set back nothing is left to do
 */
export function createReportFold(database: StoreDatabase): (today: string) => Result<null, Failure> {
  const where = `day > (SELECT value FROM meta WHERE name = '${FOLDED}') AND day < ?`;
  const days = database.prepare<[string]>(
    `INSERT INTO report_days
     SELECT day, scene_id, scheme, state, reason, sum(count), sum(matched), sum(grey), sum(unlike) FROM report_hours
     WHERE ${where} GROUP BY day, scene_id, scheme, state, reason`,
  );
  const steps = database.prepare<[string], { day: string; sceneId: string; scheme: string; steps: string }>(
    `SELECT day, scene_id AS sceneId, scheme, steps FROM report_hours WHERE ${where} AND steps <> '${NO_STEPS}'`,
  );
  const clear = database.prepare<[string]>(
    `UPDATE report_hours SET steps = '${NO_STEPS}' WHERE ${where} AND steps <> '${NO_STEPS}'`,
  );
  const mark = database.prepare<[string]>(
    `UPDATE meta SET value = (SELECT max(day) FROM report_days) WHERE name = '${FOLDED}'
     AND value < (SELECT max(day) FROM report_hours WHERE day < ?)`,
  );
  const addSteps = prepareFoldedSteps(database);
  const fold = database.transaction((today: string) => {
    days.run(today);
    for (const row of steps.all(today)) addSteps(row, readSteps(row.steps) ?? {});
    clear.run(today);
    mark.run(today);
  });
  return (today) => attempt(() => (fold.immediate(today), null));
}
