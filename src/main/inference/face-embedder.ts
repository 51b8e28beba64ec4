import { ALIGNED_SIDE } from './face-aligner.ts';
import type { LoadedModel } from './model-store.ts';
import { fillTensor } from './tensor.ts';
import { warpInto, type Affine } from './warp.ts';

/** A face as a unit vector; two faces are compared by the dot product. */
export type Embedding = Float32Array;

export interface FaceEmbedder {
  /** @param aligned 112 × 112 interleaved RGB pixels of 0..255. */
  embed(aligned: Float32Array): Promise<Embedding>;
  wipe(): void;
}

/**
 * Enlarges the aligned face where the model takes another side than 112 pixels. Embeddings of two models can't be
 * compared.
 */
export function createFaceEmbedder(model: LoadedModel): FaceEmbedder {
  const side = model.input.shape[2];
  const resized = new Float32Array(side === ALIGNED_SIDE ? 0 : side * side * 3);
  const enlargement = side / ALIGNED_SIDE;
  /** From the middle of the first pixel to the middle of the first pixel. */
  const shift = (enlargement - 1) / 2;
  const whole: Affine = [enlargement, 0, shift, 0, enlargement, shift];
  return {
    embed: async (aligned) => {
      if (side === ALIGNED_SIDE) fillTensor(aligned, model.input, model.tensor);
      else {
        warpInto({ width: ALIGNED_SIDE, height: ALIGNED_SIDE, values: aligned }, whole, side, resized);
        fillTensor(resized, model.input, model.tensor);
      }
      const [values] = await model.run();
      return normalised(values!);
    },
    wipe: () => {
      resized.fill(0);
      model.tensor.fill(0);
    },
  };
}

/** The vector with length 1; a vector of zeroes stays one. */
export function normalised(values: Float32Array): Embedding {
  let sum = 0;
  for (const value of values) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  return values.map((value) => value / length);
}

/** The normalised mean of several embeddings of one person; steadier than any one of them. */
export function fused(embeddings: readonly Embedding[]): Embedding {
  const sum = new Float32Array(embeddings[0]?.length ?? 0);
  for (const embedding of embeddings) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + embedding[i]!;
  return normalised(sum);
}
