import { isCalendarDate } from './calendar-date.ts';
import { parseIdentityNumber } from './identity-number.ts';
import { provinceName } from './provinces.ts';

/** Which part of a number can't be right. */
export type NumberProblem = 'region' | 'birth-date' | 'check-digit';

export interface TypedNumber {
  /** What was typed so far, letters raised. */
  readonly text: string;
  /** The digits as they are read out: 6-8-4, and 3-4-6-2 for a number that begins with letters. */
  readonly groups: readonly string[];
  /** Characters of the number when it is whole. */
  readonly length: 15 | 18;
  /** A part that is whole and can't be right; null while every whole part can be. */
  readonly problem: NumberProblem | null;
  /** Whether the number is whole and right. */
  readonly valid: boolean;
}

const GROUPS = { 18: [6, 8, 4], 15: [3, 4, 6, 2] } as const;
/** What may be typed at a place: digits, with an X at the end; or three letters first and only digits then. */
const BEGINNING = { 18: /^\d{0,17}$|^\d{17}[\dX]$/, 15: /^[A-Z]{0,3}$|^[A-Z]{3}\d{0,12}$/ } as const;

/** Whether a number of 2017 for foreigners is being typed: it begins with the letters of a country. */
function lengthOf(text: string): 15 | 18 {
  return /^[A-Z]/.test(text) ? 15 : 18;
}

/**
 * The number after one more character; null where that character can't stand at its place.
 *
 * @param character `0`–`9` or a letter, in either case.
 */
export function withCharacter(text: string, character: string): string | null {
  const next = (text + character).toUpperCase();
  return BEGINNING[lengthOf(next)].test(next) ? next : null;
}

/**
 * Looks at a number while it is typed. A part is judged as soon as it is whole, and not before.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function lookAtNumber(text: string, today: string): TypedNumber {
  const length = lengthOf(text);
  const problem = problemOf(text, length, today);
  return { text, groups: groupsOf(text, length), length, problem, valid: text.length === length && problem === null };
}

function problemOf(text: string, length: 15 | 18, today: string): NumberProblem | null {
  if (text.length === length) {
    const parsed = parseIdentityNumber(text, today);
    if (parsed.ok) return null;
    const { detail } = parsed.error;
    return detail === 'region' || detail === 'birth-date' ? detail : 'check-digit';
  }
  const { region, birthDate } = length === 15 ? partsOf2017(text) : partsOf18(text);
  if (region !== null && provinceName(region) === undefined) return 'region';
  if (birthDate !== null && (!isCalendarDate(birthDate) || birthDate > today)) return 'birth-date';
  return null;
}

interface Parts {
  /** Two digits of the province; null while the region is not whole. */
  readonly region: string | null;
  readonly birthDate: string | null;
}

function partsOf18(text: string): Parts {
  const from = text.startsWith('9') ? 1 : 0;
  return {
    region: text.length >= 6 ? text.slice(from, from + 2) : null,
    birthDate: text.length >= 14 ? `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}` : null,
  };
}

/** Two digits of the year say no century; 2000 is a leap year, so every day that exists in some year is taken. */
function partsOf2017(text: string): Parts {
  return {
    region: text.length >= 7 ? text.slice(3, 5) : null,
    birthDate: text.length >= 13 ? `2000-${text.slice(9, 11)}-${text.slice(11, 13)}` : null,
  };
}

function groupsOf(text: string, length: 15 | 18): readonly string[] {
  let at = 0;
  return GROUPS[length].map((size) => text.slice(at, (at += size)));
}
