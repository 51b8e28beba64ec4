import { z } from 'zod';
import { reasonCodeSchema } from '../../shared/domain/certification.ts';
import { SETTLED_BY, staffReviewSchema, type ReviewStanding, type StaffReview } from '../../shared/domain/review.ts';
import { SENDING_STATES } from '../../shared/protocol/check-machine.ts';
import { failure, VERDICT_STATES, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';

/** The newest answer of a verifier speaks against what this device had decided, or leaves it to a person. */
export const CONTRADICTED = `EXISTS (SELECT 1 FROM decisions AS answered
    WHERE answered.certify_id = records.certify_id AND answered.effect IN ('contradicts', 'review')
      AND answered.revision = (SELECT max(revision) FROM decisions WHERE certify_id = records.certify_id))`;

const SENDING = SENDING_STATES.map((state) => `'${state}'`).join(', ');

/** The verifier is still being asked, by itself: nobody has to do anything for an answer. */
export const AWAITS_VERIFIER = `EXISTS (SELECT 1 FROM checks WHERE checks.certify_id = records.certify_id
    AND checks.state IN (${SENDING}) AND checks.closed IS NULL
    AND NOT EXISTS (SELECT 1 FROM decisions WHERE decisions.certify_id = records.certify_id
                    AND decisions.effect <> 'undecided'))`;

/** The staff tried the terminal out: nothing about anybody. */
export const IS_TEST = `coalesce(json_extract(records.record, '$.test'), 0)`;
export const NOT_ERASED = `json_extract(records.record, '$.erased') IS NULL`;

const standingRowSchema = z
  .object({
    state: z.enum(VERDICT_STATES),
    settledBy: z.enum(SETTLED_BY).nullable(),
    machineState: z.enum(VERDICT_STATES),
    machineReason: reasonCodeSchema,
    revision: z.int().nonnegative(),
    receiptHash: z.string(),
    contradicted: z.number(),
    awaitsVerifier: z.number(),
    identified: z.number(),
    erased: z.number(),
    sceneId: z.string(),
  })
  .strict();

/** Where a record stands for a decision, read in one statement; null where there is none of this id, or a test's. */
export function prepareStanding(
  database: StoreDatabase,
): (certifyId: string) => Result<(ReviewStanding & { readonly sceneId: string }) | null, Failure> {
  const find = database.prepare<[string]>(
    `SELECT records.outcome AS state, records.settled_by AS settledBy, records.state AS machineState,
            records.reason AS machineReason, receipts.hash AS receiptHash, records.scene_id AS sceneId,
            (SELECT count(*) FROM reviews WHERE reviews.certify_id = records.certify_id) AS revision,
            ${CONTRADICTED} AS contradicted, ${AWAITS_VERIFIER} AS awaitsVerifier,
            records.subject_key IS NOT NULL OR (records.state = 'review'
              AND json_extract(records.record, '$.liveness.verdict') IS 'live') AS identified, NOT (${NOT_ERASED}) AS erased
     FROM records JOIN receipts USING (seq) WHERE records.certify_id = ? AND NOT ${IS_TEST}`,
  );
  return (certifyId) => {
    const row = find.get(certifyId);
    if (row === undefined) return ok(null);
    const parsed = standingRowSchema.safeParse(row);
    if (!parsed.success) return err(failure('store.corrupt', 'a record does not parse'));
    const { machineState, machineReason, contradicted, awaitsVerifier, identified, erased, ...rest } = parsed.data;
    return ok({
      ...rest,
      machine: { state: machineState, reason: machineReason },
      contradicted: contradicted === 1,
      awaitsVerifier: awaitsVerifier === 1,
      identified: identified === 1,
      erased: erased === 1,
    });
  };
}

/** What the staff decided about a record, in order. @returns `store.corrupt` for a row that does not parse */
export function readReviews(database: StoreDatabase, certifyId: string): Result<readonly StaffReview[], Failure> {
  // Opened for reading only, a database of an older version has no reviews.
  const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'reviews'`);
  if (table.get() === undefined) return ok([]);
  const rows = database
    .prepare<[string], { override: number }>(
      `SELECT revision, decision, state, outcome_reason AS outcomeReason, reason, note, override,
              staff_id AS staffId, second_staff_id AS secondStaffId, receipt_hash AS receiptHash,
              decided_at_ms AS decidedAtMs
       FROM reviews WHERE certify_id = ? ORDER BY revision`,
    )
    .all(certifyId);
  const parsed = z.array(staffReviewSchema).safeParse(rows.map((row) => ({ ...row, override: row.override === 1 })));
  return parsed.success ? ok(parsed.data) : err(failure('store.corrupt', 'a review does not parse'));
}
