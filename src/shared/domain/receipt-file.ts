import { z } from 'zod';
import { deletionReceiptSchema, signedDecisionSchema } from '../protocol/kv1-sessions.ts';
import { keyIdSchema, publicKeyJwkSchema } from '../protocol/kv1.ts';
import { countersignatureSchema, signedReceiptSchema } from './receipt.ts';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const namedKeySchema = z.strictObject({ keyId: keyIdSchema, key: publicKeyJwkSchema });

/** One receipt with all that was signed about it, as it is given away: no face, no name, no number. */
export const receiptFileSchema = z.strictObject({
  kind: z.literal('countersign-receipt'),
  version: z.literal(1),
  receipt: signedReceiptSchema,
  /** Null while the verifier has not confirmed it. */
  countersignature: countersignatureSchema.nullable(),
  /** In the order of their revisions. */
  decisions: z.array(signedDecisionSchema).max(100),
  deletions: z.array(deletionReceiptSchema).max(100),
  /** As the device knows them. Whoever doubts the file gives keys of his own. */
  keys: z.strictObject({ device: namedKeySchema, server: namedKeySchema.nullable() }),
  /** Hashes of the receipts before and after it on its device. */
  neighbours: z.strictObject({ previous: hex64, next: hex64.nullable() }),
});
export type ReceiptFile = z.infer<typeof receiptFileSchema>;
