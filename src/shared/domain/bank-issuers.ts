import { z } from 'zod';
import { BANK_CARD_DIGITS } from './bank-card.ts';
import type { BankCardIssue } from './document-reading.ts';

/** International schemes by their public prefixes. */
export const CARD_SCHEMES = ['unionpay', 'visa', 'mastercard', 'jcb', 'american-express'] as const;
export type CardScheme = (typeof CARD_SCHEMES)[number];

const CARD_TYPES = ['debit', 'credit', 'semi-credit', 'prepaid'] as const;
const prefixList = z.string().regex(/^\d{3,10}( \d{3,10})*$/, 'has to be prefixes with a space between them');

/**
 * The table of issuer prefixes as it is shipped (`resources/bank/bins.json`). `cards` is keyed by the type of card and
 * the number of digits, such as `debit-19`; `cardNames` by prefix.
 */
export const bankPrefixTableSchema = z.strictObject({
  version: z.literal(1),
  source: z.strictObject({
    package: z.string().min(1),
    version: z.string().regex(/^\d+\.\d+\.\d+/),
    integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/),
    path: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    licence: z.string().min(1),
    about: z.string().min(1),
  }),
  issuers: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z0-9]+$/),
        name: z.string().min(1),
        cards: z.record(z.string().regex(/^(debit|credit|semi-credit|prepaid)-1[3-9]$/), prefixList),
      }),
    )
    .min(1),
});
export type BankPrefixTable = z.infer<typeof bankPrefixTableSchema>;

/** Whose card a number is. */
export interface BankIssuers {
  /** How many prefixes it knows. */
  readonly size: number;
  /** Looks for the longest prefix of a number with that many digits. All null when none is known. */
  issueOf(number: string): BankCardIssue;
  /** Whether numbers that begin so and are that long are known: for judging a reading, never for changing it. */
  knows(number: string): boolean;
}

const UNKNOWN: BankCardIssue = { issuer: null, issuerCode: null, type: null, cardName: null };

/** Makes the table ready for looking up. */
export function createBankIssuers(table: BankPrefixTable): BankIssuers {
  const issues = new Map<string, BankCardIssue>();
  const lengths = new Set<number>();
  for (const { code, name, cards } of table.issuers) {
    for (const [key, prefixes] of Object.entries(cards)) {
      const digits = Number(key.slice(-2));
      const type = CARD_TYPES.find((one) => key === `${one}-${digits}`) ?? null;
      for (const prefix of prefixes.split(' ')) {
        issues.set(`${digits}:${prefix}`, { issuer: name, issuerCode: code, type, cardName: null });
        lengths.add(prefix.length);
      }
    }
  }
  const longestFirst = [...lengths].sort((a, b) => b - a);
  const find = (number: string): BankCardIssue | undefined =>
    longestFirst
      .map((length) => issues.get(`${number.length}:${number.slice(0, length)}`))
      .find((issue) => issue !== undefined);
  return {
    size: issues.size,
    issueOf: (number) => find(number) ?? UNKNOWN,
    knows: (number) => find(number) !== undefined,
  };
}

/**
 * The scheme by the first digits of a number, which masking leaves: UnionPay 62 and 81, Visa 4, Mastercard 51–55 and
 * 2221–2720, JCB 3528–3589, American Express 34 and 37 (ISO/IEC 7812 registrations that the schemes publish). Null for
 * the others, such as the national prefixes of Chinese debit cards.
 */
export function cardSchemeOf(number: string): CardScheme | null {
  const leading = (digits: number): number => (number.length < digits ? NaN : Number(number.slice(0, digits)));
  const between = (digits: number, from: number, to: number): boolean =>
    leading(digits) >= from && leading(digits) <= to;
  if (leading(2) === 62 || leading(2) === 81) return 'unionpay';
  if (leading(1) === 4) return 'visa';
  if (between(2, 51, 55) || between(4, 2221, 2720)) return 'mastercard';
  if (between(4, 3528, 3589)) return 'jcb';
  if (leading(2) === 34 || leading(2) === 37) return 'american-express';
  return null;
}

const SCHEME_DIGITS: Record<CardScheme, readonly [least: number, most: number]> = {
  unionpay: [16, 19],
  visa: [13, 19],
  mastercard: [16, 16],
  jcb: [16, 19],
  'american-express': [15, 15],
};

/** Whether cards of the number's scheme can have that many digits; true as well where the scheme isn't known. */
export function fitsScheme(number: string): boolean {
  const scheme = cardSchemeOf(number);
  const [least, most] = scheme ? SCHEME_DIGITS[scheme] : [BANK_CARD_DIGITS.least, BANK_CARD_DIGITS.most];
  return number.length >= least && number.length <= most;
}
