import { z } from 'zod';
import type { FieldDoubt, IdCardField } from '../domain/document-reading.ts';
import { ID_CARD_BACK_FIELDS, ID_CARD_FRONT_FIELDS } from '../domain/document-reading.ts';

/** A full picture for reading; larger ones are made smaller by the page. */
export const MAX_DOCUMENT_PICTURE_BYTES = 8_000_000;
/** A file that staff choose. */
export const MAX_DOCUMENT_FILE_BYTES = 30_000_000;

const bytesUpTo = (limit: number) =>
  z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= limit, {
    message: `a picture is 1..${limit} bytes`,
  });

/** A small live picture of what the document camera sees, as a JPEG file. */
export const documentFrameSchema = z.strictObject({
  certifyId: z.string(),
  jpeg: bytesUpTo(100_000),
  capturedAtMs: z.number().finite().nonnegative(),
});

/** The picture that is read, after `take`, or when the person has pressed the button. */
export const documentPictureSchema = z.strictObject({
  certifyId: z.string(),
  jpeg: bytesUpTo(MAX_DOCUMENT_PICTURE_BYTES),
});

/** One field on the page where what was read is confirmed. */
export interface ConfirmField {
  readonly field: IdCardField;
  /** As read or as changed last; empty where nothing was found. */
  readonly text: string;
  readonly doubt: FieldDoubt | null;
}

/** Why what was confirmed can't be taken: the field, and what is wrong with it. */
export interface ConfirmProblem {
  readonly field: IdCardField;
  readonly doubt: FieldDoubt;
}

const fieldText = z.string().trim().max(120);

/** Every field as the person leaves it. */
export const documentConfirmedSchema = z.strictObject({
  type: z.literal('document-confirmed'),
  values: z.partialRecord(z.enum([...ID_CARD_FRONT_FIELDS, ...ID_CARD_BACK_FIELDS]), fieldText),
});
