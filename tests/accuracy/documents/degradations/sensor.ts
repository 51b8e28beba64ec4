import type { Kernel } from 'sharp';
import type { Seeded } from '../../liveness/seeded.ts';

/**
 * What a point becomes out of focus (a disc) and in motion (a streak), together, as a kernel; null when it stays one.
 *
 * @param radius of the disc in pixels.
 * @param length of the streak in pixels.
 * @param angle of the streak in radians.
 */
export function pointSpread(radius: number, length: number, angle: number): Kernel | null {
  if (radius < 0.25 && length < 0.5) return null;
  const reach = Math.ceil(radius + length / 2 + 0.5);
  const size = 2 * reach + 1;
  const kernel: number[] = new Array<number>(size * size).fill(0);
  const steps = Math.max(1, Math.ceil(length * 4));
  for (let step = 0; step < steps; step++) {
    const along = length * ((step + 0.5) / steps - 0.5);
    for (let sy = -12; sy <= 12; sy++) {
      for (let sx = -12; sx <= 12; sx++) {
        if (sx * sx + sy * sy > 144) continue;
        // A sharp lens still spreads a point over its own pixel: a box of one pixel, by dividing between neighbours.
        spread(
          kernel,
          size,
          reach + along * Math.cos(angle) + (radius * sx) / 12,
          reach + along * Math.sin(angle) + (radius * sy) / 12,
        );
      }
    }
  }
  const sum = kernel.reduce((total, value) => total + value, 0);
  return { width: size, height: size, kernel: kernel.map((value) => value / sum), scale: 1 };
}

function spread(kernel: number[], size: number, x: number, y: number): void {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  kernel[y0 * size + x0]! += (1 - fx) * (1 - fy);
  if (x0 + 1 < size) kernel[y0 * size + x0 + 1]! += fx * (1 - fy);
  if (y0 + 1 < size) kernel[(y0 + 1) * size + x0]! += (1 - fx) * fy;
  if (x0 + 1 < size && y0 + 1 < size) kernel[(y0 + 1) * size + x0 + 1]! += fx * fy;
}

/** Adds a sensor's noise in place: brightness mostly, colour less, a little smeared along rows as after demosaicing. */
export function addNoise(rgb: Uint8Array, deviation: number, random: Seeded): void {
  if (deviation === 0) return;
  const table = Float32Array.from({ length: 1 << 16 }, () => random.normal(0, deviation));
  let state = Math.floor(random.uniform() * 0xffffffff) | 1;
  let before = 0;
  for (let i = 0; i < rgb.length; i += 3) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const grey = 0.85 * table[state >>> 16]! + 0.4 * before;
    before = table[state >>> 16]!;
    for (let k = 0; k < 3; k++) {
      const tint = 0.35 * table[(state + 7919 * (k + 1)) & 0xffff]!;
      const value = rgb[i + k]! + grey + tint;
      rgb[i + k] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
    }
  }
}
