import type { PixelBox } from '../../shared/domain/liveness.ts';
import { enlargedWithin, squareAround, type Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';
import { softmax } from './tensor.ts';

/** How much of the surroundings the model sees, as a multiple of the face's square. */
const SURROUNDINGS = 2.7;
const LIVE_CLASS = 0;

export interface SpoofDetector {
  /** Probability that the frame shows a live face rather than a print or a screen, 0..1. Weak on one frame alone. */
  liveScore(frame: Frame, face: PixelBox): Promise<number>;
  wipe(): void;
}

export function createSpoofDetector(model: LoadedModel, sampler: Sampler): SpoofDetector {
  return {
    liveScore: async (frame, face) => {
      const part = enlargedWithin(squareAround(face, frame), SURROUNDINGS, frame);
      sampler.fill(frame, part, model);
      const [logits] = await model.run();
      return softmax(logits!)[LIVE_CLASS]!;
    },
    wipe: () => void model.tensor.fill(0),
  };
}
