import { BILLED, codeTable, CONFIRMED, FREE, group } from './code-meaning.ts';

/**
 * `Result` digits. The same digit means different things at different operations, so there is one table for each:
 * CheckIdNameDate inserts a bad validity at -4, the bank card check with a phone number a bad phone at -5, and
 * everything behind it moves. Digits and what is billed: the field's description in the vendor's API documents.
 */
const CONFIRMED_ZERO = [['0', CONFIRMED]] as const;
const identityMismatch = (...codes: number[]) => group('identity.mismatch', 'none', BILLED, codes);
const invalidIdentity = (...codes: number[]) => group('identity.invalid', 'none', FREE, codes);
const unknownIdentity = (...codes: number[]) => group('identity.not-found', 'none', FREE, codes);
const sourceDown = (...codes: number[]) => group('source.unavailable', 'service', FREE, codes);
const dailyLimit = (...codes: number[]) => group('quota.daily', 'tomorrow', FREE, codes);

const IDENTITY_DIGITS = codeTable(
  CONFIRMED_ZERO,
  identityMismatch(-1),
  invalidIdentity(-2, -3),
  sourceDown(-4, -6),
  unknownIdentity(-5),
  dailyLimit(-7),
);

const IDENTITY_PERIOD_DIGITS = codeTable(
  CONFIRMED_ZERO,
  identityMismatch(-1),
  invalidIdentity(-2, -3, -4, -5),
  sourceDown(-6),
  unknownIdentity(-7),
  dailyLimit(-8),
);

const PHONE_DIGITS = codeTable(
  CONFIRMED_ZERO,
  group('phone.mismatch', 'none', BILLED, [-4]),
  group('phone.not-found', 'none', FREE, [-6, -9, -13]),
  invalidIdentity(-7, -8),
  sourceDown(-11),
  dailyLimit(-12),
);

const cardMismatch = (...codes: number[]) => group('bank-card.mismatch', 'none', BILLED, codes);
const unusableCard = (...codes: number[]) => group('bank-card.unusable', 'none', BILLED, codes);
const malformedCard = (...codes: number[]) => group('bank-card.unusable', 'none', FREE, codes);
/** No payments without the card, or an issuer that doesn't take part. */
const uncheckedCard = (...codes: number[]) => group('bank-card.not-checked', 'none', BILLED, codes);

const BANK_CARD_HOLDER_DIGITS = codeTable(
  CONFIRMED_ZERO,
  cardMismatch(-1, -4),
  invalidIdentity(-2),
  malformedCard(-3),
  uncheckedCard(-5, -15),
  unusableCard(-6, -7, -8, -9, -10, -11, -12, -13, -14, -18),
  sourceDown(-16),
  dailyLimit(-17),
);

const BANK_CARD_DIGITS = codeTable(
  CONFIRMED_ZERO,
  cardMismatch(-1, -5),
  invalidIdentity(-2, -3),
  malformedCard(-4),
  uncheckedCard(-6, -16),
  unusableCard(-7, -8, -9, -10, -11, -12, -13, -14, -15, -20),
  sourceDown(-17),
  dailyLimit(-18),
  group('bank-card.not-checked', 'none', FREE, [-19]),
);

const BANK_CARD_PHONE_DIGITS = codeTable(
  CONFIRMED_ZERO,
  cardMismatch(-1, -6),
  invalidIdentity(-2, -3),
  malformedCard(-4),
  group('phone.not-found', 'none', FREE, [-5]),
  uncheckedCard(-7, -17),
  unusableCard(-8, -9, -10, -11, -12, -13, -14, -15, -16, -21),
  sourceDown(-18),
  dailyLimit(-19),
  group('bank-card.not-checked', 'none', FREE, [-20]),
);

/** By the name of the operation. */
export const RESULT_DIGITS = {
  IdCardVerification: IDENTITY_DIGITS,
  IdCardOCRVerification: IDENTITY_DIGITS,
  CheckIdNameDate: IDENTITY_PERIOD_DIGITS,
  PhoneVerification: PHONE_DIGITS,
  BankCard2EVerification: BANK_CARD_HOLDER_DIGITS,
  BankCardVerification: BANK_CARD_DIGITS,
  BankCard4EVerification: BANK_CARD_PHONE_DIGITS,
} as const;
