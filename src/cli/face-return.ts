import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readFaceReturnStatus, tryFaceReturn } from '../main/composition/face-return-desk.ts';
import { createSettingsStore } from '../main/settings/settings.ts';
import { DATABASE_FILE_NAME, type StoreDatabase } from '../main/store/database.ts';
import { readFaceReturnLoad } from '../main/store/face-return-rows.ts';
import { createSecretRows } from '../main/store/secret-rows.ts';
import { readSettingRow } from '../main/store/setting-rows.ts';
import { systemClock } from '../shared/clock.ts';
import type { FaceReturnStatus } from '../shared/ipc/admin-schemes.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err } from '../shared/result.ts';
import { describeProblem, emitError, emitJson } from './output.ts';
import { openStoreForReading } from './store-access.ts';

interface FaceReturnOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly json?: boolean;
}

/** Adds `face-return status` and `face-return try`. */
export function registerFaceReturnCommands(program: Command): void {
  const faceReturn = program
    .command('face-return')
    .description('face pictures on their way to the customer’s own store');
  const withStore = (command: Command): Command =>
    command
      .requiredOption('--data-folder <folder>', 'the data folder of the application')
      .option('--key-file <file>', 'master key; by default database.key in the data folder')
      .option('--json', 'JSON on standard output');
  withStore(faceReturn.command('status'))
    .description('where they go, how many wait, and why the last one wasn’t taken; keys are never shown')
    .action((options: FaceReturnOptions) => withDatabase(options, (database) => showStatus(database, options)));
  withStore(faceReturn.command('try'))
    .description('write a small object to the destination and remove it again')
    .action((options: FaceReturnOptions) => withDatabase(options, (database) => tryDestination(database, options)));
}

async function withDatabase(
  options: FaceReturnOptions,
  work: (database: StoreDatabase) => Failure | null | Promise<Failure | null>,
): Promise<void> {
  const json = options.json === true;
  const store = openStoreForReading(join(options.dataFolder, DATABASE_FILE_NAME), options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  try {
    const problem = await work(store.value.database);
    if (problem) emitError(problem, json);
  } finally {
    store.value.database.close();
  }
}

function partsOf(database: StoreDatabase) {
  const settings = createSettingsStore({
    read: (name) => readSettingRow(database, name),
    write: () => err(failure('store.unavailable', 'opened for reading')),
  });
  return { settings, secrets: createSecretRows(database) };
}

function showStatus(database: StoreDatabase, { json }: FaceReturnOptions): Failure | null {
  const status = readFaceReturnStatus(partsOf(database), readFaceReturnLoad(database));
  if (!status.ok) return status.error;
  if (json === true) emitJson(status.value);
  else process.stdout.write(`${textOf(status.value).join('\n')}\n`);
  return null;
}

async function tryDestination(database: StoreDatabase, { json }: FaceReturnOptions): Promise<Failure | null> {
  const parts = { ...partsOf(database), clock: systemClock, randomBytes };
  const tried = await tryFaceReturn(parts, systemClock);
  if (!tried.ok) return tried.error;
  if (json === true) emitJson(tried.value);
  else process.stdout.write(`written and removed in ${tried.value.tookMs} ms\n`);
  return null;
}

function textOf({ destination, hasKeys, waiting, sent, lastFailure }: FaceReturnStatus): readonly string[] {
  if (destination === null) return ['no destination', `${waiting} waiting  ${sent} sent`];
  const place =
    destination.kind === 'folder'
      ? `folder ${destination.folder}`
      : `${destination.kind} ${destination.endpoint} ${destination.bucket}/${destination.prefix}  ${hasKeys ? 'with keys' : 'no keys'}`;
  const failed = lastFailure === null ? [] : [describeProblem(lastFailure).message];
  return [place, `${waiting} waiting  ${sent} sent`, ...failed];
}
