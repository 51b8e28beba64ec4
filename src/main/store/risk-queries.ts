import { z } from 'zod';
import { failure, VERDICT_STATES, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

/** What rules about risk count. A count that can't be read is a failure and never zero. */
export interface RiskQueries {
  /** Certifications of one person that began at `sinceMs` or later and did not pass. */
  personAttempts(subjectKey: string, sinceMs: number): Result<number, Failure>;
  /** The same of everybody. */
  terminalAttempts(sinceMs: number): Result<number, Failure>;
  /** Certifications of one person in one scene since a moment: those that passed, and those still to be decided. */
  passes(
    subjectKey: string,
    sceneId: string,
    sinceMs: number,
  ): Result<{ readonly passed: number; readonly open: number }, Failure>;
  /** When the staff last let this person try again on that day; null: it didn't. */
  liftedAtMs(subjectKey: string, day: string): Result<number | null, Failure>;
  /** The newest beginning of any certification; null: there is none. */
  latestStartMs(): Result<number | null, Failure>;
}

/** @param excluded reasons of ends that are no attempts; `open`: reasons whose decision is still to come */
export function createRiskQueries(
  database: StoreDatabase,
  { excluded, open }: { readonly excluded: readonly string[]; readonly open: readonly string[] },
): RiskQueries {
  // Whoever only tried the terminal out has made no attempt and passed nothing.
  const real = "json_extract(record, '$.test') IS NULL";
  const attemptsOnly = `${real} AND outcome <> 'passed' AND reason NOT IN (${excluded.map(() => '?').join(', ')})`;
  // A clock that was set back leaves records in the future; these are counted too.
  const ofPerson = database
    .prepare<unknown[], number>(
      `SELECT count(*) FROM records WHERE subject_key = ? AND started_at_ms >= ? AND ${attemptsOnly}`,
    )
    .pluck();
  const ofAll = database
    .prepare<unknown[], number>(`SELECT count(*) FROM records WHERE started_at_ms >= ? AND ${attemptsOnly}`)
    .pluck();
  const ofScene = database.prepare<unknown[], { passed: number; open: number }>(
    `SELECT count(*) FILTER (WHERE outcome = 'passed') AS passed,
            count(*) FILTER (WHERE settled_state IS NULL AND reason IN (${open.map(() => '?').join(', ')})) AS open
     FROM records WHERE subject_key = ? AND scene_id = ? AND started_at_ms >= ? AND ${real}`,
  );
  const lifted = database
    .prepare<[string, string], number>('SELECT lifted_at_ms FROM attempt_lifts WHERE subject_key = ? AND day = ?')
    .pluck();
  const latest = database.prepare<[], number | null>('SELECT max(started_at_ms) FROM records').pluck();
  const count = z.int().nonnegative();
  return {
    personAttempts: (subjectKey, sinceMs) => attempt(() => count.parse(ofPerson.get(subjectKey, sinceMs, ...excluded))),
    terminalAttempts: (sinceMs) => attempt(() => count.parse(ofAll.get(sinceMs, ...excluded))),
    passes: (subjectKey, sceneId, sinceMs) =>
      attempt(() =>
        z.strictObject({ passed: count, open: count }).parse(ofScene.get(...open, subjectKey, sceneId, sinceMs)),
      ),
    liftedAtMs: (subjectKey, day) => attempt(() => lifted.get(subjectKey, day) ?? null),
    latestStartMs: () => attempt(() => latest.get() ?? null),
  };
}

/**
 * Lets the person of a record try again on that day, whatever was counted until now, and notes it.
 *
 * @returns `request.invalid` where there is no such record, or it names nobody
 */
export function liftAttemptLimit(
  { database, audit }: { readonly database: StoreDatabase; readonly audit: AuditLog },
  certifyId: string,
  day: string,
  atMs: number,
): Result<null, Failure> {
  const find = database.prepare<[string], { subject_key: string | null }>(
    'SELECT subject_key FROM records WHERE certify_id = ?',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO attempt_lifts (subject_key, day, lifted_at_ms) VALUES (?, ?, ?)',
  );
  const lift = database.transaction((subjectKey: string) => {
    put.run(subjectKey, day, atMs);
    audit.appendWithin('attempts.lifted', { certifyId, day });
  });
  return attemptResult(() => {
    const record = find.get(certifyId);
    if (record === undefined) return err(failure('request.invalid', 'no record has this id'));
    if (record.subject_key === null) return err(failure('request.invalid', 'the record names nobody'));
    lift.immediate(record.subject_key);
    return ok(null);
  });
}

const pastRowSchema = z.strictObject({
  seq: z.int(),
  certifyId: z.string(),
  startedAtMs: z.int(),
  sceneId: z.string(),
  subjectKey: z.string().nullable(),
  outcome: z.enum(VERDICT_STATES),
  reason: z.string(),
  cameraSigns: z.string(),
});
const signsSchema = z.array(z.string());

/** A certification as rules about risk look at it. */
export type PastRow = Omit<z.infer<typeof pastRowSchema>, 'seq' | 'cameraSigns'> & {
  readonly cameraSigns: readonly string[];
};

const PAGE = 500;

/**
 * Certifications that began at `sinceMs` or later, in the order of their commits, read page by page as they are asked
 * for. Throws what SQLite throws: a broken read must not look like an end.
 */
export function* pastCertifications(database: StoreDatabase, sinceMs: number): Generator<PastRow> {
  const first = database
    .prepare<[number], number | null>('SELECT min(seq) FROM records WHERE started_at_ms >= ?')
    .pluck()
    .get(sinceMs);
  const page = database.prepare<[number, number], unknown>(
    `SELECT seq, certify_id AS certifyId, started_at_ms AS startedAtMs, scene_id AS sceneId, subject_key AS subjectKey,
            outcome, reason, coalesce(json_extract(record, '$.devices.cameraChecks.signs'), '[]') AS cameraSigns
     FROM records WHERE seq >= ? AND started_at_ms >= ? AND json_extract(record, '$.test') IS NULL
     ORDER BY seq LIMIT ${PAGE}`,
  );
  let next = first ?? null;
  while (next !== null) {
    const rows: z.infer<typeof pastRowSchema>[] = page.all(next, sinceMs).map((row) => pastRowSchema.parse(row));
    for (const row of rows) {
      const { certifyId, startedAtMs, sceneId, subjectKey, outcome, reason } = row;
      const cameraSigns = signsSchema.parse(JSON.parse(row.cameraSigns));
      yield { certifyId, startedAtMs, sceneId, subjectKey, outcome, reason, cameraSigns };
    }
    next = rows.length < PAGE ? null : rows.at(-1)!.seq + 1;
  }
}
