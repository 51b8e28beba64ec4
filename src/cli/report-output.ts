import { csvLine, type CsvCell } from '../shared/csv-text.ts';
import {
  comparedIn,
  passRate,
  type ComparisonCounts,
  type Report,
  type ReportCounts,
  type ReportSlot,
} from '../shared/domain/report.ts';

/** The tables of a report that can be written as CSV. */
export const REPORT_TABLES = ['slots', 'scenes', 'reasons', 'steps', 'uptime'] as const;
export type ReportTableName = (typeof REPORT_TABLES)[number];

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

const COUNT_HEAD = ['submitted', 'passed', 'refused', 'pass_rate', 'review', 'error'];
const COMPARISON_HEAD = ['compared', 'match', 'cannot_tell', 'no_match'];

function countCells(counts: ReportCounts): readonly CsvCell[] {
  const { submitted, passed, failed, review, error } = counts;
  const rate = passRate(counts);
  return [submitted, passed, failed, rate === null ? null : Math.round(rate * 10_000) / 10_000, review, error];
}

function comparisonCells(comparisons: ComparisonCounts): readonly CsvCell[] {
  const { match, grey, noMatch } = comparisons;
  return [comparedIn(comparisons), match, grey, noMatch];
}

function slotName({ day, hour, repeatedAtMin }: ReportSlot): string {
  if (hour === null) return day;
  const time = `${day} ${String(hour).padStart(2, '0')}:00`;
  return repeatedAtMin === null ? time : `${time} UTC${repeatedAtMin < 0 ? '' : '+'}${repeatedAtMin / 60}`;
}

function tableOf(report: Report, name: ReportTableName): Table {
  switch (name) {
    case 'slots':
      return {
        head: [report.window.unit, ...COUNT_HEAD, ...COMPARISON_HEAD],
        rows: report.slots.map((slot) => [slotName(slot), ...countCells(slot), ...comparisonCells(slot.comparisons)]),
      };
    case 'scenes':
      return {
        head: ['scene', 'scheme', ...COUNT_HEAD, ...COMPARISON_HEAD],
        rows: report.scenes.map((row) => [
          row.sceneId,
          row.scheme,
          ...countCells(row),
          ...comparisonCells(row.comparisons),
        ]),
      };
    case 'reasons':
      return {
        head: ['reason', 'state', 'count'],
        rows: report.reasons.map(({ reason, state, count }) => [reason, state, count]),
      };
    case 'steps':
      return {
        head: ['step', 'count', 'mean_ms', 'p50_ms', 'p95_ms'],
        rows: report.steps.map(({ stage, count, meanMs, p50Ms, p95Ms }) => [
          stage,
          count,
          ...[meanMs, p50Ms, p95Ms].map(Math.round),
        ]),
      };
    case 'uptime':
      return {
        head: ['part', 'up_ms', 'down_ms', 'unknown_ms', 'failures'],
        rows: report.uptime.map(({ part, upMs, downMs, unknownMs, failures }) => [
          part,
          upMs,
          downMs,
          unknownMs,
          failures,
        ]),
      };
  }
}

/** One table of a report as CSV, with a head. */
export function reportCsv(report: Report, name: ReportTableName): string {
  const { head, rows } = tableOf(report, name);
  return [head, ...rows].map((cells) => csvLine(cells)).join('');
}

/** The whole report for a terminal: the sums, then every table in columns. */
export function reportText(report: Report): string {
  const { window, totals } = report;
  const rate = passRate(totals);
  const sums = [
    `${window.from} to ${window.to}`,
    `submitted ${totals.submitted}  passed ${totals.passed}  refused ${totals.failed}  pass rate ${
      rate === null ? '-' : `${(rate * 100).toFixed(1)} %`
    }  review ${totals.review}  error ${totals.error}  compared ${comparedIn(totals.comparisons)}`,
  ];
  const tables = REPORT_TABLES.flatMap((name) => ['', ...aligned(tableOf(report, name))]);
  return `${[...sums, ...tables].join('\n')}\n`;
}

function aligned({ head, rows }: Table): readonly string[] {
  const texts = [head, ...rows.map((cells) => cells.map((cell) => (cell === null ? '-' : String(cell))))];
  const widths = head.map((_, column) => Math.max(...texts.map((cells) => cells[column]?.length ?? 0)));
  return texts.map((cells) =>
    cells
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
