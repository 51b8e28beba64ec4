import { join } from 'node:path';
import type { Command } from 'commander';
import { meterWindow } from '../main/metering/meter-window.ts';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { createMeterRows } from '../main/store/meter-rows.ts';
import { compareWith, printCalls, reportCalls, type MeterWork } from './meter-output.ts';
import { emitError, usageProblem, type UsageProblem } from './output.ts';
import { openStoreForReading } from './store-access.ts';

interface MeterOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/** Adds `meter report`, `meter export` and `meter reconcile`. */
export function registerMeterCommands(program: Command): void {
  const meter = program.command('meter').description('what was asked of whom, what it costs, and what a vendor bills');
  const withWindow = (command: Command): Command =>
    command
      .requiredOption('--data-folder <folder>', 'the data folder of the application')
      .option('--key-file <file>', 'master key; by default database.key in the data folder')
      .requiredOption('--from <day>', 'first day, like 2026-03-01')
      .requiredOption('--to <day>', 'last day; at most 90 days in all')
      .option('--json', 'JSON on standard output');
  withWindow(meter.command('report'))
    .description('calls, decisions, passes and bills by scene, scheme, verifier and operation')
    .action((options: MeterOptions) => inWindow(options, reportCalls));
  withWindow(meter.command('export'))
    .description('every call on standard output: CSV, or one JSON value a line with --json')
    .action((options: MeterOptions) => inWindow(options, printCalls));
  withWindow(meter.command('reconcile'))
    .description('match a vendor’s statement line by line; exit code 1 where they differ')
    .requiredOption('--statement <file>', 'CSV with a head, as the vendor’s console exports it')
    .action((options: MeterOptions & { statement: string }) => inWindow(options, compareWith(options.statement)));
}

async function inWindow(options: MeterOptions, work: MeterWork): Promise<void> {
  const json = options.json === true;
  const window = meterWindow(options.from, options.to);
  if (!window.ok) return emitError(wrongDays(window.error.detail), json);
  const store = openStoreForReading(join(options.dataFolder, DATABASE_FILE_NAME), options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  try {
    const problem = await work(createMeterRows(store.value.database), window.value, json);
    if (problem) emitError(problem, json);
  } finally {
    store.value.database.close();
  }
}

/** What is wrong with `--from` and `--to`. */
export function wrongDays(detail = ''): UsageProblem {
  return usageProblem(`--${detail}`, 'For example --from 2026-03-01 --to 2026-03-31.');
}
