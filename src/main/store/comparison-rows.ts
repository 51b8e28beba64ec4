import { z } from 'zod';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt } from './sqlite-failure.ts';

const rowSchema = z.strictObject({
  startedAtMs: z.int(),
  similarity: z.number(),
  kind: z.enum(['live-live', 'live-chip']),
});

/** One comparison that a record keeps. */
export type StoredComparison = z.infer<typeof rowSchema>;

export interface WantedComparisons {
  /** Null: of all scenes. */
  readonly sceneId: string | null;
  readonly limit: number;
  /** Those of simulated devices too; in a demonstration there are no others. */
  readonly simulated: boolean;
}

/** The newest comparisons first; those that only tried the terminal out are left out. */
export function newestComparisons(
  database: StoreDatabase,
  { sceneId, limit, simulated }: WantedComparisons,
): Result<readonly StoredComparison[], Failure> {
  return attempt(() => {
    const rows = database.prepare<[Record<string, unknown>], unknown>(
      `SELECT started_at_ms AS startedAtMs,
              json_extract(record, '$.comparison.similarity') AS similarity,
              json_extract(record, '$.comparison.kind') AS kind
       FROM records
       WHERE json_extract(record, '$.comparison.similarity') IS NOT NULL
         AND json_extract(record, '$.test') IS NULL
         AND (@simulated OR json_extract(record, '$.simulated') = 0)
         ${sceneId === null ? '' : 'AND scene_id = @sceneId'}
       ORDER BY seq DESC LIMIT @limit`,
    );
    const wanted = { limit, simulated: simulated ? 1 : 0, ...(sceneId === null ? {} : { sceneId }) };
    return z.array(rowSchema).parse(rows.all(wanted));
  });
}
