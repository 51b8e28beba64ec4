import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Failure } from '../../shared/reasons.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';
import { parseStoredFailure } from './stored-failure.ts';

const queuedFaceSchema = z.strictObject({
  certifyId: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  attempts: z.int().nonnegative(),
  queuedAtMs: z.int(),
  /** Local day of the certification, `YYYY-MM-DD`. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});
/** A committed face picture that waits for the customer's store. */
export type QueuedFace = z.infer<typeof queuedFaceSchema>;

/** Why a picture is never sent. */
export type FaceStopReason = 'expired' | 'unreadable' | 'erased';

export interface FaceReturnLoad {
  readonly waiting: number;
  readonly sent: number;
  readonly stopped: number;
  /** Of the pictures that wait, the one that was tried last. */
  readonly lastFailure: Failure | null;
}

/** Face pictures for the customer, durably: whatever is returned as changed is on the disk. */
export interface FaceReturnRows {
  /** The least tried, then the oldest; null where none waits. */
  next(): Result<QueuedFace | null, Failure>;
  /** Those that have waited since `sinceMs` or longer. */
  waitingSince(sinceMs: number): Result<readonly string[], Failure>;
  failed(certifyId: string, failure: Failure): Result<null, Failure>;
  /** With an entry in the audit log. */
  sent(certifyId: string, sentAtMs: number): Result<null, Failure>;
  /** With an entry in the audit log; whether it was waiting. */
  stop(certifyId: string, why: FaceStopReason): Result<boolean, Failure>;
  load(): Result<FaceReturnLoad, Failure>;
}

/**
 * Changes only what waits: a picture that was sent or stopped stays so. Rows are added with their record, by
 * `RecordStore`.
 */
export function createFaceReturnRows(database: StoreDatabase, audit: Pick<AuditLog, 'appendWithin'>): FaceReturnRows {
  const next = database.prepare<[], unknown>(
    `SELECT face_returns.certify_id AS certifyId, sha256, bytes, attempts, queued_at_ms AS queuedAtMs, records.day
     FROM face_returns JOIN records USING (certify_id)
     WHERE face_returns.state = 'queued' ORDER BY attempts, queued_at_ms LIMIT 1`,
  );
  const waiting = database
    .prepare<[number], string>(`SELECT certify_id FROM face_returns WHERE state = 'queued' AND queued_at_ms <= ?`)
    .pluck();
  const failed = database.prepare(
    `UPDATE face_returns SET attempts = attempts + 1, last_failure = ? WHERE certify_id = ? AND state = 'queued'`,
  );
  const sent = database.prepare(
    `UPDATE face_returns SET state = 'sent', sent_at_ms = ?, attempts = attempts + 1, last_failure = NULL
     WHERE certify_id = ? AND state = 'queued'`,
  );
  const stop = database.prepare(`UPDATE face_returns SET state = 'stopped' WHERE certify_id = ? AND state = 'queued'`);
  const noteSent = database.transaction((certifyId: string, sentAtMs: number) => {
    if (sent.run(Math.round(sentAtMs), certifyId).changes > 0) audit.appendWithin('face-return.sent', { certifyId });
    return null;
  });
  const noteStopped = database.transaction((certifyId: string, why: FaceStopReason): boolean => {
    if (stop.run(certifyId).changes === 0) return false;
    audit.appendWithin('face-return.stopped', { certifyId, why });
    return true;
  });
  return {
    next: () => attemptResult(() => parseQueuedFace(next.get())),
    waitingSince: (sinceMs) => attempt(() => waiting.all(Math.floor(sinceMs))),
    failed: (certifyId, cause) => attempt(() => (failed.run(canonicalJson(cause), certifyId), null)),
    sent: (certifyId, sentAtMs) => attempt(() => noteSent.immediate(certifyId, sentAtMs)),
    stop: (certifyId, why) => attempt(() => noteStopped.immediate(certifyId, why)),
    load: () => readFaceReturnLoad(database),
  };
}

function parseQueuedFace(row: unknown): Result<QueuedFace | null, Failure> {
  if (row === undefined) return ok(null);
  const parsed = queuedFaceSchema.safeParse(row);
  return parsed.success ? ok(parsed.data) : err(failure('store.corrupt', 'a face picture to return does not parse'));
}

/** What waits and what became of the others, with nothing but a database that is open for reading. */
export function readFaceReturnLoad(database: StoreDatabase): Result<FaceReturnLoad, Failure> {
  return attempt(() => {
    const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'face_returns'`);
    // Opened for reading only, a database of an older version has returned no face.
    if (table.get() === undefined) return { waiting: 0, sent: 0, stopped: 0, lastFailure: null };
    const counts = database
      .prepare<[], { state: string; count: number }>('SELECT state, count(*) AS count FROM face_returns GROUP BY state')
      .all();
    const countOf = (state: string): number => counts.find((row) => row.state === state)?.count ?? 0;
    const last = database
      .prepare<[], string>(
        `SELECT last_failure FROM face_returns WHERE state = 'queued' AND last_failure IS NOT NULL
         ORDER BY attempts DESC, queued_at_ms DESC LIMIT 1`,
      )
      .pluck()
      .get();
    const lastFailure = last === undefined ? null : parseStoredFailure(last);
    return { waiting: countOf('queued'), sent: countOf('sent'), stopped: countOf('stopped'), lastFailure };
  });
}
