import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { signatureSchema } from '../domain/receipt.ts';

/** The first line of an exported audit log. */
export const auditExportHeadSchema = z.strictObject({
  countersign: z.literal('audit'),
  v: z.literal(1),
  deviceId: z.string().max(100),
  /** Ed25519, as a JSON Web Key. */
  publicKey: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().max(60) }),
  exportedAtMs: z.int(),
});
export type AuditExportHead = z.infer<typeof auditExportHeadSchema>;

/** One line for each entry: the entry as it was authenticated, and its link to the one before. */
export const auditExportLineSchema = z.strictObject({
  seq: z.int().positive(),
  prev: z.string(),
  entry: z.string(),
  mac: z.string(),
});

/** The last line: how far the chain goes, and what the device has signed. */
export const auditExportEndSchema = z.strictObject({
  entries: z.int().nonnegative(),
  /** The last entry's MAC: nobody without the device's key can make another chain that ends with it. */
  head: z.string(),
  /** SHA-256 of everything before this line, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  device: signatureSchema,
});
export type AuditExportEnd = z.infer<typeof auditExportEndSchema>;

/** What the device signs. */
export function auditExportText({ entries, head, sha256 }: Omit<AuditExportEnd, 'device'>): string {
  return canonicalJson({ auditExport: 1, entries, head, sha256 });
}
