import { LEVEL, type SmallPicture } from './small-picture.ts';

/** How many bins a half turn has; edges are sorted by them. */
export const ANGLE_BINS = 120;

/** Thin edges of a picture, sorted by the angle of their normal. Coordinates are relative to the picture's middle. */
export interface EdgePoints {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Angle bin of the normal, 0..ANGLE_BINS-1, as a half turn. */
  readonly bin: Uint8Array;
  /** 0..1: a faint edge weighs less than a clear one. */
  readonly weight: Float32Array;
  /** Where each bin begins; one entry more than there are bins. */
  readonly starts: Int32Array;
}

/** Levels a pixel. */
const LEAST_GRADIENT = 1.1;
const MOST_THRESHOLD = 7;
/** The threshold as a multiple of the gradient that a quiet third of the picture stays below. */
const ABOVE_NOISE = 3.2;
const QUIET_SHARE = 0.3;
/** Edges of so many levels a pixel count in full. */
const FULL_WEIGHT = 8;
const MOST_POINTS = 14_000;

interface Gradient {
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly size: Float32Array;
}

/** Finds edges by the stronger gradient of brightness or colour, thinned across their direction. */
export function edgePoints(picture: SmallPicture): EdgePoints {
  const gradient = gradientOf(picture);
  const threshold = thresholdOf(gradient.size);
  return sortedByAngle(picture, gradient, thinned(picture, gradient, threshold));
}

/** Sobel's operator on both planes; the stronger answer is kept. */
function gradientOf({ width, height, luma, chroma }: SmallPicture): Gradient {
  const x = new Int16Array(width * height);
  const y = new Int16Array(width * height);
  const size = new Float32Array(width * height);
  const planes = [luma, chroma] as const;
  for (const plane of planes) {
    for (let row = 1; row < height - 1; row++) {
      let at = row * width + 1;
      for (let column = 1; column < width - 1; column++, at = (at + 1) | 0) {
        const a = plane[(at - width - 1) | 0]!;
        const c = plane[(at - width + 1) | 0]!;
        const g = plane[(at + width - 1) | 0]!;
        const i = plane[(at + width + 1) | 0]!;
        const gx = c + i - a - g + 2 * (plane[(at + 1) | 0]! - plane[(at - 1) | 0]!);
        const gy = g + i - a - c + 2 * (plane[(at + width) | 0]! - plane[(at - width) | 0]!);
        const strength = gx * gx + gy * gy;
        if (strength <= size[at]!) continue;
        size[at] = strength;
        x[at] = gx;
        y[at] = gy;
      }
    }
  }
  const scale = 1 / (8 * LEVEL);
  for (let at = 0; at < size.length; at++) size[at] = Math.sqrt(size[at]!) * scale;
  return { x, y, size };
}

function thresholdOf(sizes: Float32Array): number {
  const steps = 20;
  const histogram = new Int32Array(256 * steps);
  let count = 0;
  for (let at = 0; at < sizes.length; at += 3) {
    const bin = Math.min(histogram.length - 1, (sizes[at]! * steps) | 0);
    histogram[bin] = histogram[bin]! + 1;
    count++;
  }
  let seen = 0;
  let bin = 0;
  while (bin < histogram.length - 1 && seen + histogram[bin]! < QUIET_SHARE * count) seen += histogram[bin++]!;
  return Math.min(MOST_THRESHOLD, Math.max(LEAST_GRADIENT, (ABOVE_NOISE * (bin + 0.5)) / steps));
}

/** Places where the gradient is greatest across its direction; the clearest of them where there are too many. */
function thinned({ width, height }: SmallPicture, { x, y, size }: Gradient, threshold: number): number[] {
  const places: number[] = [];
  for (let row = 2; row < height - 2; row++) {
    for (let column = 2; column < width - 2; column++) {
      const at = row * width + column;
      const here = size[at]!;
      if (here < threshold) continue;
      const [ax, ay] = [Math.abs(x[at]!), Math.abs(y[at]!)];
      const step = ay < 0.4142 * ax ? 1 : ax < 0.4142 * ay ? width : x[at]! > 0 === y[at]! > 0 ? width + 1 : width - 1;
      if (here > size[at - step]! && here >= size[at + step]!) places.push(at);
    }
  }
  if (places.length <= MOST_POINTS) return places;
  const limit = Float32Array.from(places, (at) => size[at]!).sort()[places.length - MOST_POINTS]!;
  return places.filter((at) => size[at]! >= limit);
}

function sortedByAngle({ width, height }: SmallPicture, gradient: Gradient, places: readonly number[]): EdgePoints {
  const count = places.length;
  const bins = new Uint8Array(count);
  const starts = new Int32Array(ANGLE_BINS + 1);
  for (let i = 0; i < count; i++) {
    const angle = Math.atan2(gradient.y[places[i]!]!, gradient.x[places[i]!]!);
    const bin = Math.round((angle / Math.PI) * ANGLE_BINS + 2 * ANGLE_BINS) % ANGLE_BINS;
    bins[i] = bin;
    starts[bin + 1] = starts[bin + 1]! + 1;
  }
  for (let bin = 0; bin < ANGLE_BINS; bin++) starts[bin + 1] = starts[bin + 1]! + starts[bin]!;
  const next = starts.slice();
  const points = {
    x: new Float32Array(count),
    y: new Float32Array(count),
    bin: new Uint8Array(count),
    weight: new Float32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const at = places[i]!;
    const bin = bins[i]!;
    const to = next[bin]!;
    next[bin] = to + 1;
    points.x[to] = (at % width) - (width - 1) / 2;
    points.y[to] = Math.floor(at / width) - (height - 1) / 2;
    points.bin[to] = bin;
    points.weight[to] = Math.min(1, gradient.size[at]! / FULL_WEIGHT);
  }
  return { count, ...points, starts };
}
