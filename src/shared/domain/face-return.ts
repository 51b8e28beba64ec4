import { z } from 'zod';

const prefix = z
  .string()
  .regex(/^([A-Za-z0-9._-]+\/)*$/, 'folders that end with a slash')
  .max(200);
const bucket = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
const address = z.url().max(300);

/** Where face pictures go that a scene returns to the customer. Keys are secrets and kept apart. */
export const faceReturnSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), folder: z.string().min(1).max(400) }),
  z.strictObject({ kind: z.literal('s3'), endpoint: address, region: z.string().min(1).max(60), bucket, prefix }),
  z.strictObject({ kind: z.literal('oss'), endpoint: address, region: z.string().min(1).max(60), bucket, prefix }),
]);
export type FaceReturn = z.infer<typeof faceReturnSchema>;

/** What is committed together with a record whose face picture goes to the customer. */
export interface NewFaceReturn {
  /** SHA-256 of the JPEG, hex. */
  readonly sha256: string;
  readonly bytes: number;
}
