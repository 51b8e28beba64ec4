import { readFile } from 'node:fs/promises';
import { createFacePipeline, inspectFrame, type FacePipeline } from '../main/inference/face-pipeline.ts';
import { decodeImage } from '../main/inference/image-codec.ts';
import { loadModels } from '../main/inference/model-store.ts';
import { systemClock } from '../shared/clock.ts';
import type { QualityFinding } from '../shared/domain/face-quality.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** How good one frame is as a picture of the person in it. */
export interface FrameRating {
  /** 0–100; 0 without a face. */
  readonly quality: number;
  /** Of the upright face, in the unit of the `blurred` limit; 0 without a face. */
  readonly sharpness: number;
  readonly liveScore: number | null;
  readonly reasons: readonly QualityFinding[];
}

/** Rates the main face of an image file. Fails with `inference.image-invalid`. */
export type FrameRater = (file: string) => Promise<Result<FrameRating, Failure>>;

const WITHOUT_FACE: FrameRating = {
  quality: 0,
  sharpness: 0,
  liveScore: null,
  reasons: [{ reason: 'no-face', value: 0, limit: 1 }],
};

/** Loads the models of a folder. Calls of the rater must not overlap. */
export async function openFrameRater(modelsFolder: string): Promise<Result<FrameRater, Failure>> {
  const store = await loadModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
  if (!store.ok) return store;
  const pipeline = createFacePipeline(store.value.models);
  return ok((file) => rateFile(pipeline, file));
}

async function rateFile(pipeline: FacePipeline, file: string): Promise<Result<FrameRating, Failure>> {
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return err(failure('inference.image-invalid', "the file is missing or can't be read"));
  const decoded = await decodeImage(bytes);
  if (!decoded.ok) return decoded;
  const { faces } = await inspectFrame(pipeline, decoded.value, systemClock, 0);
  const main = faces[0];
  if (!main) return ok(WITHOUT_FACE);
  const landmarks = Float32Array.from(main.landmarks.flat());
  const { sharpness } = pipeline.appearance(pipeline.align(decoded.value, { ...main, landmarks }));
  return ok({
    quality: main.quality.score,
    sharpness,
    liveScore: main.spoof.liveScore,
    reasons: main.quality.reasons,
  });
}
