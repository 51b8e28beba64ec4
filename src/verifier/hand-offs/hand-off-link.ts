import { createHash, hkdfSync, createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '../sessions/envelope.ts';

/** 192 bits; 128 would do. */
const CODE_BYTES = 24;
const SECRET_BYTES = 32;

/** What a code and a browser's secret look like in an address and in a cookie. */
export const CODE_PATTERN = /^[\w-]{32}$/;
const SECRET_PATTERN = /^[\w-]{43}$/;

/**
 * Codes of pages' addresses. A code follows from the hand-off's id and a key that only this verifier has, so that a
 * repeated opening gives the same address and the database holds nothing but its hash.
 */
export interface LinkCodes {
  codeOf(handOffId: string): string;
}

/**
 * The first 192 bits of HMAC-SHA-256 over the id, in base64url, under a key that HKDF makes of the master key: with
 * another master key addresses that were given out lead nowhere.
 */
export function createLinkCodes(masterKey: Uint8Array): LinkCodes {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'countersign|hand-off-link', 32));
  return {
    codeOf: (handOffId) =>
      createHmac('sha256', key).update(handOffId).digest().subarray(0, CODE_BYTES).toString('base64url'),
  };
}

/** Codes and secrets are random and long: a plain hash of one can't be turned back. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** 256 random bits in base64url, for a cookie; only their hash is kept. */
export function newBrowserSecret(randomBytes: RandomBytes): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Whether a browser's secret is the one whose hash is kept. */
export function isBrowser(secret: string | null, browserHash: string | null): boolean {
  if (secret === null || browserHash === null || !SECRET_PATTERN.test(secret)) return false;
  return timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(browserHash));
}
