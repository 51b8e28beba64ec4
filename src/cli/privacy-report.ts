import { readProcessings, type ProcessingRow } from '../main/store/processing-report.ts';
import { isCalendarDate } from '../shared/domain/calendar-date.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';
import { readingSettings, type SettingStoreOptions } from './setting-store.ts';

interface ReportOptions extends SettingStoreOptions {
  readonly from: string;
  readonly to: string;
}

const COLUMNS = [
  'certifyId',
  'startedAtMs',
  'sceneId',
  'scheme',
  'state',
  'reason',
  'identified',
  'consent',
  'consentVersion',
  'noticeHash',
  'mayBeSent',
  'check',
  'confirmed',
  'faceReturned',
  'picturesUntilMs',
  'erasedAtMs',
  'simulated',
] as const satisfies readonly (keyof ProcessingRow)[];

/** Every processing of some days: CSV with a head, times as ISO 8601, or one JSON value a line. */
export function reportProcessings(options: ReportOptions): void {
  const json = options.json === true;
  const { from, to } = options;
  if (!isCalendarDate(from) || !isCalendarDate(to) || from > to) {
    return emitError(usageProblem('--from and --to are days, the first one first', 'Like --from 2026-01-01.'), json);
  }
  if (!json) process.stdout.write(`${COLUMNS.map(columnName).join(',')}\n`);
  const written = readingSettings(options, (_, database) =>
    readProcessings(database, { from, to }, (row) => {
      if (json) emitJson(row);
      else process.stdout.write(`${COLUMNS.map((column) => cell(column, row[column])).join(',')}\n`);
    }),
  );
  if (!written.ok) return emitError(written.error, json);
  emitText(`${written.value} processings from ${from} to ${to}`);
}

/** A column that is a time is named without its unit: it is written as a time. */
function columnName(column: string): string {
  return column.replace(/Ms$/, '');
}

function cell(column: string, value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value === 'number' && column.endsWith('Ms')) return new Date(value).toISOString();
  return String(value);
}
