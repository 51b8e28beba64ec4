import type { Command } from 'commander';
import { meterWindow } from '../main/metering/meter-window.ts';
import type { StorageConfiguration } from '../verifier/configuration.ts';
import { createVerifierCalls } from '../verifier/reports/meter-source.ts';
import { openVerifierDatabase } from '../verifier/storage/open-database.ts';
import { compareWith, printCalls, reportCalls, type MeterWork } from './meter-output.ts';
import { wrongDays } from './meter.ts';
import { emitError } from './output.ts';

interface VerifierMeterOptions {
  readonly data: string;
  readonly from: string;
  readonly to: string;
  readonly statement?: string;
  readonly json?: boolean;
}

/** Adds `verifier meter report`, `export` and `reconcile`: all calls of all devices, the repeated ones too. */
export function registerVerifierMeter(
  verifier: Command,
  withStorageOptions: (command: Command) => Command,
  storageOf: (options: { readonly data: string; readonly json?: boolean }) => StorageConfiguration | null,
): void {
  const meter = verifier
    .command('meter')
    .description('calls that this verifier made, and what a vendor bills for them');
  const add = (name: string, description: string, workOf: (options: VerifierMeterOptions) => MeterWork): Command =>
    withStorageOptions(meter.command(name))
      .description(description)
      .requiredOption('--from <day>', 'first day, like 2026-03-01')
      .requiredOption('--to <day>', 'last day; at most 90 days in all')
      .action(async (_options: object, command: Command) => {
        // An option before the sub-command's name is taken by the command above it.
        const options = command.optsWithGlobals<VerifierMeterOptions>();
        const storage = storageOf(options);
        if (storage !== null) await carryOut(options, storage, workOf(options));
      });
  add('report', 'calls, decisions, passes and bills by scene, check, vendor and operation', () => reportCalls);
  add('export', 'every call as CSV on standard output, or as JSON lines', () => printCalls);
  add('reconcile', 'match a vendor’s statement; exit code 1 where they differ', ({ statement = '' }) =>
    compareWith(statement),
  ).requiredOption('--statement <file>', 'CSV with a head, as the vendor’s console exports it');
}

async function carryOut(
  { from, to, json = false }: VerifierMeterOptions,
  { dataFolder, database: address }: StorageConfiguration,
  work: MeterWork,
): Promise<void> {
  const window = meterWindow(from, to);
  if (!window.ok) return emitError(wrongDays(window.error.detail), json);
  const database = await openVerifierDatabase(dataFolder, address);
  try {
    const problem = await work(createVerifierCalls(database), window.value, json);
    if (problem) emitError(problem, json);
  } finally {
    await database.close();
  }
}
