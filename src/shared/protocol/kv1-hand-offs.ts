import { z } from 'zod';
import { HAND_OFF_PAGES } from '../domain/certification.ts';
import { handOffStateSchema, openHandOffSchema } from '../domain/hand-off.ts';
import { CHECKS } from '../domain/verification.ts';
import { sessionRequestSchema } from './kv1-sessions.ts';

/** The part of kv1 by which a kiosk lets a person finish on their own phone. */
export const HAND_OFF_PATHS = {
  handOffs: '/v1/hand-offs',
  handOff: (handOffId: string): string => `/v1/hand-offs/${handOffId}`,
} as const;

export const handOffRequestSchema = z.strictObject({
  /** A UUID version 7 that the device makes; the same for every try. */
  handOffId: z.uuidv7(),
  certifyId: sessionRequestSchema.shape.certifyId,
  sceneId: sessionRequestSchema.shape.sceneId,
  orderId: sessionRequestSchema.shape.orderId,
  check: z.enum(CHECKS),
  page: z.enum(HAND_OFF_PAGES),
  consent: sessionRequestSchema.shape.consent,
  subjectKey: sessionRequestSchema.shape.subjectKey,
  language: z.enum(['zh-CN', 'en']),
  simulated: z.boolean(),
  /** Compact JWE of `sealedIdentitySchema` with the hand-off's id as its session's; null where nobody is identified. */
  identity: z.string().max(4_096).nullable(),
});
export type HandOffRequest = z.infer<typeof handOffRequestSchema>;

export const handOffAnswerSchema = z.strictObject({ opened: openHandOffSchema, now: handOffStateSchema });
export type HandOffAnswer = z.infer<typeof handOffAnswerSchema>;

/** What is known of a hand-off by now; `Prefer: wait=N` holds the answer back until that changes. */
export const handOffLookSchema = z.strictObject({ handOffId: z.uuidv7(), now: handOffStateSchema });
export type HandOffLook = z.infer<typeof handOffLookSchema>;
