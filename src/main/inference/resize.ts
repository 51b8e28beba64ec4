import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { Frame } from './frame.ts';
import type { ModelInput } from './model-manifest.ts';
import { createPyramid } from './pyramid.ts';
import { fillTensor } from './tensor.ts';

/** Resamples parts of frames. A part may be fractional and reach over the edge, where the last pixel is repeated. */
export interface Sampler {
  /** Draws `part` in `width × height` pixels into `out`, interleaved red, green, blue values of 0..255. */
  sample(frame: Frame, part: PixelBox, width: number, height: number, out: Float32Array): void;
  /** Draws `part` into a model's input, in the size and form that the model takes. */
  fill(frame: Frame, part: PixelBox, model: { readonly input: ModelInput; readonly tensor: Float32Array }): void;
  /** Zeroes what is left of the last picture in the working buffers. */
  wipe(): void;
}

/** Source pixels and weights of every output pixel along one axis; the weights of one output sum to `ONE`. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly stride: number;
}

/** Fixed point of 11 bits, as OpenCV's: whole numbers are faster here, and 255 × 2,048² still fits 32 bits. */
const ONE = 2_048;

/**
 * Makes a sampler with its own working buffers. It halves the frame (means of 2 × 2 pixels) as often as fits and
 * goes on bilinear, as the models' training did; an axis that still has to be reduced by 2 or more is averaged over
 * its area.
 */
export function createSampler(): Sampler {
  const pyramid = createPyramid();
  let mixed = new Int32Array(0);
  let drawn = new Float32Array(0);
  let columns = emptyTaps();
  let rows = emptyTaps();
  /** Draws row by row; `take` gets each row while it is still in the cache. */
  const draw = (
    whole: Frame,
    part: PixelBox,
    { width, height }: { width: number; height: number },
    take: (row: Float32Array, y: number) => void,
  ): void => {
    const { frame, factor } = pyramid.levelFor(whole, Math.min(part.width / width, part.height / height));
    columns = fillTaps(columns, part.x / factor, part.width / factor, width, frame.width);
    rows = fillTaps(rows, part.y / factor, part.height / factor, height, frame.height);
    const left = columns.first[0]!;
    const length = (columns.first[width - 1]! + columns.count[width - 1]! - left) * 3;
    if (mixed.length < length) mixed = new Int32Array(length);
    if (drawn.length < width * 3) drawn = new Float32Array(width * 3);
    for (let y = 0; y < height; y++) {
      mixRows(frame, rows, y, left, length, mixed);
      mixColumns(mixed, columns, width, left, drawn);
      take(drawn, y);
    }
  };
  return {
    sample: (frame, part, width, height, out) =>
      draw(frame, part, { width, height }, (row, y) => out.set(row.subarray(0, width * 3), y * width * 3)),
    fill: (frame, part, { input, tensor }) => {
      const [, , height, width] = input.shape;
      draw(frame, part, { width, height }, (row, y) => fillTensor(row, input, tensor, width, y * width));
    },
    wipe: () => {
      mixed.fill(0);
      drawn.fill(0);
      pyramid.wipe();
    },
  };
}

function emptyTaps(): Taps {
  return { first: new Int32Array(0), count: new Int32Array(0), weights: new Int32Array(0), stride: 0 };
}

/** Weights for `length` source pixels from `origin` on, spread over `outputs`; reuses `taps` when it is large enough. */
function fillTaps(taps: Taps, origin: number, length: number, outputs: number, limit: number): Taps {
  const scale = length / outputs;
  const reach = scale >= 2 ? scale / 2 : 1;
  const stride = Math.ceil(2 * reach) + 2;
  const fits = taps.first.length >= outputs && taps.weights.length >= outputs * stride;
  const target: Taps = fits
    ? { ...taps, stride }
    : {
        first: new Int32Array(outputs),
        count: new Int32Array(outputs),
        weights: new Int32Array(outputs * stride),
        stride,
      };
  for (let i = 0; i < outputs; i++) fillTap(target, i, origin + (i + 0.5) * scale, scale, reach, limit);
  return target;
}

function fillTap(taps: Taps, index: number, centre: number, scale: number, reach: number, limit: number): void {
  const weightOf = (pixel: number): number =>
    scale >= 2
      ? Math.max(0, Math.min(pixel + 1, centre + reach) - Math.max(pixel, centre - reach))
      : Math.max(0, 1 - Math.abs(pixel + 0.5 - centre));
  let from = Math.floor(centre - reach);
  let to = Math.ceil(centre + reach);
  while (to - from > 1 && weightOf(from) === 0) from++;
  while (to - from > 1 && weightOf(to - 1) === 0) to--;
  let sum = 0;
  for (let pixel = from; pixel < to; pixel++) sum += weightOf(pixel);
  const first = clamp(from, 0, limit - 1);
  const last = clamp(to - 1, first, limit - 1);
  const base = index * taps.stride;
  taps.first[index] = first;
  taps.count[index] = last - first + 1;
  taps.weights.fill(0, base, base + taps.stride);
  let remainder = ONE;
  for (let pixel = from; pixel < to; pixel++) {
    const weight = Math.round((weightOf(pixel) / sum) * ONE);
    const at = base + clamp(pixel, first, last) - first;
    taps.weights[at] = taps.weights[at]! + weight;
    remainder -= weight;
  }
  // What rounding leaves over goes to the middle pixel, so that a flat picture stays exactly flat.
  const middle = base + ((last - first) >> 1);
  taps.weights[middle] = taps.weights[middle]! + remainder;
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** Mixes the source rows of output row `y` into `row`, two at a time to touch it half as often. */
function mixRows(frame: Frame, taps: Taps, y: number, left: number, length: number, row: Int32Array): void {
  const { rgb, width } = frame;
  const { weights } = taps;
  const base = y * taps.stride;
  const count = taps.count[y]!;
  const step = width * 3;
  const start = (taps.first[y]! * width + left) * 3;
  let k = count & 1;
  if (k === 1) {
    const weight = weights[base]!;
    for (let i = 0; i < length; i++) row[i] = Math.imul(weight, rgb[start + i]!);
  } else {
    const upper = weights[base]!;
    const lower = weights[base + 1]!;
    const below = start + step;
    for (let i = 0; i < length; i++) row[i] = Math.imul(upper, rgb[start + i]!) + Math.imul(lower, rgb[below + i]!);
    k = 2;
  }
  for (; k < count; k += 2) {
    const upper = weights[base + k]!;
    const lower = weights[base + k + 1]!;
    const above = start + k * step;
    const below = above + step;
    for (let i = 0; i < length; i++) {
      row[i] = row[i]! + Math.imul(upper, rgb[above + i]!) + Math.imul(lower, rgb[below + i]!);
    }
  }
}

function mixColumns(row: Int32Array, taps: Taps, width: number, left: number, out: Float32Array): void {
  const { first, count, weights, stride } = taps;
  const scale = 1 / (ONE * ONE);
  let at = 0;
  for (let x = 0; x < width; x++) {
    let from = (first[x]! - left) * 3;
    const base = x * stride;
    const end = base + count[x]!;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = base; k < end; k++) {
      const weight = weights[k]!;
      red = (red + Math.imul(weight, row[from]!)) | 0;
      green = (green + Math.imul(weight, row[from + 1]!)) | 0;
      blue = (blue + Math.imul(weight, row[from + 2]!)) | 0;
      from += 3;
    }
    out[at] = red * scale;
    out[at + 1] = green * scale;
    out[at + 2] = blue * scale;
    at += 3;
  }
}
