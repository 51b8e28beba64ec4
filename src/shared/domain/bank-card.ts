import { err, ok, type Result } from '../result.ts';
import { passesLuhn } from './luhn.ts';

/** Digits of a card's primary account number: up to 19 by ISO/IEC 7812-1; cards in use have at least 13. */
export const BANK_CARD_DIGITS = { least: 13, most: 19 } as const;

/** What is wrong with a card number. `check-digit` says that a digit is wrong, never which. */
export type BankCardNumberProblem = 'characters' | 'length' | 'check-digit';

/** Takes a card number as printed or typed (spaces and hyphens between the digits) and gives its digits alone. */
export function parseBankCardNumber(text: string): Result<string, BankCardNumberProblem> {
  const digits = text.trim().replace(/(?<=\d)[ -](?=\d)/g, '');
  if (!/^\d+$/.test(digits)) return err('characters');
  if (digits.length < BANK_CARD_DIGITS.least || digits.length > BANK_CARD_DIGITS.most) return err('length');
  return passesLuhn(digits) ? ok(digits) : err('check-digit');
}

/** A number, masked or not, with a space after every four characters, however it was grouped on the card. */
export function formatBankCardNumber(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * Masks a card number as it is shown and kept after it was used: the first six and the last four digits stay. That is
 * the most that PCI DSS 4.0 lets a 13 to 19-digit number show (requirement 3.4.1) and keep after truncation (3.5.1)
 * whatever the length of its issuer's prefix. The length stays; of something shorter than 13 digits nothing is shown.
 */
export function maskBankCardNumber(number: string): string {
  if (number.length < BANK_CARD_DIGITS.least) return '*'.repeat(number.length);
  return `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`;
}

/**
 * The month that an expiry names: `MM/YY` as ISO/IEC 7813 cards print it (also `MM-YY`, `MM/YYYY` and without a sign).
 *
 * @returns `YYYY-MM`; null when it names no month. Two-digit years are of this century.
 */
export function parseCardExpiry(text: string): string | null {
  const match = /^(0[1-9]|1[0-2])\s?[/-]?\s?(?:20)?(\d\d)$/.exec(text.trim());
  return match ? `20${match[2]!}-${match[1]!}` : null;
}

/** Whether a card whose expiry is `YYYY-MM` is no longer valid on `today` (`YYYY-MM-DD`): it is valid in that month. */
export function cardExpired(expiry: string, today: string): boolean {
  return expiry < today.slice(0, 7);
}
