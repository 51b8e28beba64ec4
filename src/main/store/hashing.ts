import { createHash } from 'node:crypto';

/** 64 zeros: what the first receipt and the first audit entry name as the one before them. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 over UTF-8, 64 hex digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
