import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { decodeReplyFile } from '../main/card-reader/reply-file.ts';
import { emitDocument } from './card-document.ts';
import { photoDecodingFrom, usePhotoDecoder, withLibraryOptions, type LibraryOptions } from './card-library.ts';
import { photoFileProblem, savePhoto } from './card-photo.ts';
import { emitError, usageProblem } from './output.ts';

interface DecodeOptions extends LibraryOptions {
  readonly photoOut?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

/** `card decode`: one recorded reply frame. */
export function registerDecode(card: Command): void {
  withLibraryOptions(card.command('decode'))
    .description('parse one raw reply frame of a card reader (binary, or hexadecimal text)')
    .argument('<file>')
    .option('--photo-out <file>', 'keep the portrait there; the file must not exist yet')
    .option('--full', 'show every field as it is; names and numbers are masked otherwise')
    .option('--json', 'one JSON value on standard output')
    .action((file: string, options: DecodeOptions) => decode(file, options));
}

async function decode(file: string, options: DecodeOptions): Promise<void> {
  const { json = false, full = false, photoOut } = options;
  const decoding = photoDecodingFrom(options);
  if (!decoding.ok) return emitError(decoding.error, json);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) {
    return emitError(usageProblem('the file can not be read', 'Give the path of a reply frame.'), json);
  }
  const taken = photoOut === undefined ? null : photoFileProblem(photoOut);
  if (taken) return emitError(taken, json);
  const decoded = await usePhotoDecoder(decoding.value, (decoder) => decodeReplyFile(bytes, decoder));
  if (!decoded.ok) return emitError(decoded.error, json, 2);
  emitDocument(decoded.value.document, { json, full });
  if (photoOut !== undefined) await savePhoto(decoded.value.document, photoOut, json);
}
