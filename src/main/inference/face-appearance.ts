import { ALIGNED_SIDE } from './face-aligner.ts';
import { luma } from './tensor.ts';

/** How an aligned face looks, on luma values of 0..255. */
export interface FaceAppearance {
  readonly meanLuma: number;
  /** Mean luma of the lighter half of the face over the darker half, at least 1. */
  readonly sideRatio: number;
  /** Variance of the 4-neighbour Laplacian: falls with blur. */
  readonly sharpness: number;
}

/** The part of the aligned square that is face on nearly everybody: between the ears, forehead to chin. */
const FACE = { left: 18, right: 94, top: 30, bottom: 106 } as const;

export interface AppearanceReader {
  /** @param aligned 112 × 112 interleaved RGB pixels of 0..255. */
  read(aligned: Float32Array): FaceAppearance;
  wipe(): void;
}

/** Reads only the part of the aligned square that is face; a grey copy of the last one stays until `wipe`. */
export function createAppearanceReader(): AppearanceReader {
  const grey = new Float32Array(ALIGNED_SIDE * ALIGNED_SIDE);
  return {
    read: (aligned) => {
      for (let i = 0; i < grey.length; i++) grey[i] = luma(aligned[3 * i]!, aligned[3 * i + 1]!, aligned[3 * i + 2]!);
      const middle = (FACE.left + FACE.right) / 2;
      const leftLuma = meanOf(grey, FACE.left, middle);
      const rightLuma = meanOf(grey, middle, FACE.right);
      return {
        meanLuma: (leftLuma + rightLuma) / 2,
        sideRatio: Math.max(leftLuma, rightLuma, 1) / Math.max(1, Math.min(leftLuma, rightLuma)),
        sharpness: laplacianVariance(grey),
      };
    },
    wipe: () => void grey.fill(0),
  };
}

function meanOf(grey: Float32Array, left: number, right: number): number {
  let sum = 0;
  for (let y = FACE.top; y < FACE.bottom; y++) for (let x = left; x < right; x++) sum += grey[y * ALIGNED_SIDE + x]!;
  return sum / ((right - left) * (FACE.bottom - FACE.top));
}

function laplacianVariance(grey: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (let y = FACE.top; y < FACE.bottom; y++) {
    for (let x = FACE.left; x < FACE.right; x++) {
      const i = y * ALIGNED_SIDE + x;
      const value = 4 * grey[i]! - grey[i - 1]! - grey[i + 1]! - grey[i - ALIGNED_SIDE]! - grey[i + ALIGNED_SIDE]!;
      sum += value;
      squares += value * value;
    }
  }
  const count = (FACE.right - FACE.left) * (FACE.bottom - FACE.top);
  const mean = sum / count;
  return squares / count - mean * mean;
}
