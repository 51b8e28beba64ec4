import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** SHA-256 as 64 lower-case hexadecimal digits; a text counts as UTF-8. */
export function sha256Hex(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** HMAC-SHA256 over the UTF-8 bytes of `text`: 32 bytes. */
export function hmacSha256(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

/** Derives a key by one HMAC after the other, as both clouds do for day, region and service. */
export function derivedKey(secret: string, steps: readonly string[]): Buffer {
  return steps.reduce<Buffer>((key, step) => hmacSha256(key, step), Buffer.from(secret, 'utf8'));
}

/** Compares two texts in a time that doesn't depend on where they differ. */
export function sameText(one: string, other: string): boolean {
  const left = createHash('sha256').update(one).digest();
  const right = createHash('sha256').update(other).digest();
  return timingSafeEqual(left, right);
}

const UNRESERVED = /[A-Za-z0-9\-_.~]/;

/** Percent-encoding of RFC 3986: everything but letters, digits and `-_.~`, over the bytes of UTF-8. */
export function percentEncoded(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    encoded += UNRESERVED.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
