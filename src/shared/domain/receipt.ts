import { z } from 'zod';
import { VERDICT_STATES } from '../reasons.ts';
import { certifyIdSchema, reasonCodeSchema, VERDICT_BASES } from './certification.ts';
import { schemeIdSchema } from './scheme-id.ts';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What the device signs about a verdict. It holds no face, name or number; `recordHash` is SHA-256 over the
 * canonical JSON (RFC 8785) of the record.
 */
export const receiptBodySchema = z.strictObject({
  v: z.literal(1),
  certifyId: certifyIdSchema,
  deviceId: z.string(),
  /** Strictly increasing per device. */
  seq: z.int().positive(),
  prevReceiptHash: hex64,
  sceneId: z.string(),
  scheme: schemeIdSchema,
  challenge: z.strictObject({ kind: z.string(), nonce: z.string(), issuer: z.string() }).nullable(),
  recordHash: hex64,
  state: z.enum(VERDICT_STATES),
  basis: z.enum(VERDICT_BASES),
  reason: reasonCodeSchema,
  simulated: z.boolean(),
  decidedAtMs: z.int().nonnegative(),
  eraseAfterMs: z.int().nonnegative(),
});
export type ReceiptBody = z.infer<typeof receiptBodySchema>;

/** An Ed25519 signature (RFC 8032) over the canonical JSON of the body, base64url. */
export const signatureSchema = z.strictObject({ keyId: z.string().min(1), signature: z.string().regex(/^[\w-]{86}$/) });
export type Signature = z.infer<typeof signatureSchema>;

export const signedReceiptSchema = z.strictObject({ body: receiptBodySchema, device: signatureSchema });
export type SignedReceipt = z.infer<typeof signedReceiptSchema>;

/** The verifier's signature over the same body: with it the receipt is complete. */
export const countersignatureSchema = z.strictObject({
  certifyId: certifyIdSchema,
  acceptedAtMs: z.int().nonnegative(),
  server: signatureSchema,
});
export type Countersignature = z.infer<typeof countersignatureSchema>;
