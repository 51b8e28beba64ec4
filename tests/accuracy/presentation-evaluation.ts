import { readFile } from 'node:fs/promises';
import { detCurve, scoreSets, type OperatingPoint } from '../../src/main/comparison/roc.ts';
import {
  presentationErrors,
  type PresentationErrors,
  type PresentationScore,
} from '../../src/main/comparison/presentation-errors.ts';
import { median } from '../../src/main/inference/evidence.ts';
import type { FacePipeline } from '../../src/main/inference/face-pipeline.ts';
import { decodeImage } from '../../src/main/inference/image-codec.ts';
import type { Presentation } from './dataset.ts';

/** The product refuses a median below 0.1; the others show how the errors move. */
export const LIVE_THRESHOLDS = [0.1, 0.3, 0.5, 0.7] as const;

/** The figures of the spoof model by itself, without the light challenge. */
export interface PresentationEvaluation {
  readonly presentations: number;
  readonly frames: number;
  readonly subjects: number;
  readonly scores: readonly (PresentationScore & { readonly frames: number })[];
  readonly errors: readonly PresentationErrors[];
  readonly curves: readonly { readonly species: string; readonly points: readonly OperatingPoint[] }[];
}

/** Scores every frame of every presentation; a clip's score is the median over its frames with a face. */
export async function evaluatePresentations(
  presentations: readonly Presentation[],
  pipeline: FacePipeline,
  progress: (done: number, total: number) => void,
): Promise<PresentationEvaluation> {
  const scores: (PresentationScore & { frames: number })[] = [];
  for (const { files, label, species } of presentations) {
    const found: number[] = [];
    for (const file of files) {
      const score = await liveScoreOf(file, pipeline);
      if (score !== null) found.push(score);
    }
    scores.push({ label, species, liveScore: median(found), frames: files.length });
    progress(scores.length, presentations.length);
  }
  return {
    presentations: presentations.length,
    frames: scores.reduce((sum, { frames }) => sum + frames, 0),
    subjects: new Set(presentations.map(({ subject }) => subject)).size,
    scores,
    errors: LIVE_THRESHOLDS.map((threshold) => presentationErrors(scores, threshold)),
    curves: curvesOf(scores),
  };
}

async function liveScoreOf(file: string, pipeline: FacePipeline): Promise<number | null> {
  const bytes = await readFile(file).catch(() => null);
  const frame = bytes && (await decodeImage(bytes));
  if (!frame?.ok) throw new Error(`${file} is missing or no picture`);
  const [face] = await pipeline.detect(frame.value);
  return face ? pipeline.liveScore(frame.value, face) : null;
}

function curvesOf(scores: readonly PresentationScore[]) {
  const values = (part: readonly PresentationScore[]) => part.flatMap(({ liveScore }) => liveScore ?? []);
  const live = values(scores.filter(({ label }) => label === 'live'));
  const species = [...new Set(scores.filter(({ label }) => label === 'spoof').map((score) => score.species))].sort();
  return species.map((name) => ({
    species: name,
    points: detCurve(scoreSets(live, values(scores.filter((score) => score.species === name)))),
  }));
}
