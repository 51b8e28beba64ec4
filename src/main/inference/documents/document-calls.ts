import type { Clock } from '../../../shared/clock.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Handlers } from '../../worker-process/rpc.ts';
import type { InferenceContract } from '../contract.ts';
import type { ReadFile } from '../model-store.ts';
import { readBankCard } from './bank-card/read-bank-card.ts';
import { createDocumentReader, type DocumentReader } from './document-reader.ts';
import type { FindFaces } from './id-card/portrait.ts';
import { shippedIssuers } from './issuer-table.ts';
import { createTextEngine } from './text/text-engine.ts';
import { loadTextModels } from './text/text-models.ts';
import { judgeDocument } from './warnings/judge-document.ts';
import { createDocumentWatches } from './watch/document-watches.ts';
import { readZonePicture } from './zone/read-zone-picture.ts';

export type DocumentCall = 'readDocument' | 'watchDocument' | 'endWatch';

export interface DocumentCallParts {
  readonly clock: Clock;
  readonly readFile: ReadFile;
  readonly findFaces: FindFaces;
}

/** What documents are read with, as the command line and the inference process use it. */
export interface OpenDocumentReader extends DocumentReader {
  release(): Promise<void>;
}

/** Loads the models of text and puts the readers of all kinds of documents together. */
export async function openDocumentReader(
  { clock, readFile, findFaces }: DocumentCallParts,
  folder: string,
  threads: number,
): Promise<Result<OpenDocumentReader, Failure>> {
  const models = await loadTextModels(folder, threads, readFile);
  if (!models.ok) return models;
  const reader = createDocumentReader({
    clock,
    engine: createTextEngine(models.value),
    findFaces,
    judge: judgeDocument,
    readBankCard: (seen) => readBankCard(seen, shippedIssuers()),
    readZone: readZonePicture,
  });
  return ok({ ...reader, release: () => models.value.release() });
}

export interface DocumentCalls extends Handlers<Pick<InferenceContract, DocumentCall>> {
  /** The models of text are loaded anew, at the first document that is read. */
  reset(folder: string, threads: number): Promise<void>;
}

/** The inference process's calls about documents. Text models are loaded when they are needed first. */
export function createDocumentCalls(parts: DocumentCallParts): DocumentCalls {
  const watches = createDocumentWatches();
  let source: { readonly folder: string; readonly threads: number } | null = null;
  let opened: OpenDocumentReader | null = null;

  async function reader(): Promise<Result<OpenDocumentReader, Failure>> {
    if (opened) return ok(opened);
    if (!source) return err(failure('inference.unavailable', 'models are not loaded'));
    const opening = await openDocumentReader(parts, source.folder, source.threads);
    if (opening.ok) opened = opening.value;
    return opening;
  }

  return {
    reset: async (folder, threads) => {
      await opened?.release();
      opened = null;
      source = { folder, threads };
    },
    readDocument: async (asked) => {
      const ready = await reader();
      const read = ready.ok ? await ready.value.readDocument(asked) : ready;
      asked.image.fill(0);
      return read;
    },
    watchDocument: async (frame) => {
      const seen = await watches.watch(frame);
      frame.jpeg.fill(0);
      return seen;
    },
    endWatch: async ({ watchId }) => {
      watches.end(watchId);
      return ok(null);
    },
  };
}
