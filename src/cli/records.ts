import { join } from 'node:path';
import type { Command } from 'commander';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { createRecordQueries, type RecordQueries } from '../main/store/record-queries.ts';
import type { RecordRow } from '../shared/ipc/admin.ts';
import { VERDICT_STATES, type Failure, type VerdictState } from '../shared/reasons.ts';
import { ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, usageProblem } from './output.ts';
import { exportRecordsToFile } from './records-export.ts';
import { exportSession } from './records-session.ts';
import { openStoreForReading } from './store-access.ts';

interface StoreOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly json?: boolean;
}

interface ListOptions extends StoreOptions {
  readonly offset: string;
  readonly limit: string;
  readonly state?: string;
}

/** Adds `records list`, `records show`, `records export` and `records session`. */
export function registerRecordCommands(program: Command): void {
  const records = program.command('records').description('certifications as they are kept');
  const withStore = (command: Command): Command =>
    command
      .requiredOption('--data-folder <folder>', 'the data folder of the application')
      .option('--key-file <file>', 'master key; by default database.key in the data folder')
      .option('--json', 'JSON on standard output');
  withStore(records.command('list'))
    .description('newest first; one JSON value per line with --json')
    .option('--offset <number>', 'records to skip', '0')
    .option('--limit <number>', 'records to show', '50')
    .option('--state <state>', VERDICT_STATES.join(', '))
    .action(listRecords);
  withStore(records.command('show')).description('one record with its receipt').argument('<id>').action(showRecord);
  withStore(records.command('export'))
    .description('write records to a CSV file, masked as they are kept')
    .requiredOption('--csv <file>', 'a file that is there is replaced')
    .option('--from <time>', 'begun at or after, as 2026-11-01 or 2026-11-01T08:00Z')
    .option('--to <time>', 'begun before')
    .option('--scene <id>', 'of one scene')
    .option('--scheme <id>', 'of one scheme')
    .option('--state <state>', VERDICT_STATES.join(', '))
    .option('--reason <code>', 'with one reason')
    .action(exportRecordsToFile);
  withStore(records.command('session'))
    .description('decrypt what is kept of a certification: recorded challenges, best pictures, clip')
    .argument('<id>')
    .requiredOption('--out <folder>', 'a new or empty folder')
    .action(exportSession);
}

function listRecords(options: ListOptions): void {
  const json = options.json === true;
  const offset = Number(options.offset);
  const limit = Number(options.limit);
  if (!Number.isInteger(offset) || offset < 0 || !Number.isInteger(limit) || limit < 1) {
    return emitError(usageProblem('--offset and --limit are whole numbers', 'For example --limit 50.'), json);
  }
  const state = VERDICT_STATES.find((known) => known === options.state) ?? null;
  if (options.state !== undefined && state === null) {
    return emitError(usageProblem('--state is not a state', `One of ${VERDICT_STATES.join(', ')}.`), json);
  }
  const page = withQueries(options, (queries) => queries.list(offset, limit, state));
  if (!page.ok) return emitError(page.error, json);
  for (const row of page.value.rows) {
    if (json) emitJson(row);
    else process.stdout.write(`${lineOf(row, state)}\n`);
  }
}

function showRecord(id: string, options: StoreOptions): void {
  const json = options.json === true;
  const detail = withQueries(options, (queries) => queries.show(id));
  if (!detail.ok) return emitError(detail.error, json);
  if (json) emitJson(detail.value);
  else process.stdout.write(`${JSON.stringify(detail.value, null, 2)}\n`);
}

function withQueries<T>(
  options: StoreOptions,
  ask: (queries: RecordQueries) => Result<T, Failure>,
): Result<T, Failure> {
  const store = openStoreForReading(join(options.dataFolder, DATABASE_FILE_NAME), options.keyFile);
  if (!store.ok) return store;
  try {
    const answer = ask(createRecordQueries(store.value.database));
    return answer.ok ? ok(answer.value) : answer;
  } finally {
    store.value.database.close();
  }
}

function lineOf(row: RecordRow, filter: VerdictState | null): string {
  const time = new Date(row.startedAtMs).toISOString();
  const columns = [time, row.certifyId, row.sceneId, ...(filter === null ? [row.state] : []), row.reason];
  const marks = [row.provisional ? 'unconfirmed' : '', row.simulated ? 'simulated' : ''].filter((mark) => mark !== '');
  return [...columns, row.nameMasked ?? '-', ...marks].join('  ');
}
