import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { DetectionMeaning } from './model-manifest.ts';
import type { Sampler } from './resize.ts';
import { softmax } from './tensor.ts';

export interface DetectedFace {
  /** In pixels of the frame; may reach over its edge. */
  readonly box: PixelBox;
  /** Probability of a face, 0..1. */
  readonly score: number;
}

export interface FaceDetector {
  /** All faces of the frame, most certain first. */
  detect(frame: Frame): Promise<readonly DetectedFace[]>;
  wipe(): void;
}

/** The overlap (intersection over union) above which two boxes are one face. */
const SAME_FACE_OVERLAP = 0.4;

/** Detects faces by stretching the whole frame to the model's input. */
export function createFaceDetector(model: LoadedModel, sampler: Sampler): FaceDetector {
  const { meaning, input } = model;
  if (meaning?.kind !== 'detection') throw new Error('the detector does not say what it gives');
  const [, , height, width] = input.shape;
  const unit = meaning.boxes === 'pixels' ? { x: 1 / width, y: 1 / height } : { x: 1, y: 1 };
  return {
    detect: async (frame) => {
      sampler.fill(frame, { x: 0, y: 0, width: frame.width, height: frame.height }, model);
      const [scores, boxes] = await model.run();
      const scale = { x: unit.x * frame.width, y: unit.y * frame.height };
      return withoutDuplicates(candidates(scores!, boxes!, meaning, scale));
    },
    wipe: () => void model.tensor.fill(0),
  };
}

/** @param scale pixels of the frame in one unit of the boxes. */
function candidates(
  scores: Float32Array,
  boxes: Float32Array,
  meaning: DetectionMeaning,
  scale: { readonly x: number; readonly y: number },
): DetectedFace[] {
  const { classes, faceClass, minScore } = meaning;
  const found: DetectedFace[] = [];
  for (let i = 0; classes * i < scores.length; i++) {
    const score =
      meaning.scores === 'probability'
        ? scores[classes * i + faceClass]!
        : probabilityOf(scores, classes * i, faceClass, classes);
    if (score <= minScore) continue;
    const x = boxes[4 * i]! * scale.x;
    const y = boxes[4 * i + 1]! * scale.y;
    const width = boxes[4 * i + 2]! * scale.x - x;
    const height = boxes[4 * i + 3]! * scale.y - y;
    if (width > 0 && height > 0) found.push({ box: { x, y, width, height }, score });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Softmax over the classes, or the logistic function where there is only one. */
function probabilityOf(logits: Float32Array, at: number, faceClass: number, classes: number): number {
  return classes === 1 ? 1 / (1 + Math.exp(-logits[at]!)) : softmax(logits, at, classes)[faceClass]!;
}

function withoutDuplicates(sorted: readonly DetectedFace[]): DetectedFace[] {
  const kept: DetectedFace[] = [];
  for (const face of sorted) {
    if (kept.every((other) => overlapOf(face.box, other.box) <= SAME_FACE_OVERLAP)) kept.push(face);
  }
  return kept;
}

/** Intersection over union of two boxes, 0..1. */
export function overlapOf(a: PixelBox, b: PixelBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
