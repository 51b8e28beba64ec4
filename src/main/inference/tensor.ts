import type { ModelInput } from './model-manifest.ts';

/** Luma weights of ITU-R BT.601, which the grey models were trained with. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

export function luma(red: number, green: number, blue: number): number {
  return RED * red + GREEN * green + BLUE * blue;
}

/**
 * Writes interleaved pixels (0..255) into a model's input as its manifest entry says: planar, in its colour order,
 * `(value - mean) / deviation`.
 */
export function fillTensor(pixels: Float32Array, input: ModelInput, tensor: Float32Array): void {
  const [, channels, height, width] = input.shape;
  const area = width * height;
  if (channels === 1) {
    const scale = 1 / input.deviation[0]!;
    const mean = input.mean[0]!;
    for (let i = 0; i < area; i++) {
      tensor[i] = (luma(pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!) - mean) * scale;
    }
    return;
  }
  for (let channel = 0; channel < 3; channel++) {
    const from = input.colour === 'bgr' ? 2 - channel : channel;
    const mean = input.mean[channel]!;
    const scale = 1 / input.deviation[channel]!;
    const plane = channel * area;
    for (let i = 0; i < area; i++) tensor[plane + i] = (pixels[3 * i + from]! - mean) * scale;
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
