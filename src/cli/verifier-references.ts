import type { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { systemClock } from '../shared/clock.ts';
import { createFaceProcess } from '../verifier/adapters/face-process.ts';
import {
  importReferences,
  type PhotoProblem,
  type ReferenceImportReport,
} from '../verifier/adapters/reference-import.ts';
import { openReferencePhotos, type ReferencePhotos } from '../verifier/adapters/reference-photos.ts';
import type { StorageConfiguration } from '../verifier/configuration.ts';
import { loadMasterKey } from '../verifier/master-key.ts';
import { assertMasterKey } from '../verifier/sessions/master-key-check.ts';
import { openVerifierDatabase } from '../verifier/storage/open-database.ts';
import { openObjectStore } from '../verifier/storage/open-object-store.ts';
import { parseCsv } from './csv.ts';
import { modelsFolder } from './models-folder.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';

interface PlaceOptions {
  readonly data: string;
  readonly models?: string;
  readonly json?: boolean;
}

type StorageOf = (options: PlaceOptions) => StorageConfiguration | null;

const LONGEST_PHOTO_BYTES = 10_000_000;
const IMPORTED_BY = 'command line';

/** Adds `references` below `verifier`: the photos that the verifier itself compares with. */
export function registerReferenceCommands(
  verifier: Command,
  withStorageOptions: (command: Command) => Command,
  storageOf: StorageOf,
): void {
  const references = verifier.command('references').description('reference photos of this verifier');
  withStorageOptions(references.command('import'))
    .description('enrol photos from a list with the columns number, name, photo; files lie beside the list')
    .argument('<list.csv>', 'the list')
    .option('--models <folder>', 'folder with the models')
    .action((list: string, _options: object, command: Command) => importList(list, command, storageOf));
  withStorageOptions(references.command('count'))
    .description('how many photos are enrolled')
    .action((_options: object, command: Command) =>
      withPhotos(command, storageOf, async (photos, json) => {
        const count = await photos.count();
        if (json) emitJson({ count });
        else emitText(String(count));
      }),
    );
}

async function importList(list: string, command: Command, storageOf: StorageOf): Promise<void> {
  const { json = false, models } = command.optsWithGlobals<PlaceOptions>();
  const text = await readFile(list, 'utf8').catch(() => null);
  if (text === null) return emitError(usageProblem('the list can not be read', 'Give a CSV file.'), json);
  const faces = createFaceProcess(modelsFolder(models), systemClock);
  try {
    await withPhotos(command, storageOf, async (photos) => {
      const readPhoto = (file: string) => readBeside(dirname(resolve(list)), file);
      report(await importReferences({ photos, faces, readPhoto, addedBy: IMPORTED_BY }, parseCsv(text)), json);
    });
  } finally {
    faces.stop();
  }
}

function report(found: ReferenceImportReport, json: boolean): void {
  const { added, replaced, refused } = found;
  if (json) emitJson(found);
  else {
    for (const { line, why } of refused) emitText(`line ${line}: ${why}`);
    emitText(`${added} added, ${replaced} replaced, ${refused.length} refused`);
  }
  if (refused.length > 0) setExitCode(1);
}

async function withPhotos(
  command: Command,
  storageOf: StorageOf,
  work: (photos: ReferencePhotos, json: boolean) => Promise<void>,
): Promise<void> {
  // An option before the sub-command's name is taken by the command above it.
  const options = command.optsWithGlobals<PlaceOptions>();
  const storage = storageOf(options);
  if (storage === null) return;
  const masterKey = await loadMasterKey(storage.dataFolder, process.env, randomBytes);
  const database = await openVerifierDatabase(storage.dataFolder, storage.database);
  const objects = await openObjectStore(storage.objects, process.env);
  try {
    await assertMasterKey(database, masterKey, systemClock, randomBytes);
    const photos = await openReferencePhotos({ database, objects, masterKey, clock: systemClock, randomBytes });
    await work(photos, options.json === true);
  } finally {
    await objects.close();
    await database.close();
  }
}

/** A file within the list's folder. */
async function readBeside(folder: string, file: string): Promise<Buffer | PhotoProblem> {
  const path = resolve(folder, file);
  const within = relative(folder, path);
  if (within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within)) return 'elsewhere';
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return 'missing';
  return found.size > LONGEST_PHOTO_BYTES ? 'too-large' : readFile(path);
}
