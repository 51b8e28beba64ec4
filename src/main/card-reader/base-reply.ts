import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** The blocks of a read, as views of the reply's data. */
export interface BaseReply {
  readonly text: Uint8Array;
  readonly photo: Uint8Array;
  /** Present (possibly empty) only in replies to a read with fingerprint. */
  readonly fingerprint?: Uint8Array;
}

/** Length of the text block of every card kind. */
export const TEXT_BLOCK_BYTES = 256;
export const PHOTO_BLOCK_BYTES = 1024;

/**
 * Splits the data of a successful `30 01` or `30 10` reply by its own length fields: two bytes each, big-endian, for
 * text, photo and (30 10 only) fingerprint. They have to add up to the data exactly, which also tells the two apart.
 *
 * Fails with `card.malformed` when they don't, or when the text isn't 256 bytes long.
 */
export function parseBaseReply(data: Uint8Array): Result<BaseReply, Failure> {
  if (data.length < 4) return err(failure('card.malformed', 'length fields missing'));
  const textBytes = u16(data, 0);
  const photoBytes = u16(data, 2);
  if (textBytes !== TEXT_BLOCK_BYTES) return err(failure('card.malformed', `text block of ${textBytes} bytes`));
  if (4 + textBytes + photoBytes === data.length) return ok(split(data, 4, textBytes, photoBytes));
  if (data.length >= 6 && 6 + textBytes + photoBytes + u16(data, 4) === data.length) {
    const blocks = split(data, 6, textBytes, photoBytes);
    return ok({ ...blocks, fingerprint: data.subarray(6 + textBytes + photoBytes) });
  }
  return err(failure('card.malformed', `length fields do not add up to ${data.length} bytes`));
}

function split(data: Uint8Array, from: number, textBytes: number, photoBytes: number): BaseReply {
  const photoFrom = from + textBytes;
  return { text: data.subarray(from, photoFrom), photo: data.subarray(photoFrom, photoFrom + photoBytes) };
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
