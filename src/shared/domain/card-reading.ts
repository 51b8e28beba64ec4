import { z } from 'zod';

/** What of a card is read beside its text and its photo. */
export const cardReadingSchema = z.strictObject({
  /** The appended address, where a card has one: one more command of 15 ms. */
  appendedAddress: z.boolean(),
  /** `recognise` says whether a card carries fingerprints, and how many bytes; the templates are never kept. */
  fingerprint: z.enum(['skip', 'recognise']),
});
export type CardReading = z.infer<typeof cardReadingSchema>;

export const DEFAULT_CARD_READING: CardReading = { appendedAddress: false, fingerprint: 'skip' };
