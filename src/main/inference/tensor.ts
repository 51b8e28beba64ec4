import type { ModelInput } from './model-manifest.ts';

/** Luma weights of ITU-R BT.601, which the grey models were trained with. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/** Brightness of a pixel in the range of its channels (ITU-R BT.601), not rounded. */
export function luma(red: number, green: number, blue: number): number {
  return RED * red + GREEN * green + BLUE * blue;
}

/**
 * Writes interleaved pixels (0..255) into a model's input as its manifest entry says: planar, in its colour order,
 * `(value - mean) / deviation`. `pixels` may be some of the input's rows only; `firstPixel` is where they belong.
 */
export function fillTensor(
  pixels: Float32Array,
  input: ModelInput,
  tensor: Float32Array,
  count = pixels.length / 3,
  firstPixel = 0,
): void {
  const { mean, deviation, shape } = input;
  const area = shape[2] * shape[3];
  if (shape[1] === 1) {
    const scale = 1 / deviation[0]!;
    for (let i = 0; i < count; i++) {
      tensor[firstPixel + i] = (luma(pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!) - mean[0]!) * scale;
    }
    return;
  }
  for (let channel = 0; channel < 3; channel++) {
    const from = input.colour === 'bgr' ? 2 - channel : channel;
    const offset = mean[channel]!;
    const scale = 1 / deviation[channel]!;
    const plane = channel * area + firstPixel;
    for (let i = 0; i < count; i++) tensor[plane + i] = (pixels[3 * i + from]! - offset) * scale;
  }
}

/** Probabilities of `count` logits from `offset` on. */
export function softmax(logits: Float32Array, offset = 0, count = logits.length): number[] {
  let top = -Infinity;
  for (let i = 0; i < count; i++) top = Math.max(top, logits[offset + i]!);
  const powers = Array.from({ length: count }, (_, i) => Math.exp(logits[offset + i]! - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
