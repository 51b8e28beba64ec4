import type { KeptKind, RetentionClock } from '../../shared/ipc/admin-system.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { RECORD_END, STANDING } from './record-erasure.ts';
import { attempt } from './sqlite-failure.ts';

/** When something was begun: its record's start, or for requests what is kept of them. */
function keyed(table: string): string {
  return `SELECT count(*) AS count, min(records.started_at_ms) AS oldestAtMs, min(destroy_at_ms) AS nextEndAtMs
          FROM ${table} LEFT JOIN records USING (certify_id)`;
}

const QUERIES: Readonly<Record<KeptKind, string>> = {
  records: `SELECT count(*) AS count, min(records.started_at_ms) AS oldestAtMs, min(${RECORD_END}) AS nextEndAtMs
            FROM receipts JOIN records USING (seq) WHERE ${STANDING}`,
  evidence: keyed('evidence_keys'),
  materials: keyed('material_keys'),
  'face-return': keyed('face_return_keys'),
  requests: keyed('request_keys'),
  results: keyed('result_keys'),
};

/** What is kept, how much of it, and when the next of each goes. */
export function readRetentionClocks(database: StoreDatabase): Result<readonly RetentionClock[], Failure> {
  const read = database.transaction(() =>
    (Object.entries(QUERIES) as [KeptKind, string][]).map(([kind, sql]) => ({
      kind,
      ...database.prepare<[], Omit<RetentionClock, 'kind'>>(sql).get()!,
    })),
  );
  return attempt(() => read.deferred());
}
