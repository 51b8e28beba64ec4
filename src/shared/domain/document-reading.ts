import { z } from 'zod';
import type { MachineReadableZone } from './machine-readable-zone.ts';
import type { DocumentWarning } from './document-warning.ts';

/** What a picture can be asked to show. */
export const DOCUMENT_PAGES = ['id-card-front', 'id-card-back', 'bank-card', 'travel-document'] as const;
export type DocumentPage = (typeof DOCUMENT_PAGES)[number];

/**
 * Why a field is unsure: nothing was found where it stands; the characters are not clear; its check digit is wrong
 * (the characters are given as they were read, never repaired); it has not the form of such a field; it isn't in the
 * list of what can stand there; it disagrees with another field.
 */
export const FIELD_DOUBTS = ['not-found', 'unclear', 'check-digit', 'form', 'not-listed', 'disagrees'] as const;
export type FieldDoubt = (typeof FIELD_DOUBTS)[number];

/** A box relative to the upright, rectified picture of the card: 0..1. */
export interface CardBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A corner relative to the picture that was given: 0..1, over the edge where the card is cut. */
export type Corner = readonly [x: number, y: number];
/** The corners of a card in a picture: clockwise, beginning with the upper left of the picture. */
export type CardOutline = readonly [Corner, Corner, Corner, Corner];

/** One field as it was read. `text` is null only with the doubt `not-found`; a sure field has no doubt. */
export interface ReadField {
  readonly text: string | null;
  /** 0..1: the least confidence of its characters. */
  readonly confidence: number;
  /** Null when the field is sure. */
  readonly doubt: FieldDoubt | null;
  /** Where it stands on the rectified card; null when it was not found. */
  readonly box: CardBox | null;
}

/** Dates are `YYYY-MM-DD`, `validTo` also `long-term`; sex is `male` or `female`; an address is one line. */
export const ID_CARD_FRONT_FIELDS = ['name', 'sex', 'nation', 'birthDate', 'address', 'number'] as const;
export const ID_CARD_BACK_FIELDS = ['issuer', 'validFrom', 'validTo'] as const;
/** `number` without spaces; `expiry` as `YYYY-MM`; `holder` as printed. */
export const BANK_CARD_FIELDS = ['number', 'expiry', 'holder'] as const;
export type IdCardFrontField = (typeof ID_CARD_FRONT_FIELDS)[number];
export type IdCardBackField = (typeof ID_CARD_BACK_FIELDS)[number];
export type IdCardField = IdCardFrontField | IdCardBackField;
export type BankCardField = (typeof BANK_CARD_FIELDS)[number];

export type ReadFields<F extends string> = Readonly<Record<F, ReadField>>;

/** An encoded picture in memory. */
export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly width: number;
  readonly height: number;
}

/** A bank card's issuer by the BIN table; null fields where the table doesn't say. */
export interface BankCardIssue {
  readonly issuer: string | null;
  readonly issuerCode: string | null;
  readonly type: 'debit' | 'credit' | 'semi-credit' | 'prepaid' | null;
  readonly cardName: string | null;
}

interface AnyReading {
  /** Quarter turns clockwise that made the card upright: 0..3. */
  readonly quarterTurns: number;
  /** Where the card lies in the picture that was given; null where the whole picture is the card. */
  readonly outline: CardOutline | null;
  /** The upright, rectified card. */
  readonly picture: EncodedPicture;
  readonly warnings: readonly DocumentWarning[];
  readonly tookMs: number;
}

/** What one picture of a document says. */
export type DocumentReading =
  | (AnyReading & {
      readonly page: 'id-card-front';
      readonly fields: ReadFields<IdCardFrontField>;
      /** The printed portrait; null when no face is found where it stands. */
      readonly portrait: EncodedPicture | null;
    })
  | (AnyReading & { readonly page: 'id-card-back'; readonly fields: ReadFields<IdCardBackField> })
  | (AnyReading & {
      readonly page: 'bank-card';
      readonly fields: ReadFields<BankCardField>;
      readonly issue: BankCardIssue;
      /** Whether the number is raised; null when it can't be told. */
      readonly embossed: boolean | null;
    })
  | (AnyReading & {
      readonly page: 'travel-document';
      readonly zone: MachineReadableZone;
      readonly portrait: EncodedPicture | null;
    });

/** Who changed a field that was read by the camera. */
export const CORRECTORS = ['person', 'clerk'] as const;

/** A field that somebody changed or confirmed after it was read; no values, they are personal. */
export const fieldCorrectionSchema = z.strictObject({
  field: z.enum([...ID_CARD_FRONT_FIELDS, ...ID_CARD_BACK_FIELDS, 'expiry', 'holder']),
  by: z.enum(CORRECTORS),
  action: z.enum(['confirmed', 'changed']),
  /** What the field's doubt was; null where it was sure. */
  doubt: z.enum(FIELD_DOUBTS).nullable(),
  confidence: z.number().min(0).max(1),
  /** How many characters differ (Levenshtein); 0 when it was confirmed. */
  charactersChanged: z.int().nonnegative(),
});
export type FieldCorrection = z.infer<typeof fieldCorrectionSchema>;

/** What a live picture of a document needs, most important first; null when it is good. */
export const DOCUMENT_HINTS = [
  'no-card',
  'several-cards',
  'closer',
  'further',
  'border-cut',
  'tilted',
  'dark',
  'glare',
  'blurred',
  'moving',
] as const;
export type DocumentHint = (typeof DOCUMENT_HINTS)[number];

/** The answer to a live picture: for drawing, and when to take the picture that is read. */
export interface DocumentGuidance {
  readonly outline: CardOutline | null;
  readonly hint: DocumentHint | null;
  /** 0..1: how long the card has been steady and well placed, towards the picture. */
  readonly progress: number;
  /** True once: now take the full picture. */
  readonly take: boolean;
}
