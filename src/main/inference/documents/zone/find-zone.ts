import type { MrzFormat } from '../../../../shared/domain/machine-readable-zone.ts';
import { MRZ_ALPHABET } from '../../../../shared/domain/mrz-characters.ts';
import { MRZ_LAYOUTS } from '../../../../shared/domain/mrz-layout.ts';
import type { Frame } from '../../frame.ts';
import type { Point, Quad, TextEngine, TextRegion } from '../contract.ts';
import type { ColumnGrid } from './column-grid.ts';
import { asSecondLine } from './second-line.ts';
import { directionOf, lengthOf, placeOn, type TextRow } from './text-rows.ts';

/** The second line of a zone in a picture, and the other long rows there. */
export interface FoundSecondLine {
  readonly format: MrzFormat;
  readonly row: TextRow;
  readonly grid: ColumnGrid;
  readonly others: readonly TextRow[];
}

/** So many of the longest rows are looked at. */
const MOST_ROWS = 4;
/** First lines taken for second ones reach 0.81, second lines that are hard to read 0.83. */
const SURELY = 0.9;
/** Lines of a zone are found almost equally long. */
const ABOUT_AS_LONG = 0.85;
/** Lines are 1/6 inch apart and columns 1/10 (Doc 9303 part 3, 4.2). */
const SPACING = 10 / 6;
/** A row that was found this near to where a line is due is that line, in columns' widths. */
const NEAR = 0.6;

/** The row among the longest that looks most like the second line of a zone; null when none does. */
export async function findSecondLine(
  picture: Frame,
  engine: TextEngine,
  rows: readonly TextRow[],
): Promise<FoundSecondLine | null> {
  const candidates = likeliestFirst(rows.slice(0, MOST_ROWS));
  let best: (FoundSecondLine & { readonly score: number }) | null = null;
  for (const row of candidates) {
    const [line] = await engine.recognise(picture, [{ quad: quadOf(row), score: 1 }], { alphabet: MRZ_ALPHABET });
    const second = line ? asSecondLine(line, lengthOf(row)) : null;
    if (!second || (best && best.score >= second.score)) continue;
    best = { ...second, row, others: rows.filter((other) => other !== row) };
    if (second.score > SURELY) break;
  }
  return best;
}

/** Of the rows that are about as long as the longest: the middle one of three (a card), the lower of two; then the others. */
function likeliestFirst(rows: readonly TextRow[]): readonly TextRow[] {
  const [longest] = rows;
  if (!longest) return rows;
  const aside = ({ start, end }: TextRow): number => placeOn(longest, start).aside + placeOn(longest, end).aside;
  const alike = rows
    .filter((row) => lengthOf(row) > ABOUT_AS_LONG * lengthOf(longest))
    .sort((a, b) => aside(a) - aside(b));
  const likeliest = alike[1] ?? longest;
  return [likeliest, ...rows.filter((row) => row !== likeliest)];
}

/** Whether the longest rows lie above the middle of all text, so that the picture stands on its head: zones are below. */
export function zoneIsAbove(rows: readonly TextRow[], regions: readonly TextRegion[]): boolean {
  const [longest] = rows;
  if (!longest) return false;
  const sides = regions.flatMap(({ quad }) => quad.map((corner) => placeOn(longest, corner).aside));
  return sides.reduce((sum, aside) => sum + aside, 0) > 0;
}

/** All lines of the zone with their columns: where rows were found, along them; else at the standard's distance. */
export function rowsAround(second: FoundSecondLine): readonly { readonly row: TextRow; readonly grid: ColumnGrid }[] {
  const { lines } = MRZ_LAYOUTS[second.format];
  return Array.from({ length: lines }, (_, line) => {
    if (line === 1) return { row: second.row, grid: second.grid };
    const due = moved(second.row, (line - 1) * SPACING * second.grid.pitch);
    const found = second.others.find((other) => isAt(other, due, second.grid.pitch));
    if (!found) return { row: due, grid: second.grid };
    const shift = placeOn(found, due.start).along;
    return { row: found, grid: { ...second.grid, start: second.grid.start + shift } };
  });
}

function isAt(row: TextRow, due: TextRow, pitch: number): boolean {
  const middle: Point = [(row.start[0] + row.end[0]) / 2, (row.start[1] + row.end[1]) / 2];
  const { along, aside } = placeOn(due, middle);
  return along > 0 && along < lengthOf(due) && Math.abs(aside) < NEAR * pitch;
}

/** The same row, so many pixels further below. */
function moved({ start, end, height }: TextRow, below: number): TextRow {
  const [dx, dy] = directionOf({ start, end });
  const shift = ([x, y]: Point): Point => [x - dy * below, y + dx * below];
  return { start: shift(start), end: shift(end), height };
}

function quadOf({ start, end, height }: TextRow): Quad {
  const [dx, dy] = directionOf({ start, end });
  const corner = ([x, y]: Point, side: number): Point => [x - (dy * side * height) / 2, y + (dx * side * height) / 2];
  return [corner(start, -1), corner(end, -1), corner(end, 1), corner(start, 1)];
}
