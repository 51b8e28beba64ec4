import { z } from 'zod';
import { certifyIdSchema, reasonCodeSchema } from '../../shared/domain/certification.ts';
import { REVIEW_DECISIONS } from '../../shared/domain/review.ts';
import { staffIdSchema } from '../../shared/domain/staff.ts';
import { VERDICT_STATES } from '../../shared/reasons.ts';
import { sha256Hex } from './hashing.ts';

/** Kind of the audit entry that is written with every decision of the staff. */
export const REVIEW_ENTRY = 'review.decided';

/** What that entry vouches for. */
export const reviewDetailSchema = z.strictObject({
  certifyId: certifyIdSchema,
  revision: z.int().positive(),
  decision: z.enum(REVIEW_DECISIONS),
  reason: z.string(),
  /** What the record was listed with before and is from now on. */
  from: z.enum(VERDICT_STATES),
  to: z.enum(VERDICT_STATES),
  outcomeReason: reasonCodeSchema,
  override: z.boolean(),
  staffId: staffIdSchema,
  secondStaffId: staffIdSchema.nullable(),
  receiptHash: z.string(),
  decidedAtMs: z.int(),
  /** SHA-256 over salt and note, hex. */
  noteHash: z.string(),
  /** Who of the staff was served while it was written. */
  by: staffIdSchema.optional(),
});
export type ReviewDetail = z.infer<typeof reviewDetailSchema>;

/**
 * SHA-256 of `salt|note`, hex. With 128 random bits as its salt the audit log gives nothing of a note away once both
 * are erased.
 */
export function noteHash(salt: string, note: string): string {
  return sha256Hex(`${salt}|${note}`);
}
