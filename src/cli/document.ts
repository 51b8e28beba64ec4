import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { systemClock } from '../shared/clock.ts';
import { DOCUMENT_PAGES, type DocumentPage, type DocumentReading } from '../shared/domain/document-reading.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { openDocumentReader, type OpenDocumentReader } from '../main/inference/documents/document-calls.ts';
import { createFacePipeline } from '../main/inference/face-pipeline.ts';
import type { Frame } from '../main/inference/frame.ts';
import { loadModels } from '../main/inference/model-store.ts';
import { localDayOf } from '../main/store/local-day.ts';
import { registerDocumentReadCommand } from './document-read.ts';
import { readingJson, readingText } from './document-output.ts';
import { modelsFolder } from './models-folder.ts';
import { emitError, emitJson, emitText, setExitCode } from './output.ts';
import { createProgress } from './progress.ts';

interface DocumentOptions {
  readonly json?: boolean;
  readonly models?: string;
  readonly side?: 'front' | 'back';
  readonly unmasked?: boolean;
}

/** Adds `document idcard`, `document bankcard`, `document mrz` and `document read`. */
export function registerDocumentCommands(program: Command): void {
  const document = program.command('document').description('read ID cards, bank cards and travel documents');
  withOptions(document.command('idcard'))
    .description('read pictures of ID cards: fields, how sure they are, and warnings')
    .option('--side <side>', 'only this side is accepted: front or back', sideOf)
    .action((images: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<DocumentOptions>();
      return readAll(images, options.side ? [`id-card-${options.side}`] : ['id-card-front', 'id-card-back'], options);
    });
  withOptions(document.command('bankcard'))
    .description('read pictures of bank cards: number, expiry, issuer, and warnings')
    .option('--unmasked', 'print whole card numbers')
    .action((images: string[], _options: unknown, command: Command) =>
      readAll(images, ['bank-card'], command.optsWithGlobals<DocumentOptions>()),
    );
  withOptions(document.command('mrz'))
    .description('read the machine-readable zone in pictures of passports and cards')
    .action((images: string[], _options: unknown, command: Command) =>
      readAll(images, ['travel-document'], command.optsWithGlobals<DocumentOptions>()),
    );
  registerDocumentReadCommand(document);
}

function withOptions(command: Command): Command {
  return command
    .argument('<image...>', 'JPEG, PNG, WebP or BMP files')
    .option('--json', 'one JSON value per line on standard output')
    .option('--models <folder>', 'folder with manifest.json and the models');
}

function sideOf(text: string): 'front' | 'back' {
  if (text === 'front' || text === 'back') return text;
  throw new Error('--side is front or back');
}

/** Reads every picture as the first of `pages` that it shows. One that can't be read doesn't end the others. */
async function readAll(
  images: readonly string[],
  pages: readonly DocumentPage[],
  options: DocumentOptions,
): Promise<void> {
  const json = options.json === true;
  const opened = await openReader(modelsFolder(options.models));
  if (!opened.ok) return emitError(opened.error, json);
  const progress = createProgress('reading', images.length);
  const today = localDayOf(systemClock.wallMs());
  for (const file of images) {
    const read = await readFileAs(opened.value, file, pages, today);
    progress.wipe();
    if (!read.ok) {
      if (json) emitJson({ file, error: { code: read.error.code, detail: read.error.detail } });
      else emitError({ ...read.error, detail: [file, read.error.detail].filter((part) => part).join(': ') }, false);
      setExitCode(1);
    } else if (json) emitJson({ file, ...readingJson(read.value, options.unmasked === true) });
    else emitText(readingText(file, read.value, options.unmasked === true));
    progress.step();
  }
  progress.wipe();
  await opened.value.release();
}

async function readFileAs(
  reader: OpenDocumentReader,
  file: string,
  pages: readonly DocumentPage[],
  today: string,
): Promise<Result<DocumentReading, Failure>> {
  const image = await readFile(file).catch(() => null);
  if (!image) return err(failure('request.invalid', 'the file can not be read'));
  let last: Result<DocumentReading, Failure> = err(failure('document.not-a-card'));
  for (const page of pages.filter((each) => DOCUMENT_PAGES.includes(each))) {
    last = await reader.readDocument({ image, page, today });
    if (last.ok || last.error.code !== 'document.wrong-side') break;
  }
  return last;
}

async function openReader(folder: string): Promise<Result<OpenDocumentReader, Failure>> {
  const read = (path: string): Promise<Uint8Array | null> => readFile(path).catch(() => null);
  const faces = await loadModels(folder, 1, read);
  if (!faces.ok) return faces;
  const pipeline = createFacePipeline(faces.value.models);
  const parts = { clock: systemClock, readFile: read, findFaces: (picture: Frame) => pipeline.detect(picture) };
  const reader = await openDocumentReader(parts, folder, 1);
  if (!reader.ok) return reader;
  return ok({
    readDocument: (asked) => reader.value.readDocument(asked),
    release: async () => {
      await reader.value.release();
      await faces.value.release();
    },
  });
}
