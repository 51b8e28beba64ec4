import { readFile } from 'node:fs/promises';
import { modelsFolder } from '../../../scripts/steps/paths.ts';
import { openDocumentReader } from '../../../src/main/inference/documents/document-calls.ts';
import type { DocumentReader } from '../../../src/main/inference/documents/document-reader.ts';
import { createFacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { systemClock } from '../../../src/shared/clock.ts';

export interface MeasuredReader extends DocumentReader {
  release(): Promise<void>;
}

/** The product's own reader with its models, put together as its processes do. */
export async function openReader(threads: number): Promise<MeasuredReader> {
  const read = (path: string): Promise<Uint8Array | null> => readFile(path).catch(() => null);
  const faces = await loadModels(modelsFolder, threads, read);
  if (!faces.ok) throw new Error(`the models can't be used: ${faces.error.detail ?? faces.error.code}`);
  const pipeline = createFacePipeline(faces.value.models);
  const parts = { clock: systemClock, readFile: read, findFaces: (picture: Frame) => pipeline.detect(picture) };
  const reader = await openDocumentReader(parts, modelsFolder, threads);
  if (!reader.ok) throw new Error(`the models of text can't be used: ${reader.error.detail ?? reader.error.code}`);
  return {
    ...reader.value,
    release: async () => {
      await reader.value.release();
      await faces.value.release();
    },
  };
}
