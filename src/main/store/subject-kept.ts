import { keptOfSubjectSchema, type KeptOfSubject } from '../../shared/domain/subject-erasure.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';
import type { KeptKind } from './vault-keys.ts';

/** Ids under which each vault keeps something of one person: certifications', and requests' where callers gave it. */
export type SubjectTargets = Readonly<Record<KeptKind, readonly string[]>>;

export const KEPT_KINDS = [
  'evidence',
  'materials',
  'face-return',
  'requests',
  'results',
] as const satisfies readonly KeptKind[];

/** What this device keeps of people. A count that can't be made is a failure and never zero. */
export interface SubjectKept {
  kept(subjectKey: string): Result<KeptOfSubject, Failure>;
  targets(subjectKey: string): Result<SubjectTargets, Failure>;
  /** Questions of the person that could still be sent. */
  openChecks(subjectKey: string): Result<readonly string[], Failure>;
  /** Whether the verifier has had something of the person, records included; vendors that are asked directly are not it. */
  isWithVerifier(subjectKey: string): Result<boolean, Failure>;
  /** Null where the record identifies nobody. @returns `request.invalid` where there is no such record */
  subjectOf(certifyId: string): Result<string | null, Failure>;
}

const OF_SUBJECT = 'SELECT certify_id FROM records WHERE subject_key = @subjectKey';
const ITS_REQUESTS = `SELECT request_id FROM requests
  WHERE subject_key = @subjectKey OR certify_id IN (${OF_SUBJECT})
     OR request_id IN (SELECT json_extract(record, '$.order.requestId') FROM records WHERE subject_key = @subjectKey)`;

const TARGETS = {
  evidence: `SELECT certify_id FROM evidence_keys WHERE certify_id IN (${OF_SUBJECT})`,
  materials: `SELECT certify_id FROM material_keys WHERE certify_id IN (${OF_SUBJECT})`,
  'face-return': `SELECT certify_id FROM face_return_keys WHERE certify_id IN (${OF_SUBJECT})`,
  requests: `SELECT certify_id FROM request_keys WHERE certify_id IN (${ITS_REQUESTS})`,
  results: `SELECT certify_id FROM result_keys WHERE certify_id IN (${OF_SUBJECT})`,
} as const satisfies Record<KeptKind, string>;

/** A question that is past `sealed`, or was tried, may have reached somebody. */
const TRIED = `SELECT certify_id FROM checks WHERE certify_id IN (${OF_SUBJECT})
  AND (attempts > 0 OR state IN ('uploading', 'submitted', 'decided', 'acked', 'erased', 'unknown'))`;
const CONFIRMED = `SELECT seq FROM confirmations JOIN records USING (seq) WHERE subject_key = @subjectKey`;
const BY_VENDOR = `SELECT certify_id FROM vendor_attempts WHERE certify_id IN (${OF_SUBJECT})`;
const HANDED_OFF = `SELECT certify_id FROM records WHERE subject_key = @subjectKey
  AND json_extract(record, '$.handOff.page') IS NOT NULL`;

const COUNTS = `SELECT
  (SELECT count(*) FROM records WHERE subject_key = @subjectKey) AS records,
  (SELECT max(json_extract(receipt, '$.body.eraseAfterMs')) FROM receipts JOIN records USING (seq)
    WHERE subject_key = @subjectKey) AS recordsUntilMs,
  (SELECT count(*) FROM (${TARGETS.evidence} UNION ${TARGETS['face-return']})) AS pictures,
  (SELECT count(*) FROM (${TARGETS.materials})) AS waiting,
  (SELECT count(*) FROM (${TARGETS.requests} UNION
    SELECT coalesce(json_extract(record, '$.order.requestId'), certify_id) FROM records
    WHERE certify_id IN (${TARGETS.results}))) AS requests,
  (SELECT count(*) FROM face_returns WHERE state = 'sent' AND certify_id IN (${OF_SUBJECT})) AS returnedFaces,
  (EXISTS (${TRIED}) OR EXISTS (${CONFIRMED}) OR EXISTS (${BY_VENDOR}) OR EXISTS (${HANDED_OFF})) AS sent`;

/** `kept` counts everything at one moment; `targets` asks one vault after the other, each in the order of its ids. */
export function createSubjectKept(database: StoreDatabase): SubjectKept {
  const counts = database.prepare<[{ subjectKey: string }], { sent: number }>(COUNTS);
  const open = database
    .prepare<[{ subjectKey: string }], string>(
      `SELECT certify_id FROM checks WHERE closed IS NULL AND certify_id IN (${OF_SUBJECT})
       AND state IN ('sealed', 'uploading', 'submitted', 'unknown', 'stopped') ORDER BY certify_id`,
    )
    .pluck();
  const withVerifier = database
    .prepare<[{ subjectKey: string }], number>(
      `SELECT EXISTS (${TRIED} EXCEPT ${BY_VENDOR}) OR EXISTS (${CONFIRMED})
         OR EXISTS (${HANDED_OFF} AND json_extract(record, '$.handOff.page') = 'countersign')`,
    )
    .pluck();
  const subject = database.prepare<[string], { subjectKey: string | null }>(
    'SELECT subject_key AS subjectKey FROM records WHERE certify_id = ?',
  );
  const ids = KEPT_KINDS.map((kind) => ({
    kind,
    query: database.prepare<[{ subjectKey: string }], string>(`${TARGETS[kind]} ORDER BY 1`).pluck(),
  }));
  return {
    kept: (subjectKey) =>
      attemptResult(() => {
        const row = counts.get({ subjectKey });
        const parsed = keptOfSubjectSchema.safeParse(row && { ...row, sent: row.sent === 1 });
        return parsed.success ? ok(parsed.data) : err(failure('store.corrupt', 'what is kept can not be counted'));
      }),
    targets: (subjectKey) =>
      attempt(() => {
        const found = ids.map(({ kind, query }) => [kind, query.all({ subjectKey })] as const);
        return Object.fromEntries(found) as Record<KeptKind, string[]>;
      }),
    openChecks: (subjectKey) => attempt(() => open.all({ subjectKey })),
    isWithVerifier: (subjectKey) => attempt(() => withVerifier.get({ subjectKey }) === 1),
    subjectOf: (certifyId) =>
      attemptResult(() => {
        const row = subject.get(certifyId);
        return row === undefined ? err(failure('request.invalid', 'no record has this id')) : ok(row.subjectKey);
      }),
  };
}
