import { createHash } from 'node:crypto';
import { bytesOf, concatBytes } from '../bytes.ts';

/** What session keys are used with. */
export type SessionCipher = '3des' | 'aes-128' | 'aes-192' | 'aes-256';

/** What a key is derived for: the counter of Doc 9303 part 11, 9.7.1. */
export const KEY_PURPOSE = { encryption: 1, authentication: 2, password: 3 } as const;
export type KeyPurpose = keyof typeof KEY_PURPOSE;

const KEY_BYTES: Readonly<Record<SessionCipher, number>> = { '3des': 16, 'aes-128': 16, 'aes-192': 24, 'aes-256': 32 };

/** A key from a shared secret (Doc 9303 part 11, 9.7.1): SHA-1 for keys of up to 128 bits, SHA-256 above. */
export function deriveKey(secret: Uint8Array, cipher: SessionCipher, purpose: KeyPurpose): Uint8Array {
  const bytes = KEY_BYTES[cipher];
  const hash = createHash(bytes > 16 ? 'sha256' : 'sha1');
  const digest = hash.update(concatBytes(secret, bytesOf(0, 0, 0, KEY_PURPOSE[purpose]))).digest();
  const key = new Uint8Array(digest.subarray(0, bytes));
  return cipher === '3des' ? key.map(withOddParity) : key;
}

/** DES keys carry a parity bit in every byte; engines don't look at it, the worked examples do. */
function withOddParity(byte: number): number {
  let ones = 0;
  for (let bit = 1; bit < 8; bit += 1) ones += (byte >> bit) & 1;
  return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
}
