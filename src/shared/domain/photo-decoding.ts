import { z } from 'zod';

/**
 * Ways in which vendors' libraries decode the 1,024-byte photo of a card. `unpack` and `unpack-cpp` (its C++ name
 * `_Z6unpackPcS_i`) give raw pixels; `unpack-bmp` (`_Unpack`) a bitmap; `get-bmp` (`GetBmp`) works on files; `wlt2rgb`
 * gives raw pixels and wants a vendor's code.
 */
export const PHOTO_LIBRARY_CALLS = ['unpack', 'unpack-cpp', 'unpack-bmp', 'get-bmp', 'wlt2rgb'] as const;
export type PhotoLibraryCall = (typeof PHOTO_LIBRARY_CALLS)[number];

const path = z.string().min(1).max(1_000);

/** A vendor's library that decodes card photos on this machine; it always runs in a process of its own. */
export const photoLibrarySchema = z.strictObject({
  path,
  call: z.enum(PHOTO_LIBRARY_CALLS),
  /** The last argument of `unpack-cpp` and `wlt2rgb` (0, 608, 708, 752 …), and of `get-bmp` (1 serial, 2 USB). */
  vendorCode: z.int().min(0).max(65_535),
  /** Order of the colours and of the rows in raw pixels; `auto` is found out on the first photos. */
  channels: z.enum(['auto', 'rgb', 'bgr']),
  rows: z.enum(['auto', 'top-down', 'bottom-up']),
  /** The helper program that loads the library where it has another word size than this program; null without. */
  helper: path.nullable(),
});
export type PhotoLibrary = z.infer<typeof photoLibrarySchema>;

/** How chip portraits are decoded: by a library, or not at all. */
export const photoDecodingSchema = z.strictObject({ library: photoLibrarySchema.nullable() });
export type PhotoDecoding = z.infer<typeof photoDecodingSchema>;

export const DEFAULT_PHOTO_DECODING: PhotoDecoding = { library: null };
