import type { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { systemClock } from '../shared/clock.ts';
import { createFaceProcess } from '../verifier/adapters/face-process.ts';
import { importReferences } from '../verifier/adapters/reference-import.ts';
import { openReferencePhotos, type ReferencePhotos } from '../verifier/adapters/reference-photos.ts';
import { assertMasterKey, loadMasterKey } from '../verifier/sessions/master-key.ts';
import { openVerifierDatabase } from '../verifier/storage/open-database.ts';
import { openObjectStore } from '../verifier/storage/open-object-store.ts';
import { parseCsv } from './csv.ts';
import { modelsFolder } from './models-folder.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';

interface PlaceOptions {
  readonly data: string;
  readonly database?: string;
  readonly objects?: string;
  readonly models?: string;
  readonly json?: boolean;
}

const LONGEST_PHOTO_BYTES = 10_000_000;
const IMPORTED_BY = 'command line';

/** Adds `references` below `verifier`: the photos that the verifier itself compares with. */
export function registerReferenceCommands(verifier: Command): void {
  const references = verifier.command('references').description('reference photos of this verifier');
  placed(references.command('import'))
    .description('enrol photos from a list with the columns number, name, photo; files lie beside the list')
    .argument('<list.csv>', 'the list')
    .option('--models <folder>', 'folder with the models')
    .action((list: string, options: PlaceOptions) => importList(list, options));
  placed(references.command('count'))
    .description('how many photos are enrolled')
    .action((options: PlaceOptions) =>
      withPhotos(options, async (photos) => {
        const count = await photos.count();
        if (options.json === true) emitJson({ count });
        else emitText(String(count));
      }),
    );
}

function placed(command: Command): Command {
  return command
    .option('--data <folder>', 'data folder of the verifier', 'verifier-data')
    .option('--database <address>', 'postgres://… where the verifier uses one')
    .option('--objects <address>', 'where its objects are, when not in the data folder')
    .option('--json', 'one JSON value on standard output');
}

async function importList(list: string, options: PlaceOptions): Promise<void> {
  const text = await readFile(list, 'utf8').catch(() => null);
  if (text === null)
    return emitError(usageProblem('the list can not be read', 'Give a CSV file.'), options.json === true);
  const faces = createFaceProcess(modelsFolder(options.models), systemClock);
  try {
    await withPhotos(options, async (photos) => {
      const readPhoto = (file: string): Promise<Buffer | null> => readBeside(dirname(resolve(list)), file);
      const report = await importReferences({ photos, faces, readPhoto, addedBy: IMPORTED_BY }, parseCsv(text));
      if (options.json === true) emitJson(report);
      else {
        for (const { line, why } of report.refused) emitText(`line ${line}: ${why}`);
        emitText(`${report.added} added, ${report.replaced} replaced, ${report.refused.length} refused`);
      }
      if (report.refused.length > 0) process.exitCode = 1;
    });
  } finally {
    faces.stop();
  }
}

async function withPhotos(options: PlaceOptions, work: (photos: ReferencePhotos) => Promise<void>): Promise<void> {
  const { data, database: address, objects: place } = options;
  const mayCreate = address === undefined;
  const masterKey = loadMasterKey({ folder: data, environment: process.env, mayCreate, randomBytes });
  const database = await openVerifierDatabase(data, address ?? null);
  const objects = await openObjectStore(place ?? join(data, 'objects'), process.env);
  try {
    await assertMasterKey(database, masterKey, systemClock, randomBytes);
    await work(await openReferencePhotos({ database, objects, masterKey, clock: systemClock, randomBytes }));
  } finally {
    await objects.close();
    await database.close();
  }
}

/** A file within the list's folder; null for any other, and for one that is too large for a photo. */
async function readBeside(folder: string, file: string): Promise<Buffer | null> {
  const path = resolve(folder, file);
  if (relative(folder, path).startsWith('..')) return null;
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > LONGEST_PHOTO_BYTES) return null;
  return readFile(path);
}
