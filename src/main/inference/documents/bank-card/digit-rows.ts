import type { Quad, ReadLine } from '../contract.ts';
import { leans, middleOf, placeOf, type LinePlace } from './line-geometry.ts';

/** A straight row in which digits stand: its middle, left to right, and how high lines in it were found to be. */
export interface DigitRow extends LinePlace {
  readonly lines: readonly ReadLine[];
  /** Digits that were read in it. */
  readonly digits: number;
}

/** Of the characters of a line, so many have to be digits or be taken for digits often. */
const DIGIT_SHARE = 0.6;
/** Letters that raised digits are read as. */
const LIKE_DIGITS = /[\dOoDQIlBSZGbg]/;
/** Two lines of one row differ in height by at most this factor. */
const MOST_HEIGHT_RATIO = 1.45;
/** The middle of a line is off the row by at most this share of its height. */
const MOST_OFFSET = 0.35;
/** A gap within a row is at most this many heights. */
const MOST_GAP = 4;

/** Rows of digits among the lines of an upright card, the one with the most digits first. */
export function digitRowsOf(lines: readonly ReadLine[]): DigitRow[] {
  const numeric = lines
    .filter((line) => isNumeric(line) && !leans(line))
    .map((line) => ({ line, place: placeOf(line.region.quad) }))
    .sort((a, b) => a.place.from[0] - b.place.from[0]);
  const rows: (typeof numeric)[] = [];
  for (const found of numeric) {
    const row = rows.find((one) => continues(one.at(-1)!.place, found.place));
    if (row) row.push(found);
    else rows.push([found]);
  }
  return rows.map(rowOf).sort((a, b) => b.digits - a.digits);
}

function isNumeric({ text }: ReadLine): boolean {
  const characters = [...text.replace(/\s/g, '')];
  const digits = characters.filter((character) => /\d/.test(character)).length;
  const alike = characters.filter((character) => LIKE_DIGITS.test(character)).length;
  return digits >= 2 && digits >= 0.4 * characters.length && alike >= DIGIT_SHARE * characters.length;
}

/** Whether `next` stands on the line that `last` draws. */
function continues(last: LinePlace, next: LinePlace): boolean {
  const ratio = next.height / last.height;
  if (ratio > MOST_HEIGHT_RATIO || ratio < 1 / MOST_HEIGHT_RATIO) return false;
  const height = (last.height + next.height) / 2;
  const gap = next.from[0] - last.to[0];
  if (gap > MOST_GAP * height || gap < -1.2 * height) return false;
  return Math.abs(next.from[1] - last.to[1]) < MOST_OFFSET * height;
}

function rowOf(found: readonly { readonly line: ReadLine; readonly place: LinePlace }[]): DigitRow {
  const heights = found.map(({ place }) => place.height).sort((a, b) => a - b);
  const lines = found.map(({ line }) => line);
  const { slope, at } = fitted(found.map(({ place }) => place));
  const left = Math.min(...found.map(({ place }) => place.from[0]));
  const right = Math.max(...found.map(({ place }) => place.to[0]));
  return {
    lines,
    digits: lines.reduce((sum, { text }) => sum + text.replace(/\D/g, '').length, 0),
    from: [left, at(left)],
    to: [right, at(left) + slope * (right - left)],
    height: heights[heights.length >> 1]!,
  };
}

/** A straight line through the middles, each weighted by its length; of one line, that line's own middle. */
function fitted(places: readonly LinePlace[]): { readonly slope: number; readonly at: (x: number) => number } {
  const points = places.flatMap(({ from, to }) => [from, to]);
  const lengths = places.flatMap(({ from, to }) => [to[0] - from[0], to[0] - from[0]]);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const mean = (axis: 0 | 1): number => points.reduce((sum, point, i) => sum + point[axis] * lengths[i]!, 0) / total;
  const [x0, y0] = [mean(0), mean(1)];
  let [above, below] = [0, 0];
  for (const [i, [x, y]] of points.entries()) {
    above += lengths[i]! * (x - x0) * (y - y0);
    below += lengths[i]! * (x - x0) ** 2;
  }
  const slope = below > 0 ? above / below : 0;
  return { slope, at: (x) => y0 + slope * (x - x0) };
}

/**
 * The quad around a row's middle, `taller` times as high as its lines and longer by `more` pixels at its two ends.
 */
export function quadAround(
  { from, to, height }: LinePlace,
  taller = 1,
  more: readonly [number, number] = [0, 0],
): Quad {
  const length = Math.max(1, Math.hypot(to[0] - from[0], to[1] - from[1]));
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const half = (height * taller) / 2;
  const corner = (along: number, across: number): readonly [number, number] => [
    from[0] + ux * along - uy * across,
    from[1] + uy * along + ux * across,
  ];
  return [
    corner(-more[0], -half),
    corner(length + more[1], -half),
    corner(length + more[1], half),
    corner(-more[0], half),
  ];
}

/** Rows one under the other that make up one number: as high as each other, their beginnings in one column. */
export function stackedRows(rows: readonly DigitRow[]): readonly DigitRow[] | null {
  const short = rows.filter(({ digits }) => digits >= 2 && digits <= 10);
  const sorted = [...short].sort((a, b) => middleOf(a)[1] - middleOf(b)[1]);
  let best: readonly DigitRow[] | null = null;
  for (let first = 0; first < sorted.length; first++) {
    const stack = [sorted[first]!];
    for (const next of sorted.slice(first + 1)) if (standsUnder(stack.at(-1)!, next)) stack.push(next);
    const digits = digitsOf(stack);
    if (stack.length > 1 && digits >= 13 && (best === null || digits > digitsOf(best))) best = stack;
  }
  return best;
}

function digitsOf(rows: readonly DigitRow[]): number {
  return rows.reduce((sum, { digits }) => sum + digits, 0);
}

function standsUnder(upper: DigitRow, lower: DigitRow): boolean {
  const ratio = lower.height / upper.height;
  const step = lower.from[1] - upper.from[1];
  return (
    ratio < MOST_HEIGHT_RATIO &&
    ratio > 1 / MOST_HEIGHT_RATIO &&
    step > 0.6 * upper.height &&
    step < 2.6 * upper.height &&
    Math.abs(lower.from[0] - upper.from[0]) < 1.2 * upper.height
  );
}
