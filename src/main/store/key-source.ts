import { hkdfSync } from 'node:crypto';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

export const MASTER_KEY_BYTES = 32;

/** Where the store's master key is kept: the operating system's vault, or a file that only its owner can read. */
export interface KeySource {
  readonly protection: 'vault' | 'key-file';
  /** The 32-byte master key; made from the system's random source when there is none yet. */
  loadOrCreate(): Result<Buffer, Failure>;
}

/** One key per purpose, so that handing out one of them gives nothing else away. */
export interface StoreKeys {
  /** Encrypts the database file. */
  readonly database: Buffer;
  /** Authenticates the audit chain. */
  readonly audit: Buffer;
  /** Turns document numbers into subject keys. */
  readonly subject: Buffer;
  /** Encrypts the keys of evidence. */
  readonly evidence: Buffer;
  /** Encrypts the keys of what questions to the verifier carry. */
  readonly materials: Buffer;
  /** Encrypts the keys of face pictures that wait for the customer's store. */
  readonly faceReturn: Buffer;
  /** Encrypts the keys of what callers gave, and of results that they may fetch. */
  readonly requests: Buffer;
}

/** Derives the store's keys from the master key by HKDF-SHA-256 (RFC 5869), one label per purpose. */
export function deriveKeys(masterKey: Buffer): StoreKeys {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `countersign ${purpose} v1`, 32));
  return {
    database: derive('database'),
    audit: derive('audit'),
    subject: derive('subject'),
    evidence: derive('evidence'),
    materials: derive('materials'),
    faceReturn: derive('face return'),
    requests: derive('requests'),
  };
}
