import type { PixelBox } from '../../shared/domain/liveness.ts';
import { squareAround, type Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';
import { softmax } from './tensor.ts';

/** Degrees. Negative yaw: the nose points toward image right. Positive pitch: up; a frontal face reads about -4. */
export interface HeadPose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

export interface HeadPoseEstimator {
  estimate(frame: Frame, face: PixelBox): Promise<HeadPose>;
  wipe(): void;
}

/** Each head of the model has 66 bins of 3 degrees from -99; a bin stands for its middle. */
const DEGREES_PER_BIN = 3;
const FIRST_BIN_DEGREES = -97.5;

/** For a model whose outputs are yaw, pitch and roll in this order. Calls must not overlap: it has one input buffer. */
export function createHeadPoseEstimator(model: LoadedModel, sampler: Sampler): HeadPoseEstimator {
  return {
    estimate: async (frame, face) => {
      // No margin: with a quarter on each side a mirrored picture can keep its yaw (99th percentile of the error 77
      // degrees on 166 LFW pictures, 6 without).
      sampler.fill(frame, squareAround(face, frame), model);
      const [yaw, pitch, roll] = await model.run();
      return { yaw: expectedDegrees(yaw!), pitch: expectedDegrees(pitch!), roll: expectedDegrees(roll!) };
    },
    wipe: () => void model.tensor.fill(0),
  };
}

function expectedDegrees(logits: Float32Array): number {
  const expectedBin = softmax(logits).reduce((sum, probability, bin) => sum + bin * probability, 0);
  return expectedBin * DEGREES_PER_BIN + FIRST_BIN_DEGREES;
}
