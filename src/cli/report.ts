import { Option, type Command } from 'commander';
import { readReport } from '../main/composition/report-desk.ts';
import { createSceneBook } from '../main/settings/scene-book.ts';
import type { SettingsStore } from '../main/settings/settings.ts';
import type { StoreDatabase } from '../main/store/database.ts';
import { dayBy, machineOffset } from '../main/store/report-place.ts';
import { createReportRows } from '../main/store/report-rows.ts';
import { systemClock } from '../shared/clock.ts';
import type { Report } from '../shared/domain/report.ts';
import { addDays, DEFAULT_REPORT_DAYS, LONGEST_REPORT_DAYS } from '../shared/domain/report-window.ts';
import type { Failure } from '../shared/reasons.ts';
import type { Result } from '../shared/result.ts';
import { emitError, emitJson, emitText } from './output.ts';
import { REPORT_TABLES, reportCsv, reportText, type ReportTableName } from './report-output.ts';
import { readingSettings, withSettingStore, type SettingStoreOptions } from './setting-store.ts';

interface ReportOptions extends SettingStoreOptions {
  readonly from?: string;
  readonly to?: string;
  readonly scene: readonly string[];
  readonly scheme: readonly string[];
  /** True for the option without a value. */
  readonly csv?: ReportTableName | true;
}

/** Adds `report`. */
export function registerReportCommand(program: Command): void {
  const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  withSettingStore(program.command('report'))
    .description(
      'submissions, passes, refusals, comparisons, reasons, time per step and uptime; 7 days where none are given',
    )
    .option('--from <day>', `first day, like 2026-03-01; at most ${LONGEST_REPORT_DAYS} days, a later end is moved`)
    .option('--to <day>', 'last day; hours where it is the only one')
    .option('--scene <id>', 'only this scene; may be given several times', several, [])
    .option('--scheme <id>', 'only this scheme; may be given several times', several, [])
    .addOption(new Option('--csv [table]', 'CSV on standard output; by default slots').choices(REPORT_TABLES))
    .action(printReport);
}

function printReport(options: ReportOptions): void {
  const json = options.json === true;
  const read = readingSettings(options, (settings, database) => reportOf(options, settings, database));
  if (!read.ok) return emitError(read.error, json);
  const report = read.value;
  const { window, plain } = report;
  if (json) return emitJson(report);
  if (window.moved !== null) {
    emitText(`A report spans at most ${LONGEST_REPORT_DAYS} days: --${window.moved} is now ${window[window.moved]}.`);
  }
  if (plain > 0) emitText(`${plain} earlier certifications are not told apart by hour, scheme and reason yet.`);
  const text =
    options.csv === undefined ? reportText(report) : reportCsv(report, options.csv === true ? 'slots' : options.csv);
  process.stdout.write(text);
}

function reportOf(options: ReportOptions, settings: SettingsStore, database: StoreDatabase): Result<Report, Failure> {
  const rows = createReportRows(database);
  if (!rows.ok) return rows;
  const today = dayBy(machineOffset)(systemClock.wallMs());
  const to = options.to ?? today;
  return readReport(
    { database, rows: rows.value, scenes: createSceneBook(settings), clock: systemClock, offsetOf: machineOffset },
    {
      from: options.from ?? weekUpTo(to),
      to,
      keep: options.from === undefined ? 'to' : 'from',
      sceneIds: [...options.scene],
      schemes: [...options.scheme],
    },
  );
}

/** The first day of the usual span; for what isn't a day the text itself, which is refused by its name then. */
function weekUpTo(day: string): string {
  return Number.isNaN(Date.parse(`${day}T00:00Z`)) ? day : addDays(day, 1 - DEFAULT_REPORT_DAYS);
}
