import { z } from 'zod';
import { documentConfirmedSchema } from './document-capture.ts';
import { FALLBACK_METHODS } from '../domain/scene.ts';
import { PRESENTATIONS } from './camera-source.ts';

/** What the person or the renderer may ask for. Nothing here can carry a verdict. */
export const kioskActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('continue') }),
  z.strictObject({
    type: z.literal('consent'),
    capture: z.boolean(),
    transmit: z.boolean(),
    /** Whether the face picture may go to the customer's own store; absent where that is not asked. */
    returnFace: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('guardian-agrees'),
    capture: z.boolean(),
    transmit: z.boolean(),
    returnFace: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('choose-method'), method: z.enum(FALLBACK_METHODS) }),
  z.strictObject({ type: z.literal('choose-clerk') }),
  z.strictObject({ type: z.literal('keep-going') }),
  /** The phone number or the number of the bank card, as typed. */
  z.strictObject({ type: z.literal('submit-element'), value: z.string().max(40) }),
  /** After a result: photograph the card, because the authority's photo could not be used. */
  z.strictObject({ type: z.literal('continue-with-card') }),
  z.strictObject({ type: z.literal('withdraw') }),
  z.strictObject({ type: z.literal('confirm-withdrawal') }),
  z.strictObject({ type: z.literal('refuse-consent') }),
  z.strictObject({ type: z.literal('other-method') }),
  z.strictObject({ type: z.literal('avoid-flashing') }),
  z.strictObject({ type: z.literal('cancel') }),
  /** `typing`: name and number will be typed in, where the scene allows it. */
  z.strictObject({ type: z.literal('retry'), typing: z.boolean().optional() }),
  z.strictObject({ type: z.literal('type-identity') }),
  z.strictObject({ type: z.literal('use-card') }),
  z.strictObject({ type: z.literal('submit-identity'), name: z.string().max(200), number: z.string().max(40) }),
  z.strictObject({ type: z.literal('skip-card-photo') }),
  /** The card's two sides are photographed instead of reading its chip, where the scene allows it. */
  z.strictObject({ type: z.literal('photograph-card') }),
  z.strictObject({ type: z.literal('use-travel-document') }),
  /** Take all pictures of the document again. */
  z.strictObject({ type: z.literal('retake-document') }),
  documentConfirmedSchema,
  /** Go on without the chip of a travel document; a clerk decides then. */
  z.strictObject({ type: z.literal('skip-chip') }),
  z.strictObject({ type: z.literal('done') }),
  z.strictObject({ type: z.literal('still-here') }),
  z.strictObject({ type: z.literal('set-language'), language: z.enum(['zh-CN', 'en']) }),
  z.strictObject({ type: z.literal('set-elder'), elder: z.boolean() }),
  z.strictObject({ type: z.literal('set-low'), low: z.boolean() }),
  z.strictObject({ type: z.literal('open-admin') }),
  /** The staff's own window; like the admin window it asks who is there. */
  z.strictObject({ type: z.literal('open-clerk') }),
  /** The person wants somebody of the staff. */
  z.strictObject({ type: z.literal('call-staff') }),
  z.strictObject({
    type: z.literal('demo-choose'),
    person: z.enum(['a', 'b']),
    presentation: z.enum(PRESENTATIONS),
    card: z.enum(['a', 'b']).nullable(),
  }),
]);

export type KioskAction = z.infer<typeof kioskActionSchema>;
