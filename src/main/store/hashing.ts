import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';

/** 64 zeros: what the first receipt and the first audit entry name as the one before them. */
export const CHAIN_START = '0'.repeat(64);

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256 over the canonical JSON (RFC 8785) of a value, hex. */
export function canonicalHash(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
