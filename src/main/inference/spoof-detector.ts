import type { PixelBox } from '../../shared/domain/liveness.ts';
import { enlargedWithin, squareAround, type Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';
import { fillTensor, softmax } from './tensor.ts';

/** How much of the surroundings the model sees, as a multiple of the face's square. */
const SURROUNDINGS = 2.7;
const LIVE_CLASS = 0;

export interface SpoofDetector {
  /** Probability that the frame shows a live face rather than a print or a screen, 0..1. Weak on one frame alone. */
  liveScore(frame: Frame, face: PixelBox): Promise<number>;
  wipe(): void;
}

export function createSpoofDetector(model: LoadedModel, sampler: Sampler): SpoofDetector {
  const [, , height, width] = model.input.shape;
  const pixels = new Float32Array(width * height * 3);
  return {
    liveScore: async (frame, face) => {
      const part = enlargedWithin(squareAround(face, frame), SURROUNDINGS, frame);
      sampler.sample(frame, part, width, height, pixels);
      fillTensor(pixels, model.input, model.tensor);
      const [logits] = await model.run();
      return softmax(logits!)[LIVE_CLASS]!;
    },
    wipe: () => {
      pixels.fill(0);
      model.tensor.fill(0);
    },
  };
}
