import { ok, type Result } from '../result.ts';
import { ageInYears } from './calendar-date.ts';
import { countryOf, type Country } from './countries.ts';
import { readIdentityNumber, type IdentityNumber, type NumberProblem } from './identity-number.ts';

/** What a number says by itself, as people ask for it. */
export interface NumberReport {
  readonly number: IdentityNumber;
  /** Whole years today; absent where the number leaves the century open. */
  readonly ageYears?: number;
  /** Absent for residents, and for a code outside ISO 3166-1, which stays in `number.nationality`. */
  readonly country?: Country;
}

/**
 * Reads a number as people type it: full-width characters, spaces and hyphens, and what looks like an X at its end are
 * taken for what they mean. The places in a problem count in the tidied text.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function reportOnNumber(typed: string, today: string): Result<NumberReport, NumberProblem> {
  const read = readIdentityNumber(tidiedNumber(typed), today);
  if (!read.ok) return read;
  const number = read.value;
  const country = number.nationality === undefined ? undefined : countryOf(number.nationality);
  return ok({
    number,
    ...(number.birthDate === undefined ? {} : { ageYears: ageInYears(number.birthDate, today) }),
    ...(country === undefined ? {} : { country }),
  });
}

/** Full-width forms to plain ones, no spaces or hyphens of any kind, letters raised. */
export function tidiedNumber(typed: string): string {
  return typed
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b-\u200f\u2060\ufeff\u00ad\u2010-\u2015\u2212_-]/g, '')
    .toUpperCase()
    .replace(/(?<=^\d{17})[×ХΧ]$/u, 'X');
}
