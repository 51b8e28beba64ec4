import type { SessionCipher } from '../crypto/key-derivation.ts';

/** What access control agrees on, and secure messaging begins with. */
export interface SessionKeys {
  readonly cipher: SessionCipher;
  readonly encryption: Uint8Array;
  readonly mac: Uint8Array;
  /** The send sequence counter: one block, 8 bytes with triple DES and 16 with AES. */
  readonly counter: Uint8Array;
}
