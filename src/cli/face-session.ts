import { readFile } from 'node:fs/promises';
import { systemClock } from '../shared/clock.ts';
import type { FaceComparison, PairKind } from '../shared/domain/comparison.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { cosineSimilarity } from '../main/comparison/similarity.ts';
import { createThresholdTable, type ThresholdTable } from '../main/comparison/threshold-table.ts';
import type { Embedding } from '../main/inference/face-embedder.ts';
import type { FaceInspection } from '../main/inference/face-inspection.ts';
import { createFacePipeline, inspectFrame, type FacePipeline } from '../main/inference/face-pipeline.ts';
import { decodeImage } from '../main/inference/image-codec.ts';
import { loadModels } from '../main/inference/model-store.ts';
import { decodePortrait, embedMainFace } from '../main/inference/portrait.ts';
import { comparePhotoWithSeveralFaces, type SeveralFacesComparison } from '../main/inference/several-faces.ts';

/** The models in this process, for commands that look at files. */
export interface FaceSession {
  inspect(file: string): Promise<Result<FaceInspection, Failure>>;
  /** `b` is the chip portrait of a `live-chip` pair. Each file is analysed once per session. */
  compare(
    a: string,
    b: string,
    kind: PairKind,
    far: number,
  ): Promise<Result<FaceComparison & { match: boolean }, Failure>>;
  /** Every face of `photo` against the main face of `reference`. */
  compareEach(
    photo: string,
    reference: string,
    kind: PairKind,
    far: number,
  ): Promise<Result<SeveralFacesComparison, Failure>>;
}

/**
 * Loads all models of a folder, which then stay loaded until the process ends; fails with `inference.model-refused`.
 * What the session's calls fail with: `inference.image-invalid` for a file, `capture.no-face` or, in a chip portrait,
 * `document.no-face`.
 */
export async function openFaceSession(folder: string): Promise<Result<FaceSession, Failure>> {
  const store = await loadModels(folder, 1, readOrNull);
  if (!store.ok) return store;
  const pipeline = createFacePipeline(store.value.models);
  const table = createThresholdTable(store.value.thresholds);
  const embeddings = new Map<string, Promise<Result<Embedding, Failure>>>();
  const embeddingOf = (file: string, role: 'live' | 'chip'): Promise<Result<Embedding, Failure>> => {
    const key = `${role} ${file}`;
    const known = embeddings.get(key) ?? embedFile(pipeline, file, role);
    embeddings.set(key, known);
    return known;
  };
  return ok({
    inspect: (file) => inspectFile(pipeline, file),
    compare: async (a, b, kind, far) => {
      const first = await embeddingOf(a, 'live');
      if (!first.ok) return first;
      const second = await embeddingOf(b, kind === 'live-chip' ? 'chip' : 'live');
      return second.ok ? ok(compared(table, first.value, second.value, kind, far)) : second;
    },
    compareEach: async (photoFile, referenceFile, kind, far) => {
      const [photo, reference] = [await readOrNull(photoFile), await readOrNull(referenceFile)];
      if (!photo || !reference) return unreadable();
      return comparePhotoWithSeveralFaces(pipeline, { photo, reference, kind }, (a, b) => {
        const similarity = cosineSimilarity(a, b);
        return { ...table.compare(similarity, kind), outcome: table.decide(similarity, kind, far) };
      });
    },
  });
}

function compared(table: ThresholdTable, a: Embedding, b: Embedding, kind: PairKind, far: number) {
  const similarity = cosineSimilarity(a, b);
  return { ...table.compare(similarity, kind), match: table.decide(similarity, kind, far) === 'match' };
}

async function inspectFile(pipeline: FacePipeline, file: string): Promise<Result<FaceInspection, Failure>> {
  const bytes = await readOrNull(file);
  if (!bytes) return unreadable();
  const startMs = systemClock.monotonicMs();
  const decoded = await decodeImage(bytes);
  if (!decoded.ok) return decoded;
  return ok(await inspectFrame(pipeline, decoded.value, systemClock, systemClock.monotonicMs() - startMs));
}

async function embedFile(
  pipeline: FacePipeline,
  file: string,
  role: 'live' | 'chip',
): Promise<Result<Embedding, Failure>> {
  const bytes = await readOrNull(file);
  if (!bytes) return unreadable();
  const decoded = role === 'chip' ? await decodePortrait(bytes) : await decodeImage(bytes);
  if (!decoded.ok) return decoded;
  const embedding = await embedMainFace(pipeline, decoded.value);
  if (embedding) return ok(embedding);
  return err(failure(role === 'chip' ? 'document.no-face' : 'capture.no-face', 'no face found'));
}

function readOrNull(path: string): Promise<Uint8Array | null> {
  return readFile(path).catch(() => null);
}

function unreadable(): Result<never, Failure> {
  return err(failure('inference.image-invalid', "the file is missing or can't be read"));
}
