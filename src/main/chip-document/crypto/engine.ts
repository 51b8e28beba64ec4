import { getCiphers, getHashes } from 'node:crypto';

/** What the cryptographic engine of this process offers; Electron's has less than Node's. */
export interface Engine {
  readonly tripleDes: boolean;
  /** Key lengths in bits. */
  readonly aes: readonly number[];
  /** Lower case, without dash: `sha1`, `sha256`. */
  readonly hashes: readonly string[];
}

const HASHES = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

/** Asks the engine once; nothing here is taken for granted. */
export function cryptoEngine(
  ciphers: readonly string[] = getCiphers(),
  hashes: readonly string[] = getHashes(),
): Engine {
  const offered = new Set(ciphers.map((name) => name.toLowerCase()));
  const digests = new Set(hashes.map((name) => name.toLowerCase().replace('-', '')));
  return {
    tripleDes: offered.has('des-ede3-cbc'),
    aes: [128, 192, 256].filter((bits) => offered.has(`aes-${bits}-cbc`)),
    hashes: HASHES.filter((name) => digests.has(name)),
  };
}
