import { z } from 'zod';
import { HAND_OFF_PAGES } from './certification.ts';
import { checkOutcomeSchema } from './verification.ts';

/** A person has this long from the code on the kiosk to the end of the check on their phone. */
export const HAND_OFF_LIFETIME_MS = 10 * 60_000;

/** A page that waits for the person's phone. The address names nobody and opens once. */
export const openHandOffSchema = z.strictObject({
  handOffId: z.string().min(1).max(120),
  page: z.enum(HAND_OFF_PAGES),
  url: z.url().max(2_000),
  expiresAtMs: z.int().nonnegative(),
});
export type OpenHandOff = z.infer<typeof openHandOffSchema>;

/** What became of it. `waiting`: nobody has opened it. `opened`: somebody is at it. `ended`: with what came of it. */
export const handOffStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('waiting') }),
  z.strictObject({ state: z.literal('opened') }),
  z.strictObject({ state: z.literal('ended'), outcome: checkOutcomeSchema }),
]);
export type HandOffState = z.infer<typeof handOffStateSchema>;
