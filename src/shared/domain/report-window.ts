import { err, ok, type Result } from '../result.ts';
import { isCalendarDate } from './calendar-date.ts';

/** No report spans more days. */
export const LONGEST_REPORT_DAYS = 90;
/** What a report spans where nobody has said otherwise. */
export const DEFAULT_REPORT_DAYS = 7;

export type ReportEnd = 'from' | 'to';

/** Local calendar days, `YYYY-MM-DD`, both included. */
export interface ReportDays {
  readonly from: string;
  readonly to: string;
}

export interface AskedReportDays extends ReportDays {
  /** The end that stays where the span is too long: the one that was chosen last. */
  readonly keep: ReportEnd;
}

export interface ReportWindow extends ReportDays {
  /** Hours where it is a single day. */
  readonly unit: 'hour' | 'day';
  /** The end that was moved, because there were more than 90 days. */
  readonly moved: ReportEnd | null;
}

/** What is wrong with a span, and where. */
export interface ReportDaysProblem {
  readonly field: ReportEnd;
  readonly why: 'not-a-day' | 'in-future' | 'before-from';
}

/**
 * The days that a report spans. More than 90 are cut at the end that was not chosen last; everything else that doesn't
 * make sense is named and nothing is guessed.
 *
 * @param lastDay the last one that there can be: today, or a later one where the clock was set back since
 */
export function reportWindow(
  { from, to, keep }: AskedReportDays,
  lastDay: string,
): Result<ReportWindow, ReportDaysProblem> {
  for (const [field, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isCalendarDate(day)) return err({ field, why: 'not-a-day' });
    if (day > lastDay) return err({ field, why: 'in-future' });
  }
  if (to < from) return err({ field: 'to', why: 'before-from' });
  const isTooLong = daysBetween(from, to) >= LONGEST_REPORT_DAYS;
  const moved = isTooLong ? (keep === 'from' ? 'to' : 'from') : null;
  const days = {
    from: moved === 'from' ? addDays(to, 1 - LONGEST_REPORT_DAYS) : from,
    to: moved === 'to' ? addDays(from, LONGEST_REPORT_DAYS - 1) : to,
  };
  return ok({ ...days, unit: days.from === days.to ? 'hour' : 'day', moved });
}

/** The last `count` days up to `lastDay`. */
export function lastDays(lastDay: string, count: number): ReportDays {
  return { from: addDays(lastDay, 1 - count), to: lastDay };
}

/** The calendar days of a span, in order. */
export function daysIn({ from, to }: ReportDays): readonly string[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
}

const DAY_MS = 86_400_000;

/** The calendar day that is `count` days later, or earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);
}
