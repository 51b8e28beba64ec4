import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { Frame } from './frame.ts';

/**
 * Resamples a part of a frame into `width × height` pixels, written to `out` as interleaved red, green, blue values
 * of 0..255. The part may be fractional and may reach over the frame's edge, where the last pixel is repeated.
 */
export interface Sampler {
  sample(frame: Frame, part: PixelBox, width: number, height: number, out: Float32Array): void;
  /** Zeroes what is left of the last picture in the working buffers. */
  wipe(): void;
}

/** Source pixels and weights of every output pixel along one axis. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float32Array;
  readonly stride: number;
}

/**
 * Makes a sampler with its own working buffers: bilinear when enlarging, a triangle filter down to one half, and the
 * area average below, which costs one multiplication per source byte whatever the factor is.
 */
export function createSampler(): Sampler {
  let row = new Float32Array(0);
  let columns = emptyTaps();
  let rows = emptyTaps();
  return {
    sample: (frame, part, width, height, out) => {
      columns = fillTaps(columns, part.x, part.width, width, frame.width);
      rows = fillTaps(rows, part.y, part.height, height, frame.height);
      const left = columns.first[0]!;
      const right = columns.first[width - 1]! + columns.count[width - 1]!;
      const rowLength = (right - left) * 3;
      if (row.length < rowLength) row = new Float32Array(rowLength);
      for (let y = 0; y < height; y++) {
        mixRows(frame, rows, y, left, rowLength, row);
        mixColumns(row, columns, width, left, out, y * width * 3);
      }
    },
    wipe: () => void row.fill(0),
  };
}

function emptyTaps(): Taps {
  return { first: new Int32Array(0), count: new Int32Array(0), weights: new Float32Array(0), stride: 0 };
}

/** Weights for `length` source pixels from `origin` on, spread over `outputs`; reuses `taps` when it is large enough. */
function fillTaps(taps: Taps, origin: number, length: number, outputs: number, limit: number): Taps {
  const scale = length / outputs;
  const reach = scale >= 2 ? scale / 2 : Math.max(1, scale);
  const stride = Math.ceil(2 * reach) + 2;
  const fits = taps.first.length >= outputs && taps.weights.length >= outputs * stride;
  const target: Taps = fits
    ? { ...taps, stride }
    : {
        first: new Int32Array(outputs),
        count: new Int32Array(outputs),
        weights: new Float32Array(outputs * stride),
        stride,
      };
  for (let i = 0; i < outputs; i++) fillTap(target, i, origin + (i + 0.5) * scale, scale, reach, limit);
  return target;
}

function fillTap(taps: Taps, index: number, centre: number, scale: number, reach: number, limit: number): void {
  const from = Math.floor(centre - reach);
  const to = Math.ceil(centre + reach);
  const first = clamp(from, 0, limit - 1);
  const last = clamp(to - 1, first, limit - 1);
  const base = index * taps.stride;
  taps.first[index] = first;
  taps.count[index] = last - first + 1;
  taps.weights.fill(0, base, base + taps.stride);
  let sum = 0;
  for (let pixel = from; pixel < to; pixel++) {
    const weight =
      scale >= 2
        ? Math.max(0, Math.min(pixel + 1, centre + reach) - Math.max(pixel, centre - reach))
        : Math.max(0, 1 - Math.abs(pixel + 0.5 - centre) / reach);
    const at = base + clamp(pixel, first, last) - first;
    taps.weights[at] = taps.weights[at]! + weight;
    sum += weight;
  }
  for (let k = 0; k <= last - first; k++) taps.weights[base + k] = taps.weights[base + k]! / sum;
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** Mixes the source rows of output row `y` into `row`. */
function mixRows(frame: Frame, taps: Taps, y: number, left: number, length: number, row: Float32Array): void {
  const { rgb, width } = frame;
  const base = y * taps.stride;
  const count = taps.count[y]!;
  let offset = (taps.first[y]! * width + left) * 3;
  const first = taps.weights[base]!;
  for (let i = 0; i < length; i++) row[i] = first * rgb[offset + i]!;
  for (let k = 1; k < count; k++) {
    const weight = taps.weights[base + k]!;
    offset += width * 3;
    if (weight === 0) continue;
    for (let i = 0; i < length; i++) row[i] = row[i]! + weight * rgb[offset + i]!;
  }
}

function mixColumns(
  row: Float32Array,
  taps: Taps,
  width: number,
  left: number,
  out: Float32Array,
  outOffset: number,
): void {
  const { first, count, weights, stride } = taps;
  let at = outOffset;
  for (let x = 0; x < width; x++) {
    let from = (first[x]! - left) * 3;
    const base = x * stride;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0; k < count[x]!; k++) {
      const weight = weights[base + k]!;
      red += weight * row[from]!;
      green += weight * row[from + 1]!;
      blue += weight * row[from + 2]!;
      from += 3;
    }
    out[at] = red;
    out[at + 1] = green;
    out[at + 2] = blue;
    at += 3;
  }
}
