import { z } from 'zod';

export const SHORTEST_PIN = 6;
export const LONGEST_PIN = 12;
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

/** Why a secret isn't taken. */
export type SecretFault = 'length' | 'guessable' | 'hidden-characters';

/** The same secret whichever way an input method writes it: full-width digits are digits. */
export function normalSecret(typed: string): string {
  return typed.normalize('NFKC');
}

/** True for a PIN: 6 to 12 digits and nothing else. */
export function isPin(secret: string): boolean {
  return new RegExp(`^\\d{${SHORTEST_PIN},${LONGEST_PIN}}$`).test(normalSecret(secret));
}

/**
 * What is wrong with a new secret: neither a PIN of 6 to 12 digits nor a password of 8 to 128 characters, one that is
 * guessed first (one character repeated, or characters that count up or down), or one with control characters.
 */
export function secretFault(typed: string): SecretFault | null {
  const secret = normalSecret(typed);
  const { length } = [...secret];
  if (/\p{Cc}/u.test(secret)) return 'hidden-characters';
  if (!isPin(secret) && (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD)) return 'length';
  return isGuessable(secret) ? 'guessable' : null;
}

function isGuessable(secret: string): boolean {
  const codes = [...secret].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return [0, 1, -1].some((step) => steps.every((taken) => taken === step));
}

/** A secret that somebody chooses. */
export const newSecretSchema = z
  .string()
  .max(4 * LONGEST_PASSWORD)
  .refine((secret) => secretFault(secret) === null, 'a PIN is 6 to 12 digits, a password 8 to 128 characters');

/** A secret that somebody types to prove who they are: anything, so that a wrong one is counted and not refused. */
export const typedSecretSchema = z.string().max(4 * LONGEST_PASSWORD);
