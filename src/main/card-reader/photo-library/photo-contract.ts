import { z } from 'zod';
import { PHOTO_LIBRARY_CALLS } from '../../../shared/domain/photo-decoding.ts';
import { isFailureCode, type FailureCode } from '../../../shared/reasons.ts';
import { BMP_BYTES, PHOTO_BLOCK_BYTES, RAW_BYTES } from './picture-size.ts';

function bytesOf(...lengths: readonly number[]) {
  return z.custom<Uint8Array>((value) => value instanceof Uint8Array && lengths.includes(value.length));
}

/** What the photo process loads. */
export const loadRequestSchema = z.strictObject({
  path: z.string().min(1).max(1_000),
  call: z.enum(PHOTO_LIBRARY_CALLS),
  vendorCode: z.int().min(0).max(65_535),
  /** Where the library runs and leaves its files; the owner of the process makes and removes it. */
  folder: z.string().min(1).max(200),
});
export type LoadRequest = z.infer<typeof loadRequestSchema>;

export const decodeRequestSchema = z.strictObject({ block: bytesOf(PHOTO_BLOCK_BYTES) });

/** A picture as the library wrote it: raw pixels in an order of its own, or a bitmap. */
export const libraryPictureSchema = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('raw'), bytes: bytesOf(RAW_BYTES) }),
  z.strictObject({ form: z.literal('bmp'), bytes: bytesOf(BMP_BYTES) }),
]);
export type LibraryPicture = z.infer<typeof libraryPictureSchema>;

/** Calls of the photo process. Both ends parse what arrives: a broken library may have written anywhere. */
export type PhotoContract = {
  /** Answers as soon as the process runs, so that its start isn't counted as loading. */
  hello: { params: null; result: null };
  load: { params: LoadRequest; result: null };
  decode: { params: { readonly block: Uint8Array }; result: LibraryPicture };
};

/** A library that spoils the process can't invent failures of other parts. */
export function isDecoderCode(code: string): code is Extract<FailureCode, `decoder.${string}`> {
  return isFailureCode(code) && code.startsWith('decoder.');
}
