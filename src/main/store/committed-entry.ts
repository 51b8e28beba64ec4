import { z } from 'zod';

/** Kind of the audit entry that is written with every record. */
export const COMMITTED_ENTRY = 'certification.committed';

/** What that entry vouches for. */
export const committedDetailSchema = z.strictObject({
  certifyId: z.string(),
  recordHash: z.string(),
  receiptSeq: z.int().positive(),
  /** SHA-256 of the canonical receipt body. */
  receiptHash: z.string(),
  /** SHA-256 of the receipt as stored, signature included. */
  signedReceiptHash: z.string(),
  state: z.string(),
  /** Of the staff, who was served meanwhile. */
  by: z.string().optional(),
});
export type CommittedDetail = z.infer<typeof committedDetailSchema>;
