import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { RECORD_END, STANDING } from './record-erasure.ts';
import { attempt } from './sqlite-failure.ts';
import { evidenceEndMs } from './vault-retention.ts';

/** Sweeps run every hour: what is still there after two has been missed. */
export const OVERDUE_AFTER_MS = 2 * 3_600_000;

export interface StoredSubjects {
  /** People of whom pictures are kept; a certification that identified nobody counts as one. */
  readonly storedSubjects: number;
  /** What should have been erased and is still there, records that wait for something included. */
  readonly overdue: number;
  readonly nextErasureAtMs: number | null;
  readonly oldestRecordAtMs: number | null;
}

/** Everything under a key, with when it ends and whose it is. */
const KEPT = `
  SELECT 'evidence' AS kind, certify_id AS id, destroy_at_ms FROM evidence_keys
  UNION ALL SELECT 'materials', certify_id, destroy_at_ms FROM material_keys
  UNION ALL SELECT 'face-return', certify_id, destroy_at_ms FROM face_return_keys
  UNION ALL SELECT 'requests', certify_id, destroy_at_ms FROM request_keys
  UNION ALL SELECT 'results', certify_id, destroy_at_ms FROM result_keys`;

interface EndRow {
  readonly sceneId: string | null;
  readonly startedAtMs: number | null;
  readonly destroyAtMs: number;
}

/**
 * What is stored of people now.
 *
 * @param retentionDaysOf what a scene keeps evidence for now; null for one that isn't known any more
 */
export function readStoredSubjects(
  database: StoreDatabase,
  nowMs: number,
  retentionDaysOf: (sceneId: string) => number | null,
): Result<StoredSubjects, Failure> {
  const read = database.transaction((): StoredSubjects => {
    const storedSubjects = database
      .prepare<[], number>(
        `SELECT count(DISTINCT coalesce(records.subject_key, requests.subject_key, kept.id)) FROM (${KEPT}) AS kept
         LEFT JOIN records ON records.certify_id = kept.id LEFT JOIN requests ON requests.request_id = kept.id`,
      )
      .pluck()
      .get();
    const ends = database
      .prepare<[], EndRow>(
        `SELECT CASE kept.kind WHEN 'evidence' THEN records.scene_id END AS sceneId,
                records.started_at_ms AS startedAtMs, kept.destroy_at_ms AS destroyAtMs
         FROM (${KEPT}) AS kept LEFT JOIN records ON records.certify_id = kept.id`,
      )
      .all()
      .map((row) => endOf(row, retentionDaysOf));
    const oldest = database
      .prepare<[], number>(`SELECT started_at_ms FROM records WHERE ${STANDING} ORDER BY started_at_ms LIMIT 1`)
      .pluck()
      .get();
    const overdueRecords = database
      .prepare<[number], number>(
        `SELECT count(*) FROM receipts JOIN records USING (seq) WHERE ${RECORD_END} < ? AND ${STANDING}`,
      )
      .pluck()
      .get(nowMs - OVERDUE_AFTER_MS);
    return {
      storedSubjects: storedSubjects ?? 0,
      overdue: ends.filter((endMs) => endMs + OVERDUE_AFTER_MS < nowMs).length + (overdueRecords ?? 0),
      nextErasureAtMs: ends.reduce<number | null>((next, end) => (next === null || end < next ? end : next), null),
      oldestRecordAtMs: oldest ?? null,
    };
  });
  return attempt(() => read.deferred());
}

/** As the sweep of evidence has it: a scene that keeps less by now shortens what is there. */
function endOf(
  { sceneId, startedAtMs, destroyAtMs }: EndRow,
  retentionDaysOf: (sceneId: string) => number | null,
): number {
  const days = sceneId === null ? null : retentionDaysOf(sceneId);
  if (days === null || startedAtMs === null) return destroyAtMs;
  return Math.min(destroyAtMs, evidenceEndMs(startedAtMs, days));
}
