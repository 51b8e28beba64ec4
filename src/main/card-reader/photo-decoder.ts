import type { Portrait } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** An image that any browser shows. */
export interface DecodedPhoto {
  readonly image: Uint8Array;
  readonly mediaType: 'image/webp' | 'image/bmp' | 'image/png';
}

/**
 * Turns the 1,024-byte photo block of a card into an image. Real cards carry WLT, a codec that only vendor libraries
 * read, so a site plugs its vendor's library in here; without one, portraits stay "not decoded".
 */
export interface PhotoDecoder {
  readonly name: string;
  /** Fails with a `decoder.` code. The block is only valid during the call. */
  decode(block: Uint8Array): Promise<Result<DecodedPhoto, Failure>>;
}

/** Decodes nothing, which is not the same as a card without a photo. */
export const noPhotoDecoder: PhotoDecoder = {
  name: 'none',
  decode: async () => err(failure('decoder.none')),
};

const RIFF_HEADER_BYTES = 12;

/**
 * Decodes the blocks of the simulated reader: a WebP file padded with zeros, whose RIFF length says where it ends.
 * Only ever used together with simulated photos being allowed; it refuses the blocks of real cards.
 */
export const simulatedPhotoDecoder: PhotoDecoder = {
  name: 'simulated',
  decode: async (block) => {
    if (!isSimulatedPhoto(block)) return err(failure('decoder.none', 'not a simulated photo'));
    const bytes = 8 + new DataView(block.buffer, block.byteOffset, block.length).getUint32(4, true);
    if (bytes <= RIFF_HEADER_BYTES || bytes > block.length) {
      return err(failure('decoder.refused-photo', `simulated photo of ${bytes} bytes`));
    }
    return ok({ image: block.slice(0, bytes), mediaType: 'image/webp' });
  },
};

/** Simulated blocks say `RIFF....WEBP` where real ones say `WL`. */
export function isSimulatedPhoto(block: Uint8Array): boolean {
  return block.length >= RIFF_HEADER_BYTES && ascii(block, 0) === 'RIFF' && ascii(block, 8) === 'WEBP';
}

/** The portrait that a photo block gives: absent only when the card sent no block, or an empty one. */
export async function portraitFrom(block: Uint8Array, decoder: PhotoDecoder): Promise<Portrait> {
  if (block.every((byte) => byte === 0)) return { state: 'absent' };
  const decoded = await decoder.decode(block);
  if (decoded.ok) return { state: 'decoded', ...decoded.value };
  return {
    state: 'not-decoded',
    bytes: block.length,
    reason: decoded.error.code,
    detail: decoded.error.detail ?? decoded.error.code,
  };
}

function ascii(bytes: Uint8Array, from: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + 4));
}
