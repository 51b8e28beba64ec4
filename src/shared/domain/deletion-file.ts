import { z } from 'zod';
import { deletionReceiptSchema } from '../protocol/kv1-sessions.ts';
import { keyIdSchema, publicKeyJwkSchema } from '../protocol/kv1.ts';
import { deviceDeletionReceiptSchema, VERIFIER_ERASURES } from './subject-erasure.ts';

const namedKeySchema = z.strictObject({ keyId: keyIdSchema, key: publicKeyJwkSchema });

/** One erasure with its proofs, as it is given away: no face, no name, no number. */
export const deletionFileSchema = z.strictObject({
  kind: z.literal('countersign-deletion'),
  version: z.literal(1),
  receipt: deviceDeletionReceiptSchema,
  verifier: z.enum(VERIFIER_ERASURES),
  /** Null while the verifier has not confirmed it, or has had nothing of the person. */
  verifierReceipt: deletionReceiptSchema.nullable(),
  /** As the device knows them. Whoever doubts the file gives keys of his own. */
  keys: z.strictObject({ device: namedKeySchema, server: namedKeySchema.nullable() }),
});
export type DeletionFile = z.infer<typeof deletionFileSchema>;
