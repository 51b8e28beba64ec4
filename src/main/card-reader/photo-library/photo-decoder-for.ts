import type { PhotoDecoding } from '../../../shared/domain/photo-decoding.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isSimulatedPhoto, noPhotoDecoder, simulatedPhotoDecoder, type PhotoDecoder } from '../photo-decoder.ts';
import { libraryPhotoDecoder, type PhotoDecodingParts } from './library-photo-decoder.ts';

export interface ConfiguredPhotoDecoder extends PhotoDecoder {
  /** Loads the library ahead of the first card, where there is one; failing here costs nothing but the head start. */
  prepare(): Promise<Result<void, Failure>>;
  /** Ends what runs for it. A new setting takes a new decoder. */
  close(): Promise<void>;
}

/**
 * The decoder that the settings ask for. Blocks of simulated cards go to the simulated decoder where that is allowed
 * and are refused elsewhere; only other blocks are ever shown to a library.
 */
export function photoDecoderFor(
  decoding: PhotoDecoding,
  simulatedPhotos: boolean,
  parts: PhotoDecodingParts,
): ConfiguredPhotoDecoder {
  const library = decoding.library ? libraryPhotoDecoder(decoding.library, parts) : null;
  const real: PhotoDecoder = library ?? noPhotoDecoder;
  return {
    name: simulatedPhotos && !library ? simulatedPhotoDecoder.name : real.name,
    decode: async (block) => {
      if (!isSimulatedPhoto(block)) return real.decode(block);
      if (simulatedPhotos) return simulatedPhotoDecoder.decode(block);
      return err(failure('decoder.refused-photo', 'the photo of a simulated card'));
    },
    prepare: async () => (library ? library.prepare() : ok(undefined)),
    close: async () => library?.close(),
  };
}
