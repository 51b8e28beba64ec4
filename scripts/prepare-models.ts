import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  mediaManifestSchema,
  modelManifestSchema,
  TEXT_PARTS,
  type MediaManifest,
  type ModelEntry,
  type ModelManifest,
  type TextEntry,
  type TextFile,
  type VoiceEntry,
} from '../src/main/inference/model-manifest.ts';
import { flushDenormals } from './flush-denormals.ts';
import { expandPrelu } from './models/expand-prelu.ts';
import { tfliteToOnnx } from './models/tflite-to-onnx.ts';
import { PreparationError, readPackageFile, sha256Of, sha256OfFile, writeAtomically } from './package-file.ts';

interface Preparation {
  /** Where unpacked packages are kept between runs. */
  readonly cacheFolder: string;
  readonly print: (line: string) => void;
}

/** The cache outside git: `COUNTERSIGN_CACHE`, or `.cache` in the repository. */
export function cacheFolderOf(root: string, environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment['COUNTERSIGN_CACHE'] ?? join(root, '.cache'));
}

/**
 * Brings every model of the manifest into `modelsFolder`, byte for byte as the manifest says.
 *
 * @returns the number of files written; 0 when everything was up to date.
 * @throws PreparationError on any mismatch; nothing that doesn't match is ever written.
 */
export async function prepareModels(
  manifest: ModelManifest,
  modelsFolder: string,
  preparation: Preparation,
): Promise<number> {
  let written = 0;
  for (const model of manifest.models) {
    const path = join(modelsFolder, model.file);
    if ((await sha256OfFile(path)) === model.sha256) continue;
    const bytes = await builtModel(model, preparation);
    await writeAtomically(path, bytes);
    preparation.print(`model ${model.id}: ${model.file} (${bytes.length} bytes)`);
    written++;
  }
  for (const { id, entry } of publishedAsTheyAre(manifest)) {
    if (await prepareAsPublished(id, entry, modelsFolder, preparation)) written++;
  }
  return written;
}

/** The files that need no transform: the voice model, and everything that text is read with. */
function publishedAsTheyAre({
  voice,
  text,
}: Pick<ModelManifest, 'voice' | 'text'>): { readonly id: string; readonly entry: VoiceEntry | TextFile }[] {
  return [...(voice ? [{ id: 'voice', entry: voice }] : []), ...(text ? textFiles(text) : [])];
}

function textFiles({ files }: TextEntry): { readonly id: string; readonly entry: TextFile }[] {
  return TEXT_PARTS.map((part) => ({ id: `text ${part}`, entry: files[part] }));
}

async function prepareAsPublished(
  id: string,
  { file, sha256, source }: VoiceEntry | TextFile,
  modelsFolder: string,
  { cacheFolder, print }: Preparation,
): Promise<boolean> {
  const path = join(modelsFolder, file);
  if ((await sha256OfFile(path)) === sha256) return false;
  if (source.kind === 'operator') throw missingFromOperator(file, source.supplier);
  const bytes = await readPackageFile(source, cacheFolder);
  if (sha256Of(bytes) !== sha256) throw new PreparationError(`${file}: sha256 and source.sha256 differ`);
  await writeAtomically(path, bytes);
  print(`model ${id}: ${file} (${bytes.length} bytes)`);
  return true;
}

function missingFromOperator(file: string, supplier: string): PreparationError {
  return new PreparationError(`${file} comes from ${supplier}: put it into the models folder`);
}

async function builtModel(model: ModelEntry, { cacheFolder, print }: Preparation): Promise<Uint8Array> {
  if (model.source.kind === 'operator') throw missingFromOperator(model.file, model.source.supplier);
  let bytes = transformed(await readPackageFile(model.source, cacheFolder), model, print);
  if (model.expandPrelu) {
    const rewritten = expandPrelu(bytes);
    bytes = rewritten.model;
    print(`model ${model.id}: wrote ${rewritten.expanded} PReLU as convolutions`);
  }
  const sha256 = sha256Of(bytes);
  if (sha256 !== model.sha256) {
    throw new PreparationError(`${model.file} came out with SHA-256 ${sha256}, expected ${model.sha256}`);
  }
  return bytes;
}

function transformed(
  published: Uint8Array,
  { id, file, transform }: ModelEntry,
  print: Preparation['print'],
): Uint8Array {
  switch (transform.kind) {
    case 'none':
      return published;
    case 'flush-denormals': {
      const { model, flushed } = flushDenormals(published, transform.below);
      print(`model ${id}: set ${flushed} weights under ${transform.below} to zero`);
      return model;
    }
    case 'tflite-to-onnx': {
      const part = published.subarray(transform.offset, transform.offset + transform.bytes);
      const sha256 = sha256Of(part);
      if (sha256 !== transform.sha256) {
        throw new PreparationError(`the source of ${file} has SHA-256 ${sha256}, expected ${transform.sha256}`);
      }
      print(`model ${id}: converted from TensorFlow Lite`);
      return tfliteToOnnx(part);
    }
  }
}

/**
 * Brings the videos and stills for the demo and the tests into `mediaFolder`, in the same manner.
 *
 * @returns the number of files written.
 * @throws PreparationError on any mismatch.
 */
export async function prepareMedia(
  manifest: MediaManifest,
  mediaFolder: string,
  { cacheFolder, print }: Preparation,
): Promise<number> {
  let written = 0;
  for (const media of manifest.media) {
    const path = join(mediaFolder, media.file);
    if ((await sha256OfFile(path)) === media.sha256) continue;
    await writeAtomically(path, await readPackageFile(media, cacheFolder));
    print(`media ${media.file}`);
    written++;
  }
  return written;
}

async function readJson(path: string): Promise<unknown> {
  if (!existsSync(path)) throw new PreparationError(`${path} is missing`);
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Prepares models and media of the repository at `root`. */
export async function prepareAll(root: string, print: (line: string) => void): Promise<void> {
  const preparation = { cacheFolder: cacheFolderOf(root), print };
  const modelsFolder = join(root, 'models');
  const models = modelManifestSchema.parse(await readJson(join(modelsFolder, 'manifest.json')));
  const media = mediaManifestSchema.parse(await readJson(join(root, 'tests/fixtures/media.json')));
  const mediaFolder = join(preparation.cacheFolder, 'media');
  const written =
    (await prepareModels(models, modelsFolder, preparation)) + (await prepareMedia(media, mediaFolder, preparation));
  const total = models.models.length + publishedAsTheyAre(models).length + media.media.length;
  print(
    written === 0 ? `models and media: ${total} files are up to date` : `models and media: ${written} files prepared`,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await prepareAll(resolve(import.meta.dirname, '..'), (line) => console.log(line));
  } catch (error) {
    if (!(error instanceof PreparationError)) throw error;
    console.error(`prepare-models: ${error.message}`);
    process.exitCode = 1;
  }
}
