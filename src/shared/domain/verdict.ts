import { z } from 'zod';
import { isReasonCode, REASONS, VERDICT_STATES, type ReasonCode } from '../reasons.ts';

export const reasonCodeSchema = z.custom<ReasonCode>(
  (value) => typeof value === 'string' && isReasonCode(value),
  'not a reason code',
);

/** What a verdict rests on. `local` when nothing outside of the device and no document took part. */
export const VERDICT_BASES = ['authority', 'chip', 'card-photo', 'reference', 'local'] as const;

export const verdictSchema = z
  .strictObject({
    state: z.enum(VERDICT_STATES),
    reason: reasonCodeSchema,
    basis: z.enum(VERDICT_BASES),
    /** True while only this device has decided and the verifier is still to confirm it. */
    provisional: z.boolean(),
  })
  .refine((verdict) => REASONS[verdict.reason].state === verdict.state, 'the reason belongs to another state');
export type Verdict = z.infer<typeof verdictSchema>;
