import { createHash, createHmac } from 'node:crypto';
import type { RandomBytes } from './random-choice.ts';

/**
 * A challenge's nonce from the verifier's seed: the first 128 bits of SHA-256, hex. The verifier finds the seed by it
 * and nobody can choose it.
 */
export function nonceOfSeed(seed: Uint8Array): string {
  return createHash('sha256').update('countersign challenge nonce').update(seed).digest('hex').slice(0, 32);
}

/**
 * A stream of bytes that the verifier and this device decide together: HMAC-SHA-256 in counter mode (NIST SP 800-108)
 * under the verifier's seed and bytes of this device. Neither alone can steer what it draws.
 */
export function seededBytes(seed: Uint8Array, deviceBytes: Uint8Array): RandomBytes {
  const key = createHmac('sha256', seed).update(deviceBytes).digest();
  let counter = 0;
  let buffered = Buffer.alloc(0);
  return (size) => {
    while (buffered.length < size) {
      const block = Buffer.alloc(4);
      block.writeUInt32BE((counter += 1));
      buffered = Buffer.concat([buffered, createHmac('sha256', key).update(block).digest()]);
    }
    const taken = buffered.subarray(0, size);
    buffered = buffered.subarray(size);
    return new Uint8Array(taken);
  };
}
