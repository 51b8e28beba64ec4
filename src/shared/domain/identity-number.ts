import { failure, type Failure } from '../reasons.ts';
import { err, ok, type Result } from '../result.ts';
import { isCalendarDate } from './calendar-date.ts';
import type { CardKind } from './document.ts';
import { provinceName } from './provinces.ts';

/** What an identity number says by itself. */
export interface IdentityNumber {
  readonly kind: CardKind;
  /** The number with a lower-case `x` raised; otherwise as given. */
  readonly text: string;
  /** `YYYY-MM-DD`; absent in 2017 foreigner numbers, which hold two digits of the year. */
  readonly birthDate?: string;
  /** From the parity of the sequence; absent in foreigner numbers. */
  readonly sex?: 'male' | 'female';
  /** GB/T 2260 code (six digits; two or four in foreigner numbers) and the province's name. */
  readonly region: { readonly code: string; readonly province: string };
  /** ISO 3166-1: alpha-3 in 2017 foreigner numbers, three digits in 2023 ones. */
  readonly nationality?: string;
}

/** First six digits of the permits for residents of Hong Kong, Macao and Taiwan. */
const HMT_REGIONS: readonly string[] = ['810000', '820000', '830000'];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/**
 * What is wrong with a number. `first-generation`: one of the 15 digits that resident numbers had before 1999, and that
 * no card which is still valid carries.
 */
export type NumberProblemKind = 'length' | 'characters' | 'first-generation' | 'region' | 'birth-date' | 'check-digit';

/**
 * A problem, and the characters that it is about, counted from 0. Those of a wrong check digit are all of them: it
 * tells that one character is wrong, never which. What would be right there is not told, here or anywhere: people can
 * look at their card again, and nobody else has a use for it.
 */
export interface NumberProblem {
  readonly kind: NumberProblemKind;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads an 18-character number (GB 11643 resident, HMT permit, 2023 foreigner) or a 15-character 2017 foreigner
 * permanent resident number.
 *
 * Fails with `document.number-invalid`; `detail` is the kind of the problem.
 *
 * @param today `YYYY-MM-DD`; when given, a later birth date is refused.
 */
export function parseIdentityNumber(text: string, today?: string): Result<IdentityNumber, Failure> {
  const read = readIdentityNumber(text, today);
  return read.ok ? read : err(failure('document.number-invalid', read.error.kind));
}

/** The same, but fails with the problem and its place. */
export function readIdentityNumber(text: string, today?: string): Result<IdentityNumber, NumberProblem> {
  const number = text.toUpperCase();
  if (/^\d{15}$/.test(number)) return wrong('first-generation', 0, 15);
  if (number.length === 15 && /^[A-Z]{3}/.test(number)) return read2017(number);
  if (number.length !== 18) return wrong('length', 0, number.length);
  const misplaced = number.search(/[^\d](?!$)|[^\dX]$/);
  if (misplaced >= 0) return wrong('characters', misplaced, misplaced + 1);
  return number.startsWith('9') ? read2023(number, today) : readGb11643(number, today);
}

/** Check character of the first 17 digits (ISO 7064 MOD 11-2, as GB 11643 uses it). */
export function checkCharacter(digits: string): string {
  let sum = 0;
  for (let at = 0; at < 17; at++) sum += WEIGHTS[at]! * Number(digits[at]);
  return CHECK_CHARACTERS[sum % 11]!;
}

/** ICAO 9303 check digit (weights 7, 3, 1; A = 10 … Z = 35), used over the first 14 characters of 2017 numbers. */
export function icaoCheckDigit(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += parseInt(text[at]!, 36) * [7, 3, 1][at % 3]!;
  return String(sum % 10);
}

/**
 * The 2017 number of the holder of a 2023 card: nationality, province, first two characters of the link, birth date
 * YYMMDD, third character of the link, check digit. Undefined when the link is blank (the holder had no 2017 card)
 * or the parts don't have the right shape.
 */
export function formerForeignerNumber(nationality: string, number: string, link: string): string | undefined {
  if (!/^[A-Z]{3}$/.test(nationality) || !/^\d{17}[\dX]$/.test(number) || !/^\d{3}$/.test(link)) return undefined;
  const body = nationality + number.slice(1, 3) + link.slice(0, 2) + number.slice(8, 14) + link.slice(2);
  return body + icaoCheckDigit(body);
}

function readGb11643(number: string, today: string | undefined): Result<IdentityNumber, NumberProblem> {
  const code = number.slice(0, 6);
  const province = provinceName(number.slice(0, 2));
  if (province === undefined) return wrong('region', 0, 2);
  const rest = birthAndCheck(number, today);
  if (!rest.ok) return rest;
  const sex = Number(number[16]) % 2 === 1 ? 'male' : 'female';
  const kind = HMT_REGIONS.includes(code) ? 'hmt' : 'resident';
  return ok({ kind, text: number, birthDate: rest.value, sex, region: { code, province } });
}

/** `9`, province (2), ISO 3166-1 numeric country (3), birth date (8), sequence (3), check character. */
function read2023(number: string, today: string | undefined): Result<IdentityNumber, NumberProblem> {
  const code = number.slice(1, 3);
  const province = provinceName(code);
  if (province === undefined) return wrong('region', 1, 3);
  const rest = birthAndCheck(number, today);
  if (!rest.ok) return rest;
  const region = { code, province };
  return ok({ kind: 'foreigner-2023', text: number, birthDate: rest.value, region, nationality: number.slice(3, 6) });
}

/** Alpha-3 country, office (4 digits, province first), birth date YYMMDD, sequence (1), check digit. */
function read2017(number: string): Result<IdentityNumber, NumberProblem> {
  const misplaced = number.slice(3).search(/\D/);
  if (misplaced >= 0) return wrong('characters', 3 + misplaced, 4 + misplaced);
  const code = number.slice(3, 7);
  const province = provinceName(code.slice(0, 2));
  if (province === undefined) return wrong('region', 3, 5);
  // 2000 is a leap year, so every day that exists in some year passes.
  if (!isCalendarDate(`2000-${number.slice(9, 11)}-${number.slice(11, 13)}`)) return wrong('birth-date', 7, 13);
  if (icaoCheckDigit(number.slice(0, 14)) !== number[14]) return wrong('check-digit', 0, 15);
  const region = { code, province };
  return ok({ kind: 'foreigner-2017', text: number, region, nationality: number.slice(0, 3) });
}

function birthAndCheck(number: string, today: string | undefined): Result<string, NumberProblem> {
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const inFuture = today !== undefined && birthDate > today;
  if (!isCalendarDate(birthDate) || inFuture) return wrong('birth-date', 6, 14);
  return checkCharacter(number) === number[17] ? ok(birthDate) : wrong('check-digit', 0, 18);
}

function wrong(kind: NumberProblemKind, from: number, to: number): Result<never, NumberProblem> {
  return err({ kind, from, to });
}
