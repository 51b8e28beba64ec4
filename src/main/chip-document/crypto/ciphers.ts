import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concatBytes, xorBytes } from '../bytes.ts';

const DES_BLOCK = 8;
const AES_BLOCK = 16;

type Direction = typeof createCipheriv | typeof createDecipheriv;

function cbc(create: Direction, cipher: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const transform = create(cipher, key, iv);
  transform.setAutoPadding(false);
  return new Uint8Array(Buffer.concat([transform.update(data), transform.final()]));
}

/** Two-key triple DES as the three keys that engines want. */
function threeKeys(key: Uint8Array): Uint8Array {
  return concatBytes(key, key.subarray(0, DES_BLOCK));
}

/** Two-key triple DES (16 bytes) in CBC mode without padding; `data` is a whole number of blocks. */
export function tripleDesEncrypt(
  key: Uint8Array,
  data: Uint8Array,
  iv: Uint8Array = new Uint8Array(DES_BLOCK),
): Uint8Array {
  return cbc(createCipheriv, 'des-ede3-cbc', threeKeys(key), iv, data);
}

/**
 * Undoes `tripleDesEncrypt`; padding of the message is still there. Throws when `data` isn't a whole number of blocks.
 */
export function tripleDesDecrypt(
  key: Uint8Array,
  data: Uint8Array,
  iv: Uint8Array = new Uint8Array(DES_BLOCK),
): Uint8Array {
  return cbc(createDecipheriv, 'des-ede3-cbc', threeKeys(key), iv, data);
}

/** AES (key of 16, 24 or 32 bytes) in CBC mode without padding; `data` is a whole number of blocks. */
export function aesEncrypt(key: Uint8Array, data: Uint8Array, iv: Uint8Array = new Uint8Array(AES_BLOCK)): Uint8Array {
  return cbc(createCipheriv, `aes-${key.length * 8}-cbc`, key, iv, data);
}

/** Undoes `aesEncrypt`; padding of the message is still there. Throws when `data` isn't a whole number of blocks. */
export function aesDecrypt(key: Uint8Array, data: Uint8Array, iv: Uint8Array = new Uint8Array(AES_BLOCK)): Uint8Array {
  return cbc(createDecipheriv, `aes-${key.length * 8}-cbc`, key, iv, data);
}

/** Padding method 2 of ISO/IEC 9797-1: 80, then zeros up to the block. */
export function pad(data: Uint8Array, block: number): Uint8Array {
  const padded = new Uint8Array((Math.floor(data.length / block) + 1) * block);
  padded.set(data);
  padded[data.length] = 0x80;
  return padded;
}

/** Takes padding method 2 off; null when there is none. */
export function unpad(data: Uint8Array): Uint8Array | null {
  let end = data.length - 1;
  while (end >= 0 && data[end] === 0) end -= 1;
  return data[end] === 0x80 ? data.subarray(0, end) : null;
}

/**
 * Retail MAC: MAC algorithm 3 of ISO/IEC 9797-1 with DES, 8 bytes, over data that are padded already. Single DES is
 * triple DES with one key three times, because engines no longer offer it.
 */
export function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  const first = key.subarray(0, DES_BLOCK);
  const single = concatBytes(first, first);
  const before = padded.length - DES_BLOCK;
  const chain =
    before === 0 ? new Uint8Array(DES_BLOCK) : tripleDesEncrypt(single, padded.subarray(0, before)).slice(-DES_BLOCK);
  return tripleDesEncrypt(key, xorBytes(padded.subarray(before), chain));
}

function doubled(block: Uint8Array): Uint8Array {
  const result = block.map((byte, index) => ((byte << 1) | ((block[index + 1] ?? 0) >> 7)) & 0xff);
  if ((block[0] ?? 0) & 0x80) result[AES_BLOCK - 1] = (result[AES_BLOCK - 1] ?? 0) ^ 0x87;
  return result;
}

/** CMAC with AES (NIST SP 800-38B), 16 bytes. */
export function aesCmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  const k1 = doubled(aesEncrypt(key, new Uint8Array(AES_BLOCK)));
  const whole = data.length > 0 && data.length % AES_BLOCK === 0;
  const message = whole ? data.slice() : pad(data, AES_BLOCK);
  const last = message.length - AES_BLOCK;
  message.set(xorBytes(message.subarray(last), whole ? k1 : doubled(k1)), last);
  return aesEncrypt(key, message).slice(-AES_BLOCK);
}
