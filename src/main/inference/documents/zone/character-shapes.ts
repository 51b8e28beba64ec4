import { OCR_B_PROTOTYPES } from './ocr-b-prototypes.ts';
import { PATCH } from './patch-size.ts';

/** A character as a picture is compared with it. */
export interface CharacterShape {
  readonly text: string;
  /** In the size of `PATCH`, of mean 0 and length 1. */
  readonly values: Float32Array;
}

/** What characters look like in a picture that is so sharp, and printed so large. */
export interface PictureCharacter {
  /** Standard deviation of the blur, as a share of a column's width. */
  readonly blur: number;
  /** Size of the print against OCR-B size 1. */
  readonly size: number;
}

export const NORMAL_PICTURE: PictureCharacter = { blur: 0.06, size: 1 };

const known = new Map<string, readonly CharacterShape[]>();

/** All characters of a zone; the same list for the same picture. */
export function characterShapes({ blur, size }: PictureCharacter): readonly CharacterShape[] {
  const key = `${blur} ${size}`;
  const before = known.get(key);
  if (before) return before;
  const shapes = OCR_B_PROTOTYPES.map(([text, ink]) => ({
    text,
    values: normalised(
      blurred(
        resized(
          Float32Array.from(ink, (digit) => parseInt(digit, 16)),
          size,
        ),
        blur,
      ),
    ),
  }));
  known.set(key, shapes);
  return shapes;
}

/** Subtracts the mean and divides by the length, in place; all zero where there is no contrast. */
export function normalised(values: Float32Array): Float32Array {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) / length;
  return values;
}

/** About its middle. */
function resized(ink: Float32Array, size: number): Float32Array {
  const { across, down } = PATCH;
  const pixel = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= across || y >= down ? 0 : ink[y * across + x]!;
  return ink.map((_, at) => {
    const x = (at % across) + 0.5;
    const y = Math.floor(at / across) + 0.5;
    const px = (x - across / 2) / size + across / 2 - 0.5;
    const py = (y - down / 2) / size + down / 2 - 0.5;
    const [left, top] = [Math.floor(px), Math.floor(py)];
    const [fx, fy] = [px - left, py - top];
    const upper = pixel(left, top) * (1 - fx) + pixel(left + 1, top) * fx;
    const lower = pixel(left, top + 1) * (1 - fx) + pixel(left + 1, top + 1) * fx;
    return upper * (1 - fy) + lower * fy;
  });
}

function blurred(ink: Float32Array, blur: number): Float32Array {
  const { across, down } = PATCH;
  const sigma = (blur * across) / PATCH.width;
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (from: Float32Array, step: number, length: number, place: (at: number) => number): Float32Array =>
    from.map((_, at) => {
      let sum = 0;
      for (let i = -reach; i <= reach; i++) {
        const to = place(at) + i;
        if (to >= 0 && to < length) sum += weights[i + reach]! * from[at + i * step]!;
      }
      return sum / total;
    });
  const wide = along(ink, 1, across, (at) => at % across);
  return along(wide, across, down, (at) => Math.floor(at / across));
}
