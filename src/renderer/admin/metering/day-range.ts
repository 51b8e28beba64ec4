import { calendarDay } from '../formats.ts';
import { readDay } from '../parts/typed-day.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export interface DayRange {
  /** Local calendar days, `YYYY-MM-DD`; both included. */
  readonly from: string;
  readonly to: string;
}

/** From the first of the month until today: the span that statements have. */
export function thisMonth(nowMs: number): DayRange {
  const to = calendarDay(nowMs);
  return { from: `${to.slice(0, 8)}01`, to };
}

/** Reads two days; days that don't exist and a span that ends before it begins are named. */
export function parseDays(draft: DayRange): Parsed<DayRange, keyof DayRange> {
  const range = { from: readDay(draft.from), to: readDay(draft.to) };
  const problems: { from?: Problem; to?: Problem } = {};
  if (range.from === null) problems.from = { key: 'date.problem.day' };
  if (range.to === null) problems.to = { key: 'date.problem.day' };
  else if (range.from !== null && range.to < range.from) problems.to = { key: 'metering.problem.order' };
  return parsed(problems, () => ({ from: range.from ?? draft.from, to: range.to ?? draft.to }));
}
