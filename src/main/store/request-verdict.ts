import { z } from 'zod';
import type { RequestVerdict } from '../../shared/domain/certification-request.ts';
import { reasonCodeSchema } from '../../shared/domain/certification.ts';
import { asksForClerk, DECISION_EFFECTS, isLeftToVerifier } from '../../shared/protocol/check-queue.ts';
import { failure, VERDICT_STATES, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/**
 * As `recorded`, JSON, how a request's record stands by now, for `requestVerdict`; null where it has none. The record's
 * state follows what the verifier has settled; its newest decision that decided something comes with it.
 */
export const VERDICT_COLUMNS = `CASE WHEN records.certify_id IS NULL THEN NULL ELSE json_object(
    'state', records.outcome, 'reason', records.reason,
    'staff', CASE WHEN records.settled_by = 'staff' THEN records.settled_reason END,
    'decided', json((SELECT json_object('effect', effect, 'reason', json_extract(decisions.outcome, '$.reason'))
      FROM decisions WHERE decisions.certify_id = records.certify_id AND effect <> 'undecided'
      ORDER BY revision DESC LIMIT 1))) END AS recorded`;

const recordedSchema = z.strictObject({
  state: z.enum(VERDICT_STATES),
  reason: reasonCodeSchema,
  /** By the word of the staff, which goes over the machine's and the verifier's. */
  staff: reasonCodeSchema.nullable(),
  decided: z.strictObject({ effect: z.enum(DECISION_EFFECTS), reason: reasonCodeSchema }).nullable(),
});

/** The verdict as a caller reads it in the whole result: a contradicted pass is a review. */
export function requestVerdict(recorded: unknown): Result<RequestVerdict, Failure> {
  const parsed = recordedSchema.safeParse(recorded);
  if (!parsed.success) return err(failure('store.corrupt', 'a record does not parse'));
  const { state, reason, staff, decided } = parsed.data;
  if (staff !== null) return ok({ state, reason: staff, underReview: false });
  if (isLeftToVerifier(reason)) {
    return ok({ state, reason: decided?.reason ?? reason, underReview: state === 'review' });
  }
  const contradicted = state === 'passed' && decided !== null && asksForClerk(decided.effect);
  if (contradicted) return ok({ state: 'review', reason: 'authority.contradicts', underReview: true });
  return ok({ state, reason, underReview: state === 'review' });
}
