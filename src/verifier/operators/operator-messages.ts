import { z } from 'zod';
import { reviewRequestSchema } from '../../shared/protocol/kv1-sessions.ts';

const timeMs = z.int().nonnegative();

export const codeRequestSchema = z.strictObject({
  /** What operators call the device that will use the code. */
  label: z
    .string()
    .regex(/^[\p{L}\p{N} ._-]{1,60}$/u)
    .default('device'),
});
export const codeAnswerSchema = z.object({ code: z.string(), expiresAtMs: timeMs });

export const deviceListSchema = z.object({
  devices: z.array(
    z.object({
      deviceId: z.string(),
      label: z.string(),
      model: z.string(),
      appVersion: z.string(),
      enrolledAtMs: timeMs,
      revokedAtMs: timeMs.nullable(),
      keyIds: z.array(z.string()),
    }),
  ),
});

/** A clerk's word without the clerk: an operator is known by the token. */
export const operatorReviewSchema = reviewRequestSchema.omit({ clerk: true });

export const openReviewsSchema = z.object({
  /** A case should be decided within this time. */
  dueMs: z.int().positive(),
  reviews: z.array(
    z.object({
      sessionId: z.string(),
      certifyId: z.string(),
      deviceId: z.string(),
      sceneId: z.string(),
      check: z.string(),
      revision: z.int().positive(),
      state: z.string(),
      reason: z.string(),
      /** Clerks who have said something about this revision. */
      clerks: z.int().nonnegative(),
      waitingSinceMs: timeMs,
      ageMs: timeMs,
      overdue: z.boolean(),
    }),
  ),
});

export const auditQuerySchema = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .default(Number.MAX_SAFE_INTEGER),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .pipe(z.int().max(500))
    .default(100),
});
export const auditListSchema = z.object({
  actions: z.array(
    z.object({
      actionId: z.string(),
      operator: z.string(),
      action: z.string(),
      target: z.string().nullable(),
      detail: z.unknown(),
      atMs: timeMs,
    }),
  ),
});
export type AuditList = z.infer<typeof auditListSchema>;
