import type { PixelBox } from '../../shared/domain/liveness.ts';
import { enlargedWithin, squareAround, type Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';
import { softmax } from './tensor.ts';

export interface SpoofDetector {
  /** Probability that the frame shows a live face rather than a print or a screen, 0..1. Weak on one frame alone. */
  liveScore(frame: Frame, face: PixelBox): Promise<number>;
  wipe(): void;
}

/**
 * Calls must not overlap: the model has one input buffer.
 *
 * @throws when the model's manifest entry doesn't say that it tells live faces.
 */
export function createSpoofDetector(model: LoadedModel, sampler: Sampler): SpoofDetector {
  const { meaning } = model;
  if (meaning?.kind !== 'liveness') throw new Error('the spoof model does not say what it gives');
  return {
    liveScore: async (frame, face) => {
      const part = enlargedWithin(squareAround(face, frame), meaning.surroundings, frame);
      sampler.fill(frame, part, model);
      const [scores] = await model.run();
      return meaning.scores === 'logit' ? softmax(scores!)[meaning.liveClass]! : scores![meaning.liveClass]!;
    },
    wipe: () => void model.tensor.fill(0),
  };
}
