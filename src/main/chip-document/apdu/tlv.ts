import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { bigEndian, concatBytes } from '../bytes.ts';

/** One data object of BER-TLV (ISO/IEC 7816-4, 5.2.2): tags of at most 2 bytes, definite lengths. */
export interface DataObject {
  /** The tag's bytes as a number: 0x61, 0x7F61. */
  readonly tag: number;
  readonly value: Uint8Array;
}

export interface TlvHeader {
  readonly tag: number;
  /** Bytes of tag and length. */
  readonly headerBytes: number;
  readonly valueBytes: number;
}

/** The bytes that hold the longest header: a tag of two bytes, 0x84 and a length of four. */
export const LONGEST_HEADER = 7;
/** No file of a travel document comes near; a longer object is a lie. */
const LONGEST_VALUE = 0xffffff;

/** The tag and length that `bytes` begin with; fails with `chip.malformed`. What follows needn't be there. */
export function readHeader(bytes: Uint8Array): Result<TlvHeader, Failure> {
  const first = bytes[0];
  if (first === undefined) return malformed('an object without a tag');
  const second = bytes[1];
  const long = (first & 0x1f) === 0x1f;
  if (long && (second === undefined || (second & 0x80) !== 0 || second < 0x1f)) return malformed('a tag too long');
  const tagBytes = long ? 2 : 1;
  const lengthAt = bytes[tagBytes];
  if (lengthAt === undefined) return malformed('an object without a length');
  const more = lengthAt < 0x80 ? 0 : lengthAt - 0x80;
  if (lengthAt === 0x80 || more > 4 || bytes.length < tagBytes + 1 + more) return malformed('a length that is none');
  let valueBytes = more === 0 ? lengthAt : 0;
  for (let at = 0; at < more; at += 1) valueBytes = valueBytes * 256 + (bytes[tagBytes + 1 + at] ?? 0);
  if (valueBytes > LONGEST_VALUE) return malformed('an object of impossible size');
  return ok({ tag: long ? first * 256 + (second ?? 0) : first, headerBytes: tagBytes + 1 + more, valueBytes });
}

/** The objects that `bytes` consist of, one after the other, without anything left over; fails with `chip.malformed`. */
export function readObjects(bytes: Uint8Array): Result<readonly DataObject[], Failure> {
  const objects: DataObject[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const header = readHeader(rest);
    if (!header.ok) return header;
    const { tag, headerBytes, valueBytes } = header.value;
    if (headerBytes + valueBytes > rest.length) return malformed('an object longer than what holds it');
    objects.push({ tag, value: rest.subarray(headerBytes, headerBytes + valueBytes) });
    rest = rest.subarray(headerBytes + valueBytes);
  }
  return ok(objects);
}

/** The value of the only object in `bytes`, which has to have this tag; fails with `chip.malformed`. */
export function readOnly(bytes: Uint8Array, tag: number): Result<Uint8Array, Failure> {
  const objects = readObjects(bytes);
  if (!objects.ok) return objects;
  const [only, another] = objects.value;
  if (only?.tag !== tag || another) return malformed(`no object ${tagName(tag)}`);
  return ok(only.value);
}

/** The value of the first object with this tag; fails with `chip.malformed` when there is none. */
export function valueOf(objects: readonly DataObject[], tag: number): Result<Uint8Array, Failure> {
  const found = objects.find((object) => object.tag === tag);
  return found ? ok(found.value) : malformed(`no object ${tagName(tag)}`);
}

/** An object with a tag of one or two bytes and the shortest length. */
export function encodeObject(tag: number, ...value: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...value);
  return concatBytes(bigEndian(tag), encodeLength(content.length), content);
}

/** A definite length of BER-TLV in its shortest form: one byte below 0x80, else 0x80 + n and n bytes. */
export function encodeLength(bytes: number): Uint8Array {
  if (bytes < 0x80) return Uint8Array.of(bytes);
  const digits = bigEndian(bytes);
  return concatBytes(Uint8Array.of(0x80 + digits.length), digits);
}

function tagName(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(2, '0');
}

function malformed(detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.malformed', detail));
}
