import type { Point, Quad, TextRegion } from '../contract.ts';

/** A row of text in a picture: the ends of its middle line in reading direction, and how tall it is, in pixels. */
export interface TextRow {
  readonly start: Point;
  readonly end: Point;
  readonly height: number;
}

/** A zone's row is at least this many times as long as tall. */
const LEAST_ASPECT = 8;
/** Pieces of a row may be so many heights apart: fillers between them are not always found. */
const WIDEST_GAP = 16;

/**
 * The long rows of text in a picture, the longest first, all in the direction of the longest; pieces of one row are put
 * together.
 *
 * @param sense false where the text stands on its head, or runs upwards.
 */
export function longRows(regions: readonly TextRegion[], sense = true): readonly TextRow[] {
  const pieces = regions.map(({ quad }) => rowOf(quad)).filter(({ height }) => height > 0);
  const longest = pieces.reduce<TextRow | null>(
    (best, row) => (best && lengthOf(best) >= lengthOf(row) ? best : row),
    null,
  );
  if (!longest) return [];
  const main = directed(longest, horizontal(longest) === sense ? longest : reversed(longest));
  const along = pieces.map((row) => directed(row, main)).filter((row) => isParallel(row, main));
  return joined(along)
    .filter((row) => lengthOf(row) >= LEAST_ASPECT * row.height)
    .sort((a, b) => lengthOf(b) - lengthOf(a));
}

/** From end to end, in pixels. */
export function lengthOf({ start, end }: Pick<TextRow, 'start' | 'end'>): number {
  return Math.hypot(end[0] - start[0], end[1] - start[1]);
}

/** Unit vector of the reading direction. */
export function directionOf(row: Pick<TextRow, 'start' | 'end'>): Point {
  const length = lengthOf(row);
  return [(row.end[0] - row.start[0]) / length, (row.end[1] - row.start[1]) / length];
}

/** The same row with its reading direction turned round. */
export function reversed(row: TextRow): TextRow {
  return { ...row, start: row.end, end: row.start };
}

function rowOf([a, b, c, d]: Quad): TextRow {
  const [across, down] = [middle(a, d), middle(b, c)];
  const [left, right] = [middle(a, b), middle(d, c)];
  const [first, second] = [
    Math.hypot(down[0] - across[0], down[1] - across[1]),
    Math.hypot(right[0] - left[0], right[1] - left[1]),
  ];
  return first >= second ? { start: across, end: down, height: second } : { start: left, end: right, height: first };
}

function middle(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** Whether it runs rightwards, or downwards where it stands. */
function horizontal({ start, end }: TextRow): boolean {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  return Math.abs(dx) >= Math.abs(dy) ? dx > 0 : dy > 0;
}

function directed(row: TextRow, like: TextRow): TextRow {
  const [x, y] = directionOf(like);
  const forward = (row.end[0] - row.start[0]) * x + (row.end[1] - row.start[1]) * y >= 0;
  return forward ? row : reversed(row);
}

/** Short pieces have no direction of their own. */
function isParallel(row: TextRow, main: TextRow): boolean {
  if (lengthOf(row) < 2 * row.height) return false;
  const [a, b] = [directionOf(row), directionOf(main)];
  return a[0] * b[0] + a[1] * b[1] > 0.97;
}

function joined(rows: readonly TextRow[]): readonly TextRow[] {
  const left = [...rows].sort((a, b) => lengthOf(b) - lengthOf(a));
  const result: TextRow[] = [];
  while (left.length > 0) {
    let row = left.shift()!;
    for (let at = 0; at < left.length;) {
      if (!continues(row, left[at]!)) {
        at++;
        continue;
      }
      row = together(row, left[at]!);
      left.splice(at, 1);
      at = 0;
    }
    result.push(row);
  }
  return result;
}

function continues(row: TextRow, piece: TextRow): boolean {
  const places = [piece.start, piece.end].map((point) => placeOn(row, point));
  const length = lengthOf(row);
  const gap = Math.max(places[0]!.along - length, -places[1]!.along);
  const height = Math.max(row.height, piece.height);
  // A piece that is far away may lie beside the line's continuation, which is known only so well.
  const aside = Math.max(...places.map(({ aside }) => Math.abs(aside)));
  return gap > -height && gap < WIDEST_GAP * height && aside < 0.5 * height && piece.height > 0.5 * row.height;
}

function together(a: TextRow, b: TextRow): TextRow {
  const [start, end] = placeOn(a, b.start).along < 0 ? [b.start, a.end] : [a.start, b.end];
  return { start, end, height: Math.max(a.height, b.height) };
}

/** Where a point lies in a row's own directions: along it from its start, and beside it (positive: below). */
export function placeOn(row: TextRow, [x, y]: Point): { readonly along: number; readonly aside: number } {
  const [dx, dy] = directionOf(row);
  const [px, py] = [x - row.start[0], y - row.start[1]];
  return { along: px * dx + py * dy, aside: py * dx - px * dy };
}
