import { createHash } from 'node:crypto';

/** What operators of the verifier may do, by role; an administrator may do everything. */
export const OPERATOR_ROLES = ['operator', 'reviewer', 'auditor', 'administrator'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

const TOKEN_BYTES = 32;
const TOKEN = /^cso_[\w-]{43}$/;

/** A new bearer token: `cso_` and 256 random bits. It is shown once; only its hash is kept. */
export function createOperatorToken(randomBytes: (length: number) => Buffer): string {
  return `cso_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/** By its form alone; whose it is, the desk says. */
export function isOperatorToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * What is kept of a token: SHA-256 in hex. The token is 256 random bits, so a slow hash would add nothing, and finding it
 * by its hash tells nothing about it by the time that takes.
 */
export function operatorTokenHash(token: string): string {
  return createHash('sha256').update(`operator ${token}`).digest('hex');
}
