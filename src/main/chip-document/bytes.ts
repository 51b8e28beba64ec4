import { timingSafeEqual } from 'node:crypto';

/** The parts one after the other. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The bytes 0 to 255 that are given; none make an empty array. */
export function bytesOf(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** Bytes from hexadecimal digits; blanks between them are allowed. For constants, not for input. */
export function fromHex(digits: string): Uint8Array {
  const packed = digits.replace(/\s+/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(packed)) throw new Error('not hexadecimal');
  return Uint8Array.from(packed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Two upper-case hexadecimal digits a byte, nothing between them. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();
}

/** Whether two byte strings are equal, without telling by its time where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** As long as `a`; bytes that `b` hasn't count as zero. */
export function xorBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((value, index) => value ^ (b[index] ?? 0));
}

/** A non-negative number as big-endian bytes without leading zeros; zero is one byte. */
export function bigEndian(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes.length === 0 ? [0] : bytes);
}

/** The number that big-endian bytes say, 0 for none; exact up to six bytes. */
export function fromBigEndian(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** One character a byte (ISO 8859-1): nothing is refused, and places in the text are places in the bytes. */
export function latinText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
