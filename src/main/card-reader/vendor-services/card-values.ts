import { isCalendarDate } from '../../../shared/domain/calendar-date.ts';
import { countries } from '../../../shared/domain/countries.ts';
import { parseIdentityNumber } from '../../../shared/domain/identity-number.ts';
import type { CardKind, DocumentFields } from '../../../shared/domain/document.ts';
import { nationCode, nationName } from '../nations.ts';

/** Padding is U+0020, or U+0000 where a service copies a fixed field; other white space belongs to the text. */
export function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isPadding(text.charCodeAt(from))) from++;
  while (to > from && isPadding(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/**
 * A day in any of the ways services write one (`20200101`, `2020.01.01`, `2020-01-01`, `2020/01/01`, `2020年1月1日`),
 * as `YYYY-MM-DD`; undefined when it isn't a day of the calendar.
 */
export function calendarDay(text: string): string | undefined {
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})([.\-/])(\d{2})\2(\d{2})$/.exec(text)?.toSpliced(2, 1) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text);
  if (!match) return undefined;
  const iso = `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
  return isCalendarDate(iso) ? iso : undefined;
}

/** The last day of validity: a day, or `long-term` where the service says 长期. */
export function lastDay(text: string): string | undefined {
  return text === '长期' || text === '长期有效' ? 'long-term' : calendarDay(text);
}

const SEXES: Readonly<Record<string, DocumentFields['sex']>> = {
  男: 'male',
  女: 'female',
  未知: 'unknown',
  未说明: 'unstated',
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'unstated',
};

/** By word, or by GB/T 2261.1 code; undefined for anything else. */
export function sexFrom(text: string): DocumentFields['sex'] | undefined {
  return Object.hasOwn(SEXES, text) ? SEXES[text] : undefined;
}

/** The nation's name as the standard has it, from a name with or without 族, or from a two-digit code. */
export function nationFrom(text: string): string | undefined {
  if (text === '') return undefined;
  if (/^\d{2}$/.test(text)) return nationName(text);
  const bare = text.replace(/族$/, '');
  return nationCode(bare) === undefined ? text : bare;
}

/** The alpha-3 code in `CAN` or `加拿大/CAN`, or that of a country named in Chinese; undefined where there is none. */
export function nationalityFrom(text: string): string | undefined {
  const code = /(?:^|\/)([A-Z]{3})$/.exec(text)?.[1];
  return code ?? countries().find(({ name }) => name.zh === text)?.alpha3;
}

/** Undefined for an empty text, NaN (which the schema refuses) for one that isn't digits. */
export function countFrom(text: string): number | undefined {
  if (text === '') return undefined;
  return /^\d{1,4}$/.test(text) ? Number(text) : NaN;
}

/** The kind of card that has such a number, by its form alone; undefined for a number of no known form. */
export function kindOfNumber(number: string): CardKind | undefined {
  const parsed = parseIdentityNumber(number);
  if (parsed.ok) return parsed.value.kind;
  if (/^[A-Z]{3}\d{12}$/.test(number)) return 'foreigner-2017';
  if (!/^\d{17}[\dXx]$/.test(number)) return undefined;
  if (number.startsWith('9')) return 'foreigner-2023';
  return /^8[123]0000/.test(number) ? 'hmt' : 'resident';
}

function isPadding(unit: number): boolean {
  return unit === 0x20 || unit === 0;
}
