import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { certifyIdSchema } from '../domain/certification.ts';
import { signatureSchema } from '../domain/receipt.ts';
import { REVIEW_DECISIONS, REVIEW_REASONS } from '../domain/review.ts';
import { staffIdSchema, staffRoleSchema } from '../domain/staff.ts';
import { submissionAnswerSchema } from './kv1.ts';

const timeMs = z.int().nonnegative();
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** Decisions about one record, at most. */
export const STAFF_DECISIONS_PER_RECORD = 100;

export const STAFF_DECISION_PATHS = {
  decisions: (certifyId: string): string => `/v1/submissions/${certifyId}/decisions`,
} as const;

/** A person of the staff as a verifier may know them: a random id of this device, and what they were. */
export const decidingStaffSchema = z.strictObject({
  staffId: staffIdSchema,
  /** Null for decisions from before roles were kept with them. */
  role: staffRoleSchema.nullable(),
});
export type DecidingStaff = z.infer<typeof decidingStaffSchema>;

/**
 * What the staff of a device decided about a record that the verifier has: nothing about the person, and no note,
 * because what people write freely stays on the device.
 */
export const staffDecisionBodySchema = z
  .strictObject({
    v: z.literal(1),
    certifyId: certifyIdSchema,
    /** 1 for the first; what follows are corrections, and the last one counts. */
    revision: z.int().positive().max(STAFF_DECISIONS_PER_RECORD),
    /** SHA-256 over the canonical JSON of the receipt's body: the very record that was decided about. */
    receiptHash: hex64,
    decision: z.enum(REVIEW_DECISIONS),
    reason: z.enum(Object.values(REVIEW_REASONS).flat()),
    /** It went over a result, of the machine or of the staff. */
    override: z.boolean(),
    staff: decidingStaffSchema,
    /** The second person; null where none was needed. */
    second: decidingStaffSchema.nullable(),
    decidedAtMs: timeMs,
  })
  .refine(
    ({ decision, reason }) => (REVIEW_REASONS[decision] as readonly string[]).includes(reason),
    'the reason belongs to another decision',
  )
  .refine(({ staff, second }) => second?.staffId !== staff.staffId, 'both people are one')
  .refine(({ override, second }) => !override || second !== null, 'going over a result takes two');
export type StaffDecisionBody = z.infer<typeof staffDecisionBodySchema>;

export const signedStaffDecisionSchema = z.strictObject({ body: staffDecisionBodySchema, device: signatureSchema });
export type SignedStaffDecision = z.infer<typeof signedStaffDecisionSchema>;

/** What both signatures cover: named, so that it never passes for something else that either side signs. */
export function staffDecisionText(body: StaffDecisionBody): string {
  return `kv1-staff-decision|${canonicalJson(body)}`;
}

/** That the verifier keeps it, signed over the same text. */
export const staffDecisionReceiptSchema = z.object({
  certifyId: certifyIdSchema,
  revision: z.int().positive(),
  acceptedAtMs: timeMs,
  server: signatureSchema,
});
export type StaffDecisionReceipt = z.infer<typeof staffDecisionReceiptSchema>;

/** What the verifier has about a record, with what the staff decided about it; absent: it knows no such decisions. */
export const recordAnswerSchema = submissionAnswerSchema.extend({
  decisions: z
    .array(z.object({ decision: signedStaffDecisionSchema, receipt: staffDecisionReceiptSchema }))
    .max(STAFF_DECISIONS_PER_RECORD)
    .optional(),
});
export type RecordAnswer = z.infer<typeof recordAnswerSchema>;
