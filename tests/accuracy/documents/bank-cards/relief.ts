import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import type { Tipping } from './specimen.ts';

/** A plane of numbers, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

const TIPS: Readonly<Record<Tipping, readonly [red: number, green: number, blue: number] | null>> = {
  silver: [206, 209, 214],
  gold: [212, 176, 92],
  white: [246, 246, 242],
  black: [24, 24, 26],
  worn: [200, 202, 206],
  bare: null,
};

/**
 * Raises what `mask` (0..1) shows out of the card: the flanks are lit from one side and shaded on the other, a soft
 * shadow falls beside, and the tops carry the tipping, which wears off in patches.
 */
export function raise(card: Frame, mask: Plane, tipping: Tipping, draw: Seeded): Frame {
  const { width, height } = card;
  const flank = blurred(mask, draw.between(1.6, 2.6));
  const shadow = blurred(mask, 4);
  const angle = draw.between(0, 2 * Math.PI);
  const [lightX, lightY] = [Math.cos(angle), Math.sin(angle)];
  const strength = draw.between(170, 330);
  const wear = patches(width, height, draw);
  const worn = tipping === 'worn' ? draw.between(0.35, 0.7) : draw.between(0, 0.15);
  const tip = TIPS[tipping];
  const offset = 4;
  const rgb = new Uint8Array(card.rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const slopeX = sampled(flank, x + 1, y) - sampled(flank, x - 1, y);
      const slopeY = sampled(flank, x, y + 1) - sampled(flank, x, y - 1);
      const lit = -(slopeX * lightX + slopeY * lightY) * strength;
      const shine = lit > 40 ? (lit - 40) * 0.8 : 0;
      const dark = 26 * Math.max(0, sampled(shadow, x - offset * lightX, y - offset * lightY) - flank.values[at]!);
      const covered = tip ? smooth(flank.values[at]!, 0.45, 0.75) * smooth(wear[at]!, worn - 0.1, worn + 0.1) : 0;
      for (let k = 0; k < 3; k++) {
        const base = card.rgb[3 * at + k]! * (1 - covered) + (tip ? tip[k]! : 0) * covered;
        rgb[3 * at + k] = Math.max(0, Math.min(255, base + lit + shine - dark));
      }
    }
  }
  return { width, height, rgb };
}

function smooth(value: number, from: number, to: number): number {
  const share = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

function sampled({ width, height, values }: Plane, x: number, y: number): number {
  const column = Math.max(0, Math.min(width - 1, Math.round(x)));
  const row = Math.max(0, Math.min(height - 1, Math.round(y)));
  return values[row * width + column]!;
}

/** Cloudy values 0..1, drawn at a quarter of the size: blurred noise in two sizes. */
function patches(width: number, height: number, draw: Seeded): Float32Array {
  const size = { width: Math.ceil(width / 4), height: Math.ceil(height / 4) };
  const noise = (): Float32Array => Float32Array.from({ length: size.width * size.height }, () => draw.uniform());
  const fine = blurred({ ...size, values: noise() }, 0.6);
  const coarse = blurred({ ...size, values: noise() }, 2.3);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y >> 2) * size.width + (x >> 2);
      const value = 0.5 + (fine.values[from]! - 0.5) * 1.2 + (coarse.values[from]! - 0.5) * 4;
      out[y * width + x] = Math.max(0, Math.min(1, value));
    }
  }
  return out;
}

/** Gaussian blur with a separable kernel; the edge is repeated. */
export function blurred({ width, height, values }: Plane, sigma: number): Plane {
  const radius = Math.ceil(2.5 * sigma);
  const kernel = new Float32Array(2 * radius + 1);
  for (let tap = -radius; tap <= radius; tap++) kernel[tap + radius] = Math.exp(-(tap * tap) / (2 * sigma * sigma));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  kernel.forEach((weight, at) => (kernel[at] = weight / total));
  const padded = new Float32Array(Math.max(width, height) + 2 * radius);
  const pass = (from: Float32Array, length: number, step: number, lines: number, lineStep: number): Float32Array => {
    const out = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      const start = line * lineStep;
      for (let at = 0; at < length + 2 * radius; at++) {
        padded[at] = from[start + Math.max(0, Math.min(length - 1, at - radius)) * step]!;
      }
      for (let at = 0; at < length; at++) {
        let sum = 0;
        for (let tap = 0; tap < kernel.length; tap++) sum += kernel[tap]! * padded[at + tap]!;
        out[start + at * step] = sum;
      }
    }
    return out;
  };
  const across = pass(values, width, 1, height, width);
  return { width, height, values: pass(across, height, width, width, 1) };
}
