import { isCalendarDate } from '../../../../shared/domain/calendar-date.ts';

const LONGEST_FIELD = 300;
const SEXES: Readonly<Record<string, string>> = { 男: 'male', 女: 'female' };

/** Fields by our names, without those that the vendor left empty. */
export function cardFields(fields: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  const read = Object.entries(fields).flatMap(([name, text]) =>
    text === null || text === '' ? [] : [[name, text.slice(0, LONGEST_FIELD)] as const],
  );
  return Object.fromEntries(read);
}

/** `男` or `女` as `male` or `female`; null for anything else. */
export function sexOf(text: string): string | null {
  return SEXES[text] ?? null;
}

/** `1990/1/31`, `1990-01-31` or `1990.01.31` as `YYYY-MM-DD`; null for anything else. */
export function dayOf(text: string): string | null {
  const [, year, month, day] = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

/** `2010.07.21-2020.07.21` or `2010.07.21-长期`; null for anything else. */
export function periodOf(text: string): { readonly validFrom: string; readonly validTo: string } | null {
  const [, from = '', to = ''] = /^(\d{4}\.\d{2}\.\d{2})-(\d{4}\.\d{2}\.\d{2}|长期)$/.exec(text.trim()) ?? [];
  const validFrom = dayOf(from);
  const validTo = to === '长期' ? 'long-term' : dayOf(to);
  return validFrom !== null && validTo !== null ? { validFrom, validTo } : null;
}

/** `07/2023` as `2023-07`; null for anything else. */
export function monthOf(text: string): string | null {
  const [, month, year] = /^(0[1-9]|1[0-2])\/(20\d{2})$/.exec(text.trim()) ?? [];
  return month !== undefined && year !== undefined ? `${year}-${month}` : null;
}

/** Resident identity number, upper case. */
export function isNumberOf(text: string): boolean {
  return /^\d{17}[\dX]$/.test(text);
}
