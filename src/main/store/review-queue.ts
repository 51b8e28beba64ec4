import { z } from 'zod';
import { certificationRecordSchema, reasonCodeSchema } from '../../shared/domain/certification.ts';
import type { QueueRow, ReviewQueue } from '../../shared/ipc/clerk.ts';
import { failure, type Failure, type ReasonCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { StoreDatabase } from './database.ts';
import { AWAITS_VERIFIER, CONTRADICTED, IS_TEST, NOT_ERASED } from './review-rows.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

export interface QueueFilter {
  readonly sceneId: string | null;
  readonly reason: ReasonCode | null;
  /** Only what began then or later; absent: all. */
  readonly sinceMs?: number | null;
}

export interface ReviewQueueQueries {
  /** Records that wait for a person's decision, those that wait longest first. */
  page(filter: QueueFilter, offset: number, limit: number): Result<ReviewQueue, Failure>;
  count(): Result<number, Failure>;
}

/**
 * Everything that is open, by `seq`: what ended as a review and what a verifier contradicts, unless the staff has decided
 * it, the verifier is still asked, or it is gone.
 */
const OPEN = `SELECT records.seq FROM records
    WHERE records.outcome = 'review' AND ${NOT_ERASED} AND NOT ${IS_TEST} AND NOT ${AWAITS_VERIFIER}
  UNION
  SELECT records.seq FROM decisions AS speaking JOIN records USING (certify_id)
    WHERE speaking.effect IN ('contradicts', 'review') AND ${CONTRADICTED} AND records.settled_by IS NOT 'staff'
      AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.certify_id = records.certify_id)
      AND ${NOT_ERASED} AND NOT ${IS_TEST} AND NOT ${AWAITS_VERIFIER}`;

/** Why it waits: the verifier's objection where there is one, else what the record is listed with. */
const REASON = `CASE WHEN records.outcome <> 'review' THEN 'authority.contradicts'
  ELSE coalesce(records.settled_reason, records.reason) END`;

const WAITING_SINCE = `coalesce((SELECT max(kept_at_ms) FROM decisions
    WHERE decisions.certify_id = records.certify_id AND effect IN ('contradicts', 'review')),
  json_extract(records.record, '$.decidedAtMs'))`;

interface StoredRow {
  readonly record: string;
  readonly reason: string;
  readonly waitingSinceMs: number;
}

/**
 * A page's scenes and reasons are counted over all that waits, whatever its filter, the most frequent first. Rows that
 * do not parse are `store.corrupt`.
 */
export function createReviewQueue(database: StoreDatabase): ReviewQueueQueries {
  const matching = `FROM records WHERE records.seq IN (${OPEN})
    AND records.scene_id = coalesce(@sceneId, records.scene_id) AND ${REASON} = coalesce(@reason, ${REASON})
    AND (@sinceMs IS NULL OR records.started_at_ms >= @sinceMs)`;
  const rows = database.prepare<[Record<string, unknown>], StoredRow>(
    `SELECT records.record, ${REASON} AS reason, ${WAITING_SINCE} AS waitingSinceMs ${matching}
     ORDER BY waitingSinceMs, records.seq LIMIT @limit OFFSET @offset`,
  );
  const sum = database.prepare<[Record<string, unknown>], number>(`SELECT count(*) ${matching}`).pluck();
  const all = database.prepare<[], number>(`SELECT count(*) FROM (${OPEN})`).pluck();
  const facets = database.prepare<[], { sceneId: string; reason: string; count: number }>(
    `SELECT records.scene_id AS sceneId, ${REASON} AS reason, count(*) AS count
     FROM records WHERE records.seq IN (${OPEN}) GROUP BY sceneId, ${REASON}`,
  );
  return {
    count: () => attempt(() => all.get() ?? 0),
    page: ({ sceneId, reason, sinceMs = null }, offset, limit) =>
      attemptResult(() => {
        const filter = { sceneId, reason, sinceMs };
        const page: QueueRow[] = [];
        for (const stored of rows.all({ ...filter, offset, limit })) {
          const row = toRow(stored);
          if (!row.ok) return row;
          page.push(row.value);
        }
        const groups = z.array(facetSchema).safeParse(facets.all());
        if (!groups.success) return err(failure('store.corrupt', 'a record does not parse'));
        return ok({
          total: sum.get(filter) ?? 0,
          rows: page,
          scenes: summed(groups.data, ({ sceneId: id }) => id).map(([id, count]) => ({ sceneId: id, count })),
          reasons: summed(groups.data, ({ reason: code }) => code).map(([code, count]) => ({ reason: code, count })),
        });
      }),
  };
}

const facetSchema = z.strictObject({ sceneId: z.string(), reason: reasonCodeSchema, count: z.int() });
type Facet = z.infer<typeof facetSchema>;

function summed<K extends string>(groups: readonly Facet[], keyOf: (group: Facet) => K): readonly [K, number][] {
  const sums = new Map<K, number>();
  for (const group of groups) sums.set(keyOf(group), (sums.get(keyOf(group)) ?? 0) + group.count);
  return [...sums].toSorted(([a, most], [b, least]) => least - most || a.localeCompare(b));
}

function toRow(stored: StoredRow): Result<QueueRow, Failure> {
  const record = certificationRecordSchema.safeParse(parseStoredJson(stored.record));
  const reason = reasonCodeSchema.safeParse(stored.reason);
  if (!record.success || !reason.success) return err(failure('store.corrupt', 'a record does not parse'));
  const { certifyId, sceneId, startedAtMs, subject, simulated } = record.data;
  return ok({
    certifyId,
    sceneId,
    startedAtMs,
    waitingSinceMs: stored.waitingSinceMs,
    reason: reason.data,
    nameMasked: subject?.nameMasked ?? null,
    numberMasked: subject?.numberMasked ?? null,
    simulated,
  });
}
