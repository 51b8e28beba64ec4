import { isCalendarDate } from './calendar-date.ts';

/** How many years before today the window of expiry dates begins; it is a hundred years wide. */
const EXPIRED_YEARS = 30;

/**
 * The day of birth that `YYMMDD` means: the latest one that isn't after `today`, so nobody is older than a hundred.
 * Null where a part is unknown (fillers) or it isn't a day.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function birthDateOf(digits: string, today: string): string | null {
  const century = Number(today.slice(0, 2));
  const thisCentury = dayIn(century, digits);
  return thisCentury !== null && thisCentury <= today ? thisCentury : dayIn(century - 1, digits);
}

/**
 * The day of expiry that `YYMMDD` means: the one in the hundred years that begin thirty years before `today`. Doc 9303
 * leaves the choice to the reader; documents are valid for ten years or so, and some for life.
 */
export function expiryDateOf(digits: string, today: string): string | null {
  const firstYear = Number(today.slice(0, 4)) - EXPIRED_YEARS;
  const century = Math.floor(firstYear / 100);
  const early = Number(digits.slice(0, 2)) < firstYear % 100;
  return dayIn(early ? century + 1 : century, digits);
}

/** `YYMMDD` as a zone has it, of a day `YYYY-MM-DD`; fillers for an unknown day. */
export function zoneDate(day: string | null): string {
  return day === null ? '<<<<<<' : day.slice(2).replaceAll('-', '');
}

function dayIn(century: number, digits: string): string | null {
  if (!/^\d{6}$/.test(digits)) return null;
  const year = String(century).padStart(2, '0') + digits.slice(0, 2);
  const day = `${year}-${digits.slice(2, 4)}-${digits.slice(4)}`;
  return isCalendarDate(day) ? day : null;
}
