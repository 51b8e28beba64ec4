import { randomBytes } from 'node:crypto';
import {
  OUTCOME_OF_REVIEW,
  reviewRefusal,
  type AskedReview,
  type DecisionDelivery,
  type ReviewStanding,
  type StaffReview,
} from '../../shared/domain/review.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StaffRole } from '../../shared/domain/staff.ts';
import type { Clock } from '../../shared/clock.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { inOneTransaction } from './one-transaction.ts';
import { prepareSettlement } from './record-settlement.ts';
import { deliveriesOf, prepareDelivery } from './review-deliveries.ts';
import { noteHash, REVIEW_ENTRY, type ReviewDetail } from './review-entry.ts';
import { prepareStanding, readReviews } from './review-rows.ts';
import { signedStatement, type SigningDevice } from './review-statement.ts';
import { attemptResult } from './sqlite-failure.ts';

/** A decision with who made it. */
export interface NewReview {
  readonly asked: AskedReview;
  readonly action: 'decide' | 'override';
  readonly staffId: string;
  readonly secondStaffId: string | null;
  /** What they are; absent where nobody knows. */
  readonly staffRole?: StaffRole;
  readonly secondRole?: StaffRole;
}

export type StandingInScene = ReviewStanding & { readonly sceneId: string };

export interface ReviewStore {
  /** @returns `request.invalid` where no record has this id */
  standing(certifyId: string): Result<StandingInScene, Failure>;
  /** In order; the last one counts. */
  of(certifyId: string): Result<readonly StaffReview[], Failure>;
  /** What became of each on its way to the verifier, by revision; none of what stays on this device. */
  deliveries(certifyId: string): Result<ReadonlyMap<number, DecisionDelivery>, Failure>;
  /**
   * Keeps a decision, the state that it gives the record, the audit entry and, where the record leaves this device, what
   * the verifier is told of it, signed, in one transaction that is on the disk when this returns. Whether it may be made is looked at in that transaction: of two at once the second one is refused.
   * Fails with `record.erased` and the codes of `review.*`; nothing of a refused one is kept.
   */
  decide(review: NewReview): Result<StaffReview, Failure>;
}

export interface ReviewStoreParts {
  readonly database: StoreDatabase;
  readonly audit: Pick<AuditLog, 'appendWithin'>;
  readonly clock: Clock;
  readonly identity: SigningDevice;
}

/** `identity` signs what the verifier is told. Rows that do not parse are `store.corrupt`. */
export function createReviewStore({ database, audit, clock, identity }: ReviewStoreParts): ReviewStore {
  const find = prepareStanding(database);
  const send = prepareDelivery(database);
  const settle = prepareSettlement(database, audit);
  const insert = database.prepare(
    `INSERT INTO reviews (certify_id, revision, decision, state, outcome_reason, reason, note, note_salt, override,
                          staff_id, second_staff_id, receipt_hash, decided_at_ms)
     VALUES (@certifyId, @revision, @decision, @state, @outcomeReason, @reason, @note, @salt, @override,
             @staffId, @secondStaffId, @receiptHash, @decidedAtMs)`,
  );

  function standing(certifyId: string): Result<StandingInScene, Failure> {
    const found = find(certifyId);
    if (!found.ok) return found;
    return found.value === null ? err(failure('request.invalid', 'no record has this id')) : ok(found.value);
  }

  function decideWithin(made: NewReview): Result<StaffReview, Failure> {
    const { asked, action, staffId, secondStaffId } = made;
    const now = standing(asked.certifyId);
    if (!now.ok) return now;
    const refusal = reviewRefusal(now.value, asked, action);
    if (refusal !== null) return err(refusal);
    const outcome = OUTCOME_OF_REVIEW[asked.decision];
    const review: StaffReview = {
      revision: now.value.revision + 1,
      decision: asked.decision,
      state: outcome.state,
      outcomeReason: outcome.reason,
      reason: asked.reason,
      note: asked.note,
      override: action === 'override',
      staffId,
      secondStaffId,
      receiptHash: now.value.receiptHash,
      decidedAtMs: clock.wallMs(),
    };
    keep(asked.certifyId, review, now.value.state);
    settle(asked.certifyId, outcome, 'staff');
    const roles = { staff: made.staffRole ?? null, second: made.secondRole ?? null };
    send(signedStatement(asked.certifyId, review, roles, identity));
    return ok(review);
  }

  function keep(certifyId: string, review: StaffReview, from: ReviewStanding['state']): void {
    const salt = randomBytes(16).toString('hex');
    const { note, state, ...kept } = review;
    insert.run({ certifyId, ...kept, note, state, salt, override: review.override ? 1 : 0 });
    const detail: Omit<ReviewDetail, 'by'> = {
      certifyId,
      ...kept,
      from,
      to: state,
      noteHash: noteHash(salt, note ?? ''),
    };
    audit.appendWithin(REVIEW_ENTRY, detail);
  }

  return {
    standing: (certifyId) => attemptResult(() => standing(certifyId)),
    of: (certifyId) => attemptResult(() => readReviews(database, certifyId)),
    deliveries: (certifyId) => deliveriesOf(database, certifyId),
    decide: (review) => inOneTransaction(database, () => decideWithin(review)),
  };
}
