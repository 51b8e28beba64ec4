/** Source pixels and weights of every output pixel along one axis; the weights of one output sum to `ONE`. */
export interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * The common case of taps: every output is a mix of `first` and the pixel after it, whose weight is `second` (the
 * rest of `ONE` is the first one's).
 */
export interface Pairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Fixed point of 11 bits, as OpenCV's: whole numbers are faster here, and 255 × 2,048² still fits 32 bits. */
export const FIXED_BITS = 11;
export const ONE = 1 << FIXED_BITS;

/** Taps of no output, to begin with: `fillTaps` gives larger ones. */
export function emptyTaps(): Taps {
  return { first: new Int32Array(0), count: new Int32Array(0), weights: new Int32Array(0), stride: 0 };
}

/** Pairs of no output, to begin with: `fillPairs` gives larger ones. */
export function emptyPairs(): Pairs {
  return { first: new Int32Array(0), second: new Int32Array(0) };
}

/** Whether `fillPairs` can draw `length` source pixels from `origin` on in `outputs` pixels. */
export function fitsPairs(origin: number, length: number, outputs: number, limit: number): boolean {
  const scale = length / outputs;
  return limit >= 2 && (scale < 2 || (scale === 2 && Number.isInteger(origin)));
}

/** Bilinear weights; reuses `pairs` when it is large enough. Beyond the edge the last pixel is repeated. */
export function fillPairs(pairs: Pairs, origin: number, length: number, outputs: number, limit: number): Pairs {
  const target =
    pairs.first.length >= outputs ? pairs : { first: new Int32Array(outputs), second: new Int32Array(outputs) };
  const { first, second } = target;
  const scale = length / outputs;
  for (let i = 0; i < outputs; i++) {
    const position = origin + (i + 0.5) * scale - 0.5;
    const pixel = Math.floor(position);
    if (pixel < 0) {
      first[i] = 0;
      second[i] = 0;
    } else if (pixel > limit - 2) {
      // There is nothing after the last pixel: it is taken as the one after its neighbour.
      first[i] = limit - 2;
      second[i] = ONE;
    } else {
      first[i] = pixel;
      second[i] = Math.round((position - pixel) * ONE);
    }
  }
  return target;
}

/**
 * Weights for `length` source pixels from `origin` on, spread over `outputs`: bilinear, or means over the area where
 * the axis is reduced by 2 or more. Reuses `taps` when it is large enough.
 */
export function fillTaps(taps: Taps, origin: number, length: number, outputs: number, limit: number): Taps {
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
