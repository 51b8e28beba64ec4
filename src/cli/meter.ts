import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exportCalls, meterReport, reconcile } from '../main/composition/admin-metering-handlers.ts';
import { meterCsvHead, meterCsvLine } from '../main/metering/meter-csv.ts';
import { meterWindow } from '../main/metering/meter-window.ts';
import { MAX_STATEMENT_BYTES, parseStatement, statementText, type Statement } from '../main/metering/statement.ts';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { createMeterRows, type MeterRows } from '../main/store/meter-rows.ts';
import type { MeterRow, MeterWindow, Reconciliation } from '../shared/domain/metering.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';
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
    .action((options: MeterOptions) => inWindow(options, (calls, window) => report(calls, window, options)));
  withWindow(meter.command('export'))
    .description('every call on standard output: CSV, or one JSON value a line with --json')
    .action((options: MeterOptions) => inWindow(options, (calls, window) => exportLines(calls, window, options)));
  withWindow(meter.command('reconcile'))
    .description('match a vendor’s statement line by line; exit code 1 where they differ')
    .requiredOption('--statement <file>', 'CSV with a head, as the vendor’s console exports it')
    .action((options: MeterOptions & { statement: string }) =>
      inWindow(options, (calls, window) => compareWith(options.statement, calls, window, options)),
    );
}

async function inWindow(
  options: MeterOptions,
  work: (calls: MeterRows, window: MeterWindow) => Promise<Failure | null>,
): Promise<void> {
  const json = options.json === true;
  const window = meterWindow(options.from, options.to);
  if (!window.ok)
    return emitError(usageProblem(`--${window.error.detail ?? ''}`, 'For example --from 2026-03-01.'), json);
  const store = openStoreForReading(join(options.dataFolder, DATABASE_FILE_NAME), options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  try {
    const problem = await work(createMeterRows(store.value.database), window.value);
    if (problem) emitError(problem, json);
  } finally {
    store.value.database.close();
  }
}

async function report(calls: MeterRows, window: MeterWindow, { json }: MeterOptions): Promise<Failure | null> {
  const rows = await meterReport(calls, window);
  if (!rows.ok) return rows.error;
  if (json === true) emitJson(rows.value);
  else for (const row of rows.value) process.stdout.write(`${lineOf(row)}\n`);
  return null;
}

function lineOf({ sceneId, scheme, verifier, operation, ...sums }: MeterRow): string {
  const counts = `calls ${sums.calls}  decided ${sums.successful}  passed ${sums.passes}  billed ${sums.billed}`;
  const where = [sceneId === '' ? '-' : sceneId, scheme === '' ? '-' : scheme, verifier, operation].join('  ');
  return sums.unknown === 0 ? `${where}  ${counts}` : `${where}  ${counts}  unknown ${sums.unknown}`;
}

async function exportLines(calls: MeterRows, window: MeterWindow, { json }: MeterOptions): Promise<Failure | null> {
  if (json !== true) process.stdout.write(meterCsvHead());
  const exported = await exportCalls(calls, window, (line) => {
    if (json === true) emitJson(line);
    else process.stdout.write(meterCsvLine(line));
  });
  if (!exported.ok) return exported.error;
  emitText(`${exported.value} calls`);
  return null;
}

async function compareWith(
  file: string,
  calls: MeterRows,
  window: MeterWindow,
  { json }: MeterOptions,
): Promise<Failure | null> {
  const statement = readStatement(file);
  if (!statement.ok) return statement.error;
  const reconciled = await reconcile(calls, window, statement.value);
  if (!reconciled.ok) return reconciled.error;
  if (json === true) emitJson(reconciled.value);
  else process.stdout.write(`${textOf(reconciled.value).join('\n')}\n`);
  const { onlyThere, onlyHere, differing, unread } = reconciled.value;
  if (onlyThere.length + onlyHere.length + differing.length + unread.length > 0) setExitCode(1);
  return null;
}

/** Reads a statement of a vendor; the size is looked at before it is read. */
export function readStatement(file: string): Result<Statement, Failure> {
  try {
    if (statSync(file).size > MAX_STATEMENT_BYTES) return err(failure('request.invalid', 'statement: at most 20 MB'));
    return parseStatement(statementText(readFileSync(file)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    return err(failure('request.invalid', `statement: ${code}`));
  }
}

/** A reconciliation in words, one finding a line. */
export function textOf({
  matched,
  onlyThere,
  onlyHere,
  differing,
  resolved,
  unread,
}: Reconciliation): readonly string[] {
  return [
    `${matched} matched`,
    ...onlyThere.map(
      ({ line, orderId, requestId, count }) =>
        `only on the statement: line ${line}, ${orderId === '' ? `request ${requestId ?? ''}` : `order ${orderId}`}, ${count}`,
    ),
    ...onlyHere.map(
      ({ orderId, verifier, operation, startedAtMs }) =>
        `only here: order ${orderId}, ${verifier} ${operation}, ${new Date(startedAtMs).toISOString()}`,
    ),
    ...differing.map(
      ({ orderId, expected, billed }) => `differs: order ${orderId}, expected ${expected}, on the statement ${billed}`,
    ),
    ...resolved.map(
      ({ orderId, billed }) =>
        `answer was lost: order ${orderId}, ${billed ? 'billed' : 'not billed'} by the statement`,
    ),
    ...unread.map(({ line, why }) => `not read: line ${line}, ${why}`),
  ];
}
