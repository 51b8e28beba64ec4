import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  DEFAULT_PHOTO_DECODING,
  PHOTO_LIBRARY_CALLS,
  photoDecodingSchema,
  type PhotoDecoding,
} from '../shared/domain/photo-decoding.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { PhotoDecoder } from '../main/card-reader/photo-decoder.ts';
import { libraryPhotoDecoder } from '../main/card-reader/photo-library/library-photo-decoder.ts';
import { photoDecoderFor } from '../main/card-reader/photo-library/photo-decoder-for.ts';
import { photoDecodingParts } from '../main/card-reader/photo-library/photo-decoding-parts.ts';
import { usageProblem, type UsageProblem } from './output.ts';

/** A vendor's library that decodes portraits, as written on a command line. */
export interface LibraryOptions {
  readonly library?: string;
  readonly call?: string;
  readonly vendorCode?: string;
  readonly channels?: string;
  readonly rows?: string;
  readonly helper?: string;
}

/** Adds the options of a photo library. */
export function withLibraryOptions(command: Command): Command {
  return command
    .option('--library <path>', 'the vendor’s library that decodes portraits')
    .option('--call <kind>', `how it is called: ${PHOTO_LIBRARY_CALLS.join(', ')}`)
    .option('--vendor-code <number>', 'last argument of unpack-cpp, wlt2rgb and get-bmp', '0')
    .option('--channels <order>', 'auto, rgb, bgr', 'auto')
    .option('--rows <order>', 'auto, top-down, bottom-up', 'auto')
    .option('--helper <path>', 'the program that loads a library of another word size');
}

/** Reads the options; no library when none is named. */
export function photoDecodingFrom(options: LibraryOptions): Result<PhotoDecoding, UsageProblem> {
  if (options.library === undefined) {
    if (options.call === undefined) return ok(DEFAULT_PHOTO_DECODING);
    return err(usageProblem('--call needs --library', 'Give the path of the vendor’s library.'));
  }
  const parsed = photoDecodingSchema.safeParse({
    library: {
      path: resolve(options.library),
      call: options.call,
      vendorCode: Number(options.vendorCode ?? '0'),
      channels: options.channels ?? 'auto',
      rows: options.rows ?? 'auto',
      helper: options.helper === undefined ? null : resolve(options.helper),
    },
  });
  if (parsed.success) return ok(parsed.data);
  const wrong = parsed.error.issues.map(({ path }) => OPTION_OF[String(path.at(-1))] ?? '--library');
  const hint = `Kinds of call: ${PHOTO_LIBRARY_CALLS.join(', ')}. See --help.`;
  return err(usageProblem(`${[...new Set(wrong)].join(', ')} can not be used`, hint));
}

const OPTION_OF: Readonly<Record<string, string>> = {
  call: '--call',
  vendorCode: '--vendor-code',
  channels: '--channels',
  rows: '--rows',
  helper: '--helper',
};

/**
 * Runs `use` with the decoder that was asked for, and ends the decoder's process afterwards. Portraits of simulated
 * cards are decoded always: a card that has one is marked as simulated wherever it is shown.
 */
export async function usePhotoDecoder<T>(
  decoding: PhotoDecoding,
  use: (decoder: PhotoDecoder) => Promise<T>,
): Promise<T> {
  const decoder = photoDecoderFor(decoding, true, photoDecodingParts(null));
  try {
    return await use(decoder);
  } finally {
    await decoder.close();
  }
}

/** Loads the library and has it decode something; its name when it can. */
export async function checkPhotoDecoding(decoding: PhotoDecoding): Promise<Result<{ readonly name: string }, Failure>> {
  if (decoding.library === null) return err(failure('decoder.none'));
  const decoder = libraryPhotoDecoder(decoding.library, photoDecodingParts(null));
  try {
    return await decoder.selfCheck();
  } finally {
    await decoder.close();
  }
}
