import type { Frame } from './frame.ts';
import type { ModelInput } from './model-manifest.ts';
import { FIXED_BITS, ONE, type Pairs, type Taps } from './taps.ts';

type PerChannel = readonly [red: number, green: number, blue: number];

/**
 * Where drawn pixels go, and in which form: `value * scale + shift` for red, green and blue, each from its own index
 * on, with `step` from one pixel to the next.
 */
export interface Drawing {
  readonly values: Float32Array;
  readonly step: number;
  readonly start: PerChannel;
  readonly scale: PerChannel;
  readonly shift: PerChannel;
}

/** Red, green, blue values of 0..255, interleaved. */
export function interleaved(values: Float32Array): Drawing {
  return { values, step: 3, start: [0, 1, 2], scale: [1, 1, 1], shift: [0, 0, 0] };
}

/** The input of a model with three channels: planar, in its colour order, `(value - mean) / deviation`. */
export function planar({ colour, mean, deviation, shape }: ModelInput, values: Float32Array): Drawing {
  const area = shape[2] * shape[3];
  const [red, green, blue] = colour === 'bgr' ? [2, 1, 0] : [0, 1, 2];
  const perChannel = (of: (channel: number) => number): PerChannel => [of(red), of(green), of(blue)];
  return {
    values,
    step: 1,
    start: perChannel((channel) => channel * area),
    scale: perChannel((channel) => 1 / deviation[channel]!),
    shift: perChannel((channel) => -mean[channel]! / deviation[channel]!),
  };
}

/** A part of a frame in whole pixels. */
interface WholePart {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws pixels as they are. */
export function drawCopy({ rgb, width: across }: Frame, part: WholePart, drawing: Drawing): void {
  const { values, step } = drawing;
  const [redScale, greenScale, blueScale] = drawing.scale;
  const [redShift, greenShift, blueShift] = drawing.shift;
  let [red, green, blue] = drawing.start;
  for (let y = 0; y < part.height; y++) {
    const start = ((part.top + y) * across + part.left) * 3;
    const end = start + part.width * 3;
    for (let from = start; from < end; from += 3) {
      values[red] = rgb[from]! * redScale + redShift;
      values[green] = rgb[(from + 1) | 0]! * greenScale + greenShift;
      values[blue] = rgb[(from + 2) | 0]! * blueScale + blueShift;
      red = (red + step) | 0;
      green = (green + step) | 0;
      blue = (blue + step) | 0;
    }
  }
}

/**
 * Draws bilinear: every pixel is mixed of two in each of two rows. `| 0` spares the checks for overflow, which can't
 * happen, and with them a fifth of the time.
 */
export function drawPairs(
  { rgb, width: across }: Frame,
  columns: Pairs,
  rows: Pairs,
  { width, height }: { readonly width: number; readonly height: number },
  { values, step, start, scale, shift }: Drawing,
): void {
  const { first, second } = columns;
  const redScale = scale[0] / (ONE * ONE);
  const greenScale = scale[1] / (ONE * ONE);
  const blueScale = scale[2] / (ONE * ONE);
  const [redShift, greenShift, blueShift] = shift;
  let [red, green, blue] = start;
  const line = (across * 3) | 0;
  for (let y = 0; y < height; y++) {
    const upper = Math.imul(rows.first[y]!, line);
    const down = rows.second[y]!;
    for (let x = 0; x < width; x++) {
      const a = (upper + Math.imul(first[x]!, 3)) | 0;
      const b = (a + line) | 0;
      const right = second[x]!;
      const aRed = rgb[a]!;
      const bRed = rgb[b]!;
      const topRed = ((aRed << FIXED_BITS) + Math.imul((rgb[(a + 3) | 0]! - aRed) | 0, right)) | 0;
      const lowRed = ((bRed << FIXED_BITS) + Math.imul((rgb[(b + 3) | 0]! - bRed) | 0, right)) | 0;
      const redSum = ((topRed << FIXED_BITS) + Math.imul((lowRed - topRed) | 0, down)) | 0;
      values[red] = redSum * redScale + redShift;
      const aGreen = rgb[(a + 1) | 0]!;
      const bGreen = rgb[(b + 1) | 0]!;
      const topGreen = ((aGreen << FIXED_BITS) + Math.imul((rgb[(a + 4) | 0]! - aGreen) | 0, right)) | 0;
      const lowGreen = ((bGreen << FIXED_BITS) + Math.imul((rgb[(b + 4) | 0]! - bGreen) | 0, right)) | 0;
      const greenSum = ((topGreen << FIXED_BITS) + Math.imul((lowGreen - topGreen) | 0, down)) | 0;
      values[green] = greenSum * greenScale + greenShift;
      const aBlue = rgb[(a + 2) | 0]!;
      const bBlue = rgb[(b + 2) | 0]!;
      const topBlue = ((aBlue << FIXED_BITS) + Math.imul((rgb[(a + 5) | 0]! - aBlue) | 0, right)) | 0;
      const lowBlue = ((bBlue << FIXED_BITS) + Math.imul((rgb[(b + 5) | 0]! - bBlue) | 0, right)) | 0;
      const blueSum = ((topBlue << FIXED_BITS) + Math.imul((lowBlue - topBlue) | 0, down)) | 0;
      values[blue] = blueSum * blueScale + blueShift;
      red = (red + step) | 0;
      green = (green + step) | 0;
      blue = (blue + step) | 0;
    }
  }
}

/** Mixes a row that `drawTaps` has mixed of several already, over its columns. */
function drawColumns(row: Int32Array, columns: Taps, left: number, width: number, y: number, drawing: Drawing): void {
  const { first, count, weights, stride } = columns;
  const { values, step, start, scale, shift } = drawing;
  let at = y * width * step;
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
    values[at + start[0]] = (red * scale[0]) / (ONE * ONE) + shift[0];
    values[at + start[1]] = (green * scale[1]) / (ONE * ONE) + shift[1];
    values[at + start[2]] = (blue * scale[2]) / (ONE * ONE) + shift[2];
    at += step;
  }
}

/**
 * Draws with any number of pixels mixed into one, one row after the other.
 *
 * @param mixed working buffer of at least three values for every column of the frame.
 */
export function drawTaps(
  frame: Frame,
  columns: Taps,
  rows: Taps,
  { width, height }: { readonly width: number; readonly height: number },
  mixed: Int32Array,
  drawing: Drawing,
): void {
  const left = columns.first[0]!;
  const length = (columns.first[width - 1]! + columns.count[width - 1]! - left) * 3;
  for (let y = 0; y < height; y++) {
    mixRows(frame, rows, y, left, length, mixed);
    drawColumns(mixed, columns, left, width, y, drawing);
  }
}

/** Mixes the source rows of output row `y` into `row`. */
function mixRows({ rgb, width }: Frame, rows: Taps, y: number, left: number, length: number, row: Int32Array): void {
  const base = y * rows.stride;
  const line = width * 3;
  let start = (rows.first[y]! * width + left) * 3;
  const weight = rows.weights[base]!;
  for (let i = 0; i < length; i++) row[i] = Math.imul(weight, rgb[start + i]!);
  for (let k = 1; k < rows.count[y]!; k++) {
    const next = rows.weights[base + k]!;
    start += line;
    for (let i = 0; i < length; i++) row[i] = row[i]! + Math.imul(next, rgb[start + i]!);
  }
}
