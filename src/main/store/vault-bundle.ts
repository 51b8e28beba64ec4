import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** One file inside a bundle: a relative name with forward slashes, and what it holds. */
export interface VaultPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a bundle belongs to; bound into its encryption, so that no file can stand in for another. */
export interface BundlePlace {
  readonly certifyId: string;
  readonly bundle: string;
}

/** The bytes of all parts together, and how many parts. */
export const MAX_BUNDLE_BYTES = 64 * 1_048_576;
export const MAX_BUNDLE_PARTS = 2_600;

const MAGIC = Buffer.from('CSVAULT1', 'latin1');
const KEY_MARK_BYTES = 8;
const LENGTH_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + KEY_MARK_BYTES + LENGTH_BYTES + NONCE_BYTES;
const INDEX_LENGTH_BYTES = 4;
/** More than the longest list of parts takes. */
const MAX_INDEX_BYTES = 1_048_576;
/** No sealed bundle is larger. */
export const MAX_SEALED_BYTES = HEADER_BYTES + INDEX_LENGTH_BYTES + MAX_INDEX_BYTES + MAX_BUNDLE_BYTES + TAG_BYTES;

const partName = z
  .string()
  .max(200)
  .regex(/^(?!.*\.\.)\w[\w./-]*$/);
const indexSchema = z
  .array(z.strictObject({ name: partName, bytes: z.int().nonnegative().max(MAX_BUNDLE_BYTES) }))
  .max(MAX_BUNDLE_PARTS);

/**
 * Encrypts parts with AES-256-GCM, piece by piece, so that no second copy of them is ever whole in memory. The pieces
 * in order are the file: `CSVAULT1`, a mark of the key, the length of what follows the header, the nonce, the
 * encrypted list of parts and the parts, the tag. Header, certification and bundle are authenticated with it.
 *
 * @param key 32 bytes @param nonce 12 bytes that this key was never used with
 * @returns `request.invalid` for too much, a doubled or an unfit name
 */
export function sealBundle(
  key: Buffer,
  nonce: Uint8Array,
  place: BundlePlace,
  parts: readonly VaultPart[],
): Result<Generator<Uint8Array, void>, Failure> {
  const listed = indexSchema.safeParse(parts.map(({ name, bytes }) => ({ name, bytes: bytes.length })));
  const names = new Set(parts.map(({ name }) => name));
  const total = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (!listed.success) return refuse('a part has no fit name, or there are too many');
  if (names.size !== parts.length) return refuse('two parts have the same name');
  if (total > MAX_BUNDLE_BYTES) return refuse(`${total} bytes in one bundle`);
  const index = Buffer.from(JSON.stringify(listed.data), 'utf8');
  if (index.length > MAX_INDEX_BYTES) return refuse('the list of parts is too long');
  const length = INDEX_LENGTH_BYTES + index.length + total + TAG_BYTES;
  return ok(sealedPieces(key, headerOf(key, length, nonce), place, index, parts));
}

function* sealedPieces(
  key: Buffer,
  header: Buffer,
  place: BundlePlace,
  index: Buffer,
  parts: readonly VaultPart[],
): Generator<Uint8Array, void> {
  const cipher = createCipheriv('aes-256-gcm', key, header.subarray(-NONCE_BYTES));
  cipher.setAAD(boundTo(header, place));
  const indexLength = Buffer.alloc(INDEX_LENGTH_BYTES);
  indexLength.writeUInt32BE(index.length);
  yield header;
  yield cipher.update(Buffer.concat([indexLength, index]));
  for (const { bytes } of parts) if (bytes.length > 0) yield cipher.update(bytes);
  cipher.final();
  yield cipher.getAuthTag();
}

/**
 * Decrypts a bundle. Nothing of it is looked at before all of it proved to be authentic.
 *
 * @returns `store.wrong-key` for a file of another key, `store.corrupt` for one that is torn, changed, or not the one
 *   of this place
 */
export function openBundle(key: Buffer, place: BundlePlace, sealed: Buffer): Result<readonly VaultPart[], Failure> {
  if (sealed.length < HEADER_BYTES + TAG_BYTES) return corrupt('the file is torn');
  const header = sealed.subarray(0, HEADER_BYTES);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return corrupt('not a file of the vault');
  const mark = header.subarray(MAGIC.length, MAGIC.length + KEY_MARK_BYTES);
  if (!timingSafeEqual(mark, keyMark(key))) return err(failure('store.wrong-key', 'the file has another key'));
  const expected = Number(header.readBigUInt64BE(MAGIC.length + KEY_MARK_BYTES));
  const present = sealed.length - HEADER_BYTES;
  if (present !== expected) return corrupt(`the file is torn: ${present} of ${expected} bytes`);
  const decipher = createDecipheriv('aes-256-gcm', key, header.subarray(-NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(header, place));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    return corrupt('the file was changed, or belongs elsewhere');
  }
  return partsOf(plain);
}

function partsOf(plain: Buffer): Result<readonly VaultPart[], Failure> {
  const start = INDEX_LENGTH_BYTES + plain.readUInt32BE(0);
  const index = indexSchema.parse(JSON.parse(plain.toString('utf8', INDEX_LENGTH_BYTES, start)));
  let at = start;
  return ok(index.map(({ name, bytes }) => ({ name, bytes: plain.subarray(at, (at += bytes)) })));
}

function headerOf(key: Buffer, length: number, nonce: Uint8Array): Buffer {
  if (key.length !== 32 || nonce.length !== NONCE_BYTES) throw new TypeError('32 bytes of key, 12 of nonce');
  const lengthBytes = Buffer.alloc(LENGTH_BYTES);
  lengthBytes.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([MAGIC, keyMark(key), lengthBytes, nonce]);
}

function boundTo(header: Buffer, { certifyId, bundle }: BundlePlace): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([certifyId, bundle]), 'utf8')]);
}

/** Tells a wrong key from a damaged file, and says nothing about the key. */
function keyMark(key: Buffer): Buffer {
  return createHmac('sha256', key).update('countersign evidence key mark').digest().subarray(0, KEY_MARK_BYTES);
}

function corrupt(detail: string): Result<never, Failure> {
  return err(failure('store.corrupt', detail));
}

function refuse(detail: string): Result<never, Failure> {
  return err(failure('request.invalid', detail));
}
