import { z } from 'zod';

/** SHA-256 of a device's public key, hex. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits');

/** Devices whose settings files are taken over: somebody has compared each fingerprint and said so. */
export const signersSchema = z
  .array(
    z.strictObject({
      fingerprint: fingerprintSchema,
      /** As the device called itself in its file. */
      deviceId: z.string().min(1).max(100),
      pinnedAtMs: z.int().nonnegative(),
    }),
  )
  .max(200)
  .refine((all) => new Set(all.map(({ fingerprint }) => fingerprint)).size === all.length, 'each fingerprint once');
export type SettingsSigners = z.infer<typeof signersSchema>;
