import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createTextEngine, type DirectedTextEngine } from '../../../src/main/inference/documents/text/text-engine.ts';
import { loadTextModels } from '../../../src/main/inference/documents/text/text-models.ts';

export const MODELS_FOLDER = resolve(import.meta.dirname, '../../../models');

/** Opens the text engine with the prepared models; one thread unless more are asked for. */
export async function openTextEngine(
  folder: string = MODELS_FOLDER,
  threads = 1,
): Promise<{ readonly engine: DirectedTextEngine; release(): Promise<void> }> {
  const models = await loadTextModels(folder, threads, (path) => readFile(path).catch(() => null));
  if (!models.ok) throw new Error(`${models.error.code}: ${models.error.detail}`);
  return { engine: createTextEngine(models.value), release: () => models.value.release() };
}
