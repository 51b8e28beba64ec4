import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { CARD_KINDS, documentFieldsSchema } from '../../../shared/domain/document.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { PHOTO_BLOCK_BYTES } from '../base-reply.ts';
import { isSimulatedPhoto } from '../photo-decoder.ts';
import { fieldsThatDoNotFit } from './text-block.ts';

/** A portrait: a WebP file of at most 1,024 bytes, or a whole 1,024-byte WLT block, beside the card file or inline. */
const portraitSchema = z.union([z.strictObject({ file: z.string().min(1) }), z.strictObject({ base64: z.base64() })]);

/** A synthetic card as a JSON file. The fields are those of a document that was read; names of nations or codes. */
export const cardFileSchema = z
  .strictObject({
    /** What the card shows, for people. */
    about: z.string().optional(),
    kind: z.enum(CARD_KINDS),
    fields: documentFieldsSchema.strict(),
    portrait: portraitSchema.optional(),
    /** 512 bytes for each finger. */
    fingerprintBytes: z.union([z.literal(0), z.literal(512), z.literal(1024)]).optional(),
  })
  .superRefine((file, context) => {
    for (const field of fieldsThatDoNotFit(file.kind, file.fields)) {
      context.addIssue({ code: 'custom', path: ['fields', field], message: 'does not fit on this kind of card' });
    }
  });
export type CardFile = z.infer<typeof cardFileSchema>;

/** A card file with its portrait at hand. */
export interface SimulatedCard extends Omit<CardFile, 'portrait'> {
  readonly portrait?: Uint8Array | undefined;
}

/** Reads a card file and its portrait. Fails with `request.invalid`, naming what is wrong but no field's value. */
export async function loadCard(path: string): Promise<Result<SimulatedCard, Failure>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return invalid('the card file can not be read');
  const parsed = cardFileSchema.safeParse(jsonOrUndefined(text));
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'} (${issue.message})`);
    return invalid(`the card file is not valid: ${places.join(', ')}`);
  }
  const { portrait, ...card } = parsed.data;
  if (portrait === undefined) return ok(card);
  const bytes =
    'base64' in portrait
      ? Buffer.from(portrait.base64, 'base64')
      : await readFile(resolve(dirname(path), portrait.file)).catch(() => null);
  if (bytes === null) return invalid('the portrait can not be read');
  if (!isPhotoBlock(bytes)) return invalid(`the portrait is not a WebP image of at most ${PHOTO_BLOCK_BYTES} bytes`);
  return ok({ ...card, portrait: new Uint8Array(bytes) });
}

function isPhotoBlock(bytes: Uint8Array): boolean {
  const isWlt = bytes.length === PHOTO_BLOCK_BYTES && bytes[0] === 0x57 && bytes[1] === 0x4c;
  return isWlt || (isSimulatedPhoto(bytes) && bytes.length <= PHOTO_BLOCK_BYTES);
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(detail: string): Result<never, Failure> {
  return err(failure('request.invalid', detail));
}
