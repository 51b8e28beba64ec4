import { z } from 'zod';
import { signatureSchema } from './receipt.ts';

/** What this device keeps of one person, in numbers. */
export const keptOfSubjectSchema = z.strictObject({
  /** Records of certifications: masked, without pictures; they stay until `recordsUntilMs` as the law asks. */
  records: z.int().nonnegative(),
  recordsUntilMs: z.int().nonnegative().nullable(),
  /** Certifications whose pictures or clips are kept. */
  pictures: z.int().nonnegative(),
  /** Questions that wait for the verifier with what they carry. */
  waiting: z.int().nonnegative(),
  /** Requests of a caller whose inputs or results are kept. */
  requests: z.int().nonnegative(),
  /** Face pictures that went to the customer's own store, which this device can't take back. */
  returnedFaces: z.int().nonnegative(),
  /** Whether a verifier was sent anything: it is told to erase as well. */
  sent: z.boolean(),
});
export type KeptOfSubject = z.infer<typeof keptOfSubjectSchema>;

/** Proof of an erasure that this device signs; it outlives what it speaks of and names nobody. */
export const deviceDeletionBodySchema = z.strictObject({
  v: z.literal(1),
  deletionId: z.uuidv7(),
  deviceId: z.string(),
  subjectKey: z.string().regex(/^[0-9a-f]{64}$/),
  erased: z.strictObject({
    pictures: z.int().nonnegative(),
    waiting: z.int().nonnegative(),
    requests: z.int().nonnegative(),
  }),
  /** Masked records that stay. */
  remaining: z.strictObject({ records: z.int().nonnegative(), untilMs: z.int().nonnegative().nullable() }),
  why: z.enum(['withdrawn', 'operator']),
  erasedAtMs: z.int().nonnegative(),
});
export type DeviceDeletionBody = z.infer<typeof deviceDeletionBodySchema>;
export const deviceDeletionReceiptSchema = z.strictObject({ body: deviceDeletionBodySchema, device: signatureSchema });
export type DeviceDeletionReceipt = z.infer<typeof deviceDeletionReceiptSchema>;

/** How far the verifier is with the same erasure. `queued`: it is told as soon as it can be reached. */
export const VERIFIER_ERASURES = ['none', 'queued', 'erased'] as const;
export type VerifierErasure = (typeof VERIFIER_ERASURES)[number];
