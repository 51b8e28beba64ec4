import { z } from 'zod';
import type { FailureCode } from '../reasons.ts';

/** The four kinds of Chinese ID card that a SAM_V reader can read, by the type flag in their text block. */
export const CARD_KINDS = ['resident', 'hmt', 'foreigner-2017', 'foreigner-2023'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** Every kind of document that a person can be identified by. */
export const DOCUMENT_KINDS = [...CARD_KINDS, 'travel-document'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A calendar date as `YYYY-MM-DD`. */
const calendarDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const sexSchema = z.enum(['male', 'female', 'unknown', 'unstated']);

/** What the text block of a card says, parsed; text is trimmed of padding only and otherwise kept whole. */
export const documentFieldsSchema = z.object({
  name: z.string().min(1),
  englishName: z.string().optional(),
  sex: sexSchema,
  /** GB/T 3304 nation name, or `代码NN` for a code that the standard doesn't list. */
  nation: z.string().optional(),
  /** ISO 3166-1 alpha-3. */
  nationality: z.string().optional(),
  birthDate: calendarDate,
  address: z.string().optional(),
  /** The address that was written to the chip after the card was issued. */
  appendedAddress: z.string().optional(),
  number: z.string().min(1),
  formerNumber: z.string().optional(),
  passNumber: z.string().optional(),
  issueCount: z.int().nonnegative().optional(),
  issuer: z.string().optional(),
  validFrom: calendarDate,
  validTo: z.union([calendarDate, z.literal('long-term')]),
});
export type DocumentFields = z.infer<typeof documentFieldsSchema>;

/**
 * The card's portrait. Real cards carry WLT, which only vendor libraries decode, so "not decoded" is a state of
 * its own: it never means that the card has no portrait.
 */
export type Portrait =
  | {
      readonly state: 'decoded';
      readonly image: Uint8Array;
      readonly mediaType: 'image/webp' | 'image/bmp' | 'image/png' | 'image/jpeg';
    }
  | {
      readonly state: 'not-decoded';
      readonly bytes: number;
      /** Why: one of the `decoder.` codes, or of the reader's service. */
      readonly reason: FailureCode;
      readonly detail: string;
    }
  | { readonly state: 'absent' };

/** A person's name and number as they were typed in, where no chip was read. Nothing vouches for them. */
export interface TypedIdentity {
  readonly name: string;
  readonly number: string;
  readonly kind: CardKind;
}

/** One card as the reader gave it. */
export interface IdentityDocument {
  readonly kind: CardKind;
  readonly fields: DocumentFields;
  readonly portrait: Portrait;
  /** Present when the card carries fingerprints; the templates themselves are never kept. */
  readonly fingerprintBytes?: number;
  /** Set when the card came from a simulated reader. */
  readonly simulated: boolean;
}
