import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export interface DayRange {
  /** Local calendar days, `YYYY-MM-DD`; both included. */
  readonly from: string;
  readonly to: string;
}

/** The local calendar day of a moment. */
export function dayOf(ms: number): string {
  const at = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** From the first of the month until today: the span that statements have. */
export function thisMonth(nowMs: number): DayRange {
  const to = dayOf(nowMs);
  return { from: `${to.slice(0, 8)}01`, to };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Reads two days; days that don't exist and a span that ends before it begins are named. */
export function parseDays(draft: DayRange): Parsed<DayRange, keyof DayRange> {
  const range = { from: draft.from.trim(), to: draft.to.trim() };
  const problems: { from?: Problem; to?: Problem } = {};
  if (!isDay(range.from)) problems.from = { key: 'metering.problem.day' };
  if (!isDay(range.to)) problems.to = { key: 'metering.problem.day' };
  else if (!problems.from && range.to < range.from) problems.to = { key: 'metering.problem.order' };
  return parsed(problems, () => range);
}
