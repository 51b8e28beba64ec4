import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ReportAnswer, reportBucketSchema } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { VERDICT_STATES, type VerdictState } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { bucketsOf, type ReportQuery } from './report-query.ts';

/** Counts as a console shows them: by hour or day, scene and check. */
export interface ReportDesk {
  /** @param deviceId whose; null for all devices */
  report(query: ReportQuery, deviceId: string | null): Promise<Result<ReportAnswer, Problem>>;
}

type Bucket = z.infer<typeof reportBucketSchema>;
interface CountRow {
  readonly sceneId: string;
  readonly check: string;
  readonly state: string;
  readonly count: number;
}
interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Rows of an answer, of sessions and of records each. */
const MOST_ROWS = 10_000;

/**
 * Sessions count at the time of their first decision with the state that they have now, so that a review changes what is
 * counted and not where. Records from outboxes count when the verifier took them; their check is the scheme.
 */
export function createReportDesk(database: VerifierDatabase): ReportDesk {
  return {
    report: async (query, deviceId) => {
      const buckets: Bucket[] = [];
      const records: Bucket[] = [];
      // One bucket at a time: a long report must not keep requests waiting.
      for (const { startMs, ...window } of bucketsOf(query)) {
        buckets.push(...bucketRows(startMs, await countSessions(database, window, query, deviceId)));
        records.push(...bucketRows(startMs, await countRecords(database, window, query, deviceId)));
        if (buckets.length > MOST_ROWS || records.length > MOST_ROWS) {
          return err(problem('report_window', { detail: 'too many rows: name a scene or ask for less time' }));
        }
        await setImmediate();
      }
      const { fromMs, toMs, bucket } = query;
      return ok({ fromMs, toMs, bucket, buckets, records });
    },
  };
}

async function countSessions(
  database: VerifierDatabase,
  { fromMs, toMs }: Window,
  { sceneId, simulated }: ReportQuery,
  deviceId: string | null,
): Promise<readonly CountRow[]> {
  let query = database.queries
    .selectFrom('sessions')
    .innerJoin('decisions', (join) =>
      join
        .onRef('decisions.session_id', '=', 'sessions.session_id')
        .onRef('decisions.revision', '=', 'sessions.revision'),
    )
    .select(({ fn }) => [
      'scene_id as sceneId',
      'check_name as check',
      'decisions.state',
      fn.countAll<number>().as('count'),
    ])
    .where('sessions.decided_at_ms', '>=', fromMs)
    .where('sessions.decided_at_ms', '<', toMs);
  if (deviceId !== null) query = query.where('device_id', '=', deviceId);
  if (sceneId !== null) query = query.where('scene_id', '=', sceneId);
  if (simulated !== null) query = query.where('simulated', '=', simulated ? 1 : 0);
  return query.groupBy(['scene_id', 'check_name', 'decisions.state']).execute();
}

async function countRecords(
  database: VerifierDatabase,
  { fromMs, toMs }: Window,
  { sceneId, simulated }: ReportQuery,
  deviceId: string | null,
): Promise<readonly CountRow[]> {
  const member = (name: 'sceneId' | 'scheme') =>
    database.kind === 'sqlite'
      ? sql<string>`json_extract(record, ${sql.lit(`$.${name}`)})`
      : sql<string>`(record::json ->> ${sql.lit(name)})`;
  // A record that the staff has decided counts as that, as it does at its device.
  const standing = sql<string>`coalesce(settled_state, state)`;
  let query = database.queries
    .selectFrom('submissions')
    .select(({ fn }) => [
      member('sceneId').as('sceneId'),
      member('scheme').as('check'),
      standing.as('state'),
      fn.countAll<number>().as('count'),
    ])
    .where('accepted_at_ms', '>=', fromMs)
    .where('accepted_at_ms', '<', toMs);
  if (deviceId !== null) query = query.where('device_id', '=', deviceId);
  if (sceneId !== null) query = query.where(member('sceneId'), '=', sceneId);
  if (simulated !== null) query = query.where('simulated', '=', simulated ? 1 : 0);
  return query.groupBy([member('sceneId'), member('scheme'), standing]).execute();
}

/** One row per scene and check, in order of their names. */
function bucketRows(fromMs: number, counts: readonly CountRow[]): Bucket[] {
  const rows = new Map<string, Bucket>();
  for (const { sceneId, check, state, count } of counts) {
    if (!isState(state)) continue;
    const name = `${sceneId}\n${check}`;
    const row = rows.get(name) ?? { fromMs, sceneId, check, passed: 0, failed: 0, review: 0, error: 0 };
    rows.set(name, { ...row, [state]: row[state] + Number(count) });
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function isState(state: string): state is VerdictState {
  return (VERDICT_STATES as readonly string[]).includes(state);
}
