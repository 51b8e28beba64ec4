import type { PixelBox } from '../../shared/domain/liveness.ts';
import { squareAround, type Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';
import { fillTensor, softmax } from './tensor.ts';

/** Degrees. Negative yaw: the nose points toward image right. Positive pitch: up; a frontal face reads -18 to 0. */
export interface HeadPose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

export interface HeadPoseEstimator {
  estimate(frame: Frame, face: PixelBox): Promise<HeadPose>;
  wipe(): void;
}

/** Each head of the model has 66 bins of 3 degrees from -99. */
const DEGREES_PER_BIN = 3;
const FIRST_BIN_DEGREES = -99;

export function createHeadPoseEstimator(model: LoadedModel, sampler: Sampler): HeadPoseEstimator {
  const [, , height, width] = model.input.shape;
  const pixels = new Float32Array(width * height * 3);
  return {
    estimate: async (frame, face) => {
      sampler.sample(frame, withMargin(squareAround(face, frame), frame), width, height, pixels);
      fillTensor(pixels, model.input, model.tensor);
      const [yaw, pitch, roll] = await model.run();
      return { yaw: expectedDegrees(yaw!), pitch: expectedDegrees(pitch!), roll: expectedDegrees(roll!) };
    },
    wipe: () => {
      pixels.fill(0);
      model.tensor.fill(0);
    },
  };
}

/** The square enlarged by a quarter of its width on each side, clipped to the frame. */
function withMargin(square: PixelBox, frame: Frame): PixelBox {
  const margin = square.width / 4;
  const x = Math.max(0, square.x - margin);
  const y = Math.max(0, square.y - margin);
  return {
    x,
    y,
    width: Math.min(frame.width, square.x + square.width + margin) - x,
    height: Math.min(frame.height, square.y + square.height + margin) - y,
  };
}

function expectedDegrees(logits: Float32Array): number {
  const expectedBin = softmax(logits).reduce((sum, probability, bin) => sum + bin * probability, 0);
  return expectedBin * DEGREES_PER_BIN + FIRST_BIN_DEGREES;
}
