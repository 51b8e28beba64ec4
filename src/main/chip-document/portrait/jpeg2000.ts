import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { jpeg2000Size } from './jpeg2000-size.ts';

/** Pixels row by row, interleaved, 8 bits. */
export interface DecodedPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** Portraits are about 0.2 megapixels; larger claims aren't believed. */
export const MOST_PIXELS = 6_000_000;

interface Decoder {
  getEncodedBuffer(bytes: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  };
  delete(): void;
}
interface OpenJpeg {
  readonly J2KDecoder: new () => Decoder;
}
type LoadOpenJpeg = (options: { print(text: string): void; printErr(text: string): void }) => Promise<OpenJpeg>;

/**
 * Decodes a JPEG 2000 picture (code stream or JP2) by OpenJPEG in WebAssembly, which can't reach beyond its own memory.
 * Each picture gets an instance of its own, because a damaged one may leave it unusable.
 */
export async function decodeJpeg2000(bytes: Uint8Array): Promise<Result<DecodedPixels, Failure>> {
  const claimed = jpeg2000Size(bytes);
  if (!claimed) return refused('not a JPEG 2000 picture');
  if (claimed.width * claimed.height > MOST_PIXELS) return refused('a picture of impossible size');
  if (claimed.components !== 1 && claimed.components !== 3) return refused(`${claimed.components} colour components`);
  try {
    const loaded = (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')) as { default: LoadOpenJpeg };
    const { J2KDecoder } = await loaded.default({ print: () => undefined, printErr: () => undefined });
    const decoder = new J2KDecoder();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo();
    const pixels = decoder.getDecodedBuffer().slice();
    decoder.delete();
    if (width !== claimed.width || height !== claimed.height || componentCount !== claimed.components) {
      return refused('damaged');
    }
    if (bitsPerSample !== 8 || isSigned) return refused(`samples of ${bitsPerSample} bits`);
    if (pixels.length !== width * height * componentCount) return refused('damaged');
    return ok({ width, height, channels: claimed.components, pixels });
  } catch {
    return refused('damaged');
  }
}

function refused(detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.malformed', `portrait: ${detail}`));
}
