import {
  lastDays,
  reportWindow,
  type AskedReportDays,
  type ReportDays,
  type ReportDaysProblem,
  type ReportEnd,
  type ReportWindow,
} from '../../../shared/domain/report-window.ts';
import type { Problem, Problems } from '../form-problem.ts';
import { readDay } from '../parts/typed-day.ts';

export const SPANS = ['1', '7', '30'] as const;
export type Span = (typeof SPANS)[number];

/** The button that stands for these days; null for a span of one's own. */
export function spanOf({ from, to }: ReportDays, today: string): Span | null {
  return SPANS.find((span) => to === today && lastDays(today, Number(span)).from === from) ?? null;
}

export type CheckedDays =
  { readonly ok: true; readonly window: ReportWindow } | { readonly ok: false; readonly problems: Problems<ReportEnd> };

/** Reads the two typed days and judges them as main does; what is wrong is said at its field. */
export function checkDays(asked: AskedReportDays, lastDay: string): CheckedDays {
  const days = { from: readDay(asked.from) ?? asked.from, to: readDay(asked.to) ?? asked.to };
  const found = reportWindow({ ...days, keep: asked.keep }, lastDay);
  return found.ok
    ? { ok: true, window: found.value }
    : { ok: false, problems: { [found.error.field]: problemOf(found.error, lastDay) } };
}

function problemOf({ why }: ReportDaysProblem, lastDay: string): Problem {
  switch (why) {
    case 'not-a-day':
      return { key: 'date.problem.day' };
    case 'in-future':
      return { key: 'report.problem.future', values: { day: lastDay } };
    case 'before-from':
      return { key: 'report.problem.order' };
  }
}
