import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';

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

/** Least probability of a face, and the overlap (intersection over union) above which two boxes are one face. */
const MIN_SCORE = 0.65;
const SAME_FACE_OVERLAP = 0.4;

/** Detects faces by stretching the whole frame to the model's input; the model's boxes are relative corners. */
export function createFaceDetector(model: LoadedModel, sampler: Sampler): FaceDetector {
  return {
    detect: async (frame) => {
      sampler.fill(frame, { x: 0, y: 0, width: frame.width, height: frame.height }, model);
      const [scores, boxes] = await model.run();
      return withoutDuplicates(candidates(scores!, boxes!, frame));
    },
    wipe: () => void model.tensor.fill(0),
  };
}

function candidates(scores: Float32Array, boxes: Float32Array, frame: Frame): DetectedFace[] {
  const found: DetectedFace[] = [];
  for (let i = 0; 2 * i < scores.length; i++) {
    const score = scores[2 * i + 1]!;
    if (score <= MIN_SCORE) continue;
    const x = boxes[4 * i]! * frame.width;
    const y = boxes[4 * i + 1]! * frame.height;
    const width = boxes[4 * i + 2]! * frame.width - x;
    const height = boxes[4 * i + 3]! * frame.height - y;
    if (width > 0 && height > 0) found.push({ box: { x, y, width, height }, score });
  }
  return found.sort((a, b) => b.score - a.score);
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
