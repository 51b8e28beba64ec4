import { PHOTO_LIBRARY_CALLS } from '../../../shared/domain/photo-decoding.ts';
import { failure, type Failure, type FailureCode } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { libraryPictureSchema, type LibraryPicture, type LoadRequest } from './photo-contract.ts';

/**
 * How this program and its native helper talk, over the helper's standard input and output. A message is a header
 * of twelve bytes and a body, all numbers unsigned 32-bit little-endian unless said otherwise:
 *
 *     'CSPH' | kind | length of the body | body
 *
 * | kind | direction | body |
 * |---|---|---|
 * | 1 load | to the helper | call (its place in PHOTO_LIBRARY_CALLS), vendor's code, two texts: path, folder |
 * | 2 decode | to the helper | the block of 1,024 bytes |
 * | 129 loaded | from it | empty |
 * | 130 picture | from it | form (0 raw, 1 bitmap) and the picture |
 * | 131 failed | from it | reason (its place in HELPER_REASONS) and a text |
 *
 * A text is its length and that many bytes of UTF-8. Each request has one answer.
 */
const MAGIC = 0x4850_5343;
const HEADER_BYTES = 12;
/** The largest body is a bitmap. */
const MOST_BODY_BYTES = 64 * 1024;
const MOST_DETAIL_BYTES = 200;

const LOAD = 1;
const DECODE = 2;
const LOADED = 129;
const PICTURE = 130;
const FAILED = 131;

const HELPER_REASONS: readonly FailureCode[] = [
  'decoder.missing',
  'decoder.wrong-bitness',
  'decoder.unfit',
  'decoder.unlicensed',
  'decoder.refused-photo',
  'decoder.implausible',
];

export type HelperAnswer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'picture'; readonly picture: LibraryPicture }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A whole message of kind 1, header included. The answer is `loaded` or `failed`. */
export function loadMessage({ call, vendorCode, path, folder }: LoadRequest): Uint8Array {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32LE(PHOTO_LIBRARY_CALLS.indexOf(call), 0);
  numbers.writeUInt32LE(vendorCode, 4);
  return message(LOAD, Buffer.concat([numbers, text(path), text(folder)]));
}

/**
 * A whole message of kind 2, header included; the length of `block` isn't checked. The answer is `picture` or `failed`.
 */
export function decodeMessage(block: Uint8Array): Uint8Array {
  return message(DECODE, block);
}

/** Puts a helper's output together into answers. */
export class HelperAnswers {
  #pending = Buffer.alloc(0);

  /** Fails with `decoder.unfit` when this isn't the protocol; what follows then is of no use. */
  push(chunk: Uint8Array): Result<readonly HelperAnswer[], Failure> {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const answers: HelperAnswer[] = [];
    while (this.#pending.length >= HEADER_BYTES) {
      const length = this.#pending.readUInt32LE(8);
      if (this.#pending.readUInt32LE(0) !== MAGIC || length > MOST_BODY_BYTES) return foreign();
      if (this.#pending.length < HEADER_BYTES + length) break;
      const answer = parsed(this.#pending.readUInt32LE(4), this.#pending.subarray(HEADER_BYTES, HEADER_BYTES + length));
      if (!answer) return foreign();
      answers.push(answer);
      this.#pending = this.#pending.subarray(HEADER_BYTES + length);
    }
    return ok(answers);
  }
}

function parsed(kind: number, body: Buffer): HelperAnswer | null {
  if (kind === LOADED) return body.length === 0 ? { kind: 'loaded' } : null;
  if (body.length < 4) return null;
  if (kind === PICTURE) {
    const form = ['raw', 'bmp'][body.readUInt32LE(0)];
    const picture = libraryPictureSchema.safeParse({ form, bytes: new Uint8Array(body.subarray(4)) });
    return picture.success ? { kind: 'picture', picture: picture.data } : null;
  }
  const code = HELPER_REASONS[body.readUInt32LE(0)];
  if (kind !== FAILED || !code || body.length < 8 || body.readUInt32LE(4) !== body.length - 8) return null;
  const detail = body.toString('utf8', 8, Math.min(body.length, 8 + MOST_DETAIL_BYTES));
  return { kind: 'failed', failure: failure(code, detail) };
}

function message(kind: number, body: Uint8Array): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(kind, 4);
  header.writeUInt32LE(body.length, 8);
  return Buffer.concat([header, body]);
}

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length, 0);
  return Buffer.concat([length, bytes]);
}

function foreign(): Result<never, Failure> {
  return err(failure('decoder.unfit', 'the helper program does not speak this program’s protocol'));
}
