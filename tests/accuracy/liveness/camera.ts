import { toSrgb } from '../../../src/shared/domain/linear-light.ts';
import { seeded, type Seeded } from './seeded.ts';

/** How a camera sets itself and how noisy it is. */
export interface CameraSettings {
  /** Exposure and white balance stay where they were at the start. */
  readonly locked: boolean;
  /** Mean of the picture that the exposure aims at, linear. */
  readonly target: number;
  /** Variance of a value is `shot · value + read²`. */
  readonly shot: number;
  readonly read: number;
  /** Share of the frame before in each frame. */
  readonly denoise: number;
  /** White balance at the start: factor per channel. */
  readonly whiteBalance: readonly number[];
}

export interface SimulatedCamera {
  /** Turns linear light into the bytes of a frame; sets its exposure for the next one by it. */
  expose(light: Float32Array): Uint8Array;
}

const STEPS = 4_096;
/** sRGB byte of linear light in steps of 1/4096. */
const BYTE_OF_LINEAR = Uint8Array.from({ length: STEPS + 1 }, (_, i) => toSrgb([i / STEPS, 0, 0])[0]);

const NOISE_LENGTH = 1 << 16;
let noiseTable: Float32Array | null = null;

/** Standard normal values; drawing each anew would take most of the time. */
function noise(): Float32Array {
  const random = seeded('sensor noise');
  noiseTable ??= Float32Array.from({ length: NOISE_LENGTH }, () => random.normal(0, 1));
  return noiseTable;
}

/** Weight of the picture's middle half in the exposure's mean; the border counts nothing. */
function meteredMeans(light: Float32Array, width: number, height: number): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  let pixels = 0;
  for (let y = Math.floor(height / 6); y < (5 * height) / 6; y += 2) {
    for (let x = Math.floor(width / 6); x < (5 * width) / 6; x += 2) {
      const at = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) sums[c as 0 | 1 | 2] += light[at + c]!;
      pixels++;
    }
  }
  return [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels];
}

export function createCamera(
  { locked, target, shot, read, denoise, whiteBalance }: CameraSettings,
  size: { readonly width: number; readonly height: number },
  random: Seeded,
): SimulatedCamera {
  const table = noise();
  const deviations = Float32Array.from({ length: STEPS + 1 }, (_, i) => Math.sqrt((shot * i) / STEPS + read * read));
  const balance = [...whiteBalance];
  let exposure = 0;
  let before: Float32Array | null = null;
  const adjust = (light: Float32Array): void => {
    const means = meteredMeans(light, size.width, size.height);
    const luminance = 0.2126 * means[0] + 0.7152 * means[1] + 0.0722 * means[2];
    if (exposure === 0) exposure = target / luminance;
    else if (!locked) {
      const off = Math.log(target / (luminance * exposure));
      if (Math.abs(off) > 0.08) exposure *= Math.exp(0.055 * Math.min(0.5, Math.max(-0.5, off)));
      for (let c = 0; c < 3; c++) {
        const aim = Math.min(1.4, Math.max(0.7, (means[1] * balance[1]!) / Math.max(1e-6, means[c]! * balance[c]!)));
        balance[c]! *= 1 + 0.004 * (aim - 1);
      }
    }
  };
  return {
    expose: (light) => {
      adjust(light);
      const bytes = new Uint8Array(light.length);
      const kept = before ?? new Float32Array(light.length);
      let at = Math.floor(random.between(0, NOISE_LENGTH));
      const gains = balance.map((factor) => factor * exposure);
      const mix = before ? denoise : 0;
      for (let i = 0; i < light.length; i += 3) {
        for (let c = 0; c < 3; c++) {
          const value = light[i + c]! * gains[c]!;
          at = (at + 1) & (NOISE_LENGTH - 1);
          const noisy = value + table[at]! * deviations[value >= 1 ? STEPS : (value * STEPS) | 0]!;
          const held = noisy + mix * (kept[i + c]! - noisy);
          kept[i + c] = held;
          bytes[i + c] = BYTE_OF_LINEAR[held <= 0 ? 0 : held >= 1 ? STEPS : (held * STEPS + 0.5) | 0]!;
        }
      }
      before = kept;
      return bytes;
    },
  };
}
