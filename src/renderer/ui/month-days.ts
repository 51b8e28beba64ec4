import { isCalendarDate } from '../../shared/domain/calendar-date.ts';

const DAY_MS = 86_400_000;
const DAYS_A_WEEK = 7;

/** The earliest and the latest day that may be chosen, `YYYY-MM-DD`; none: every day. */
export interface DayLimits {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

function at(day: string): Date {
  return new Date(`${day}T00:00Z`);
}

/** The calendar day (`YYYY-MM-DD`) that is `days` later, or earlier; null where the calendar of four-digit years ends. */
export function dayAfter(day: string, days: number): string | null {
  const found = new Date(at(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
  return isCalendarDate(found) ? found : null;
}

/** The same day some months later, or earlier; the last day of a month that has no such day. */
export function monthsAfter(day: string, months: number): string | null {
  const first = at(`${day.slice(0, 7)}-01`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const month = first.toISOString().slice(0, 7);
  const wanted = Number(day.slice(8));
  const found = [wanted, 31, 30, 29, 28]
    .filter((number) => number <= wanted)
    .map((number) => `${month}-${String(number).padStart(2, '0')}`);
  return found.find(isCalendarDate) ?? null;
}

/** How many days a day comes after the Monday of its week: 0 to 6. */
export function daysSinceMonday(day: string): number {
  return (at(day).getUTCDay() + 6) % DAYS_A_WEEK;
}

/** The weeks of the month that a day lies in, Monday first; null stands for a place that belongs to another month. */
export function weeksOf(day: string): readonly (readonly (string | null)[])[] {
  const month = day.slice(0, 7);
  const days = Array.from({ length: 31 }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`).filter(
    isCalendarDate,
  );
  const before = Array.from({ length: daysSinceMonday(`${month}-01`) }, () => null);
  const places: (string | null)[] = [...before, ...days];
  while (places.length % DAYS_A_WEEK > 0) places.push(null);
  return Array.from({ length: places.length / DAYS_A_WEEK }, (_, week) =>
    places.slice(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK),
  );
}

/** The nearest day that may be chosen. */
export function within(day: string, { min, max }: DayLimits): string {
  if (min !== undefined && day < min) return min;
  return max !== undefined && day > max ? max : day;
}

/** Where a key of the calendar leads, as in a table of days: a day, a week, a month; null for every other key. */
export function dayByKey(key: string, day: string): string | null {
  switch (key) {
    case 'ArrowLeft':
      return dayAfter(day, -1);
    case 'ArrowRight':
      return dayAfter(day, 1);
    case 'ArrowUp':
      return dayAfter(day, -DAYS_A_WEEK);
    case 'ArrowDown':
      return dayAfter(day, DAYS_A_WEEK);
    case 'PageUp':
      return monthsAfter(day, -1);
    case 'PageDown':
      return monthsAfter(day, 1);
    case 'Home':
      return dayAfter(day, -daysSinceMonday(day));
    case 'End':
      return dayAfter(day, 6 - daysSinceMonday(day));
    default:
      return null;
  }
}
