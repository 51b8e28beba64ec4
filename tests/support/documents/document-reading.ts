import { readFile } from 'node:fs/promises';
import { systemClock } from '../../../src/shared/clock.ts';
import {
  createDocumentReader,
  type DocumentReader,
  type DocumentReaderParts,
} from '../../../src/main/inference/documents/document-reader.ts';
import { createTextEngine } from '../../../src/main/inference/documents/text/text-engine.ts';
import { loadTextModels } from '../../../src/main/inference/documents/text/text-models.ts';
import { judgeDocument } from '../../../src/main/inference/documents/warnings/judge-document.ts';
import { createFacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { MODELS_FOLDER } from '../inference/text-engine.ts';

/** Opens the document reader with the prepared models. */
export async function openDocumentReader(
  parts: Partial<DocumentReaderParts> = {},
  threads = 1,
): Promise<{ readonly reader: DocumentReader; readonly parts: DocumentReaderParts; release(): Promise<void> }> {
  const read = (path: string): Promise<Uint8Array | null> => readFile(path).catch(() => null);
  const text = await loadTextModels(MODELS_FOLDER, threads, read);
  const faces = await loadModels(MODELS_FOLDER, threads, read);
  if (!text.ok) throw new Error(`${text.error.code}: ${text.error.detail}`);
  if (!faces.ok) throw new Error(`${faces.error.code}: ${faces.error.detail}`);
  const pipeline = createFacePipeline(faces.value.models);
  const whole: DocumentReaderParts = {
    clock: systemClock,
    engine: createTextEngine(text.value),
    findFaces: (picture) => pipeline.detect(picture),
    judge: judgeDocument,
    readBankCard: () => Promise.reject(new Error('no reader of bank cards was given')),
    readZone: () => Promise.reject(new Error('no reader of zones was given')),
    ...parts,
  };
  return {
    reader: createDocumentReader(whole),
    parts: whole,
    release: async () => {
      await text.value.release();
      await faces.value.release();
    },
  };
}
