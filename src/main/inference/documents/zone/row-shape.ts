import type { Point, Quad } from '../contract.ts';
import { columnMiddle, type ColumnGrid } from './column-grid.ts';
import { darkness, type GreyPicture } from './grey-picture.ts';
import { directionOf, type TextRow } from './text-rows.ts';

/** A row whose columns are known; `aside` says how far below the row's straight middle the text is, for each column. */
export interface ZoneRow {
  readonly row: TextRow;
  readonly grid: ColumnGrid;
  readonly aside: readonly number[];
}

/** Strips are so many columns' widths tall: capitals of OCR-B are 0.95 of them, and the next row begins behind 1.1. */
const STRIP_HEIGHT = 1.6;
const CAPITALS = 0.5;
/** Text may lie so far from where it is looked for. */
const FURTHEST_ASIDE = 0.45;
const STEP = 0.05;
/** Half of the columns whose ink is added up for one of them. */
const AROUND = 5;

/**
 * The middle of a column (fractions allowed) in pixels of the picture, moved by `aside` pixels to below the row's
 * straight middle line.
 */
export function middleOf(row: TextRow, grid: ColumnGrid, column: number, aside: number): Point {
  const [dx, dy] = directionOf(row);
  const along = columnMiddle(grid, column);
  return [row.start[0] + dx * along - dy * aside, row.start[1] + dy * along + dx * aside];
}

/** Width of a column there in pixels: the slope of `columnMiddle`. */
export function pitchAt({ pitch, growth }: ColumnGrid, column: number): number {
  return pitch + 2 * column * growth;
}

/** The strip around columns `first`–`last`, `margin` columns longer at both ends. */
export function stripOf({ row, grid, aside }: ZoneRow, first: number, last: number, margin: number): Quad {
  const [dx, dy] = directionOf(row);
  const corner = (column: number, at: number, side: number): Point => {
    const half = (side * STRIP_HEIGHT * pitchAt(grid, column)) / 2;
    const [x, y] = middleOf(row, grid, column, aside[at]!);
    return [x - dy * half, y + dx * half];
  };
  const [from, to] = [first - 0.5 - margin, last + 0.5 + margin];
  return [corner(from, first, -1), corner(to, last, -1), corner(to, last, 1), corner(from, first, 1)];
}

/** Follows a row that is bent: for each column, where across the row most of its and its neighbours' ink lies. */
export function followed(picture: GreyPicture, row: TextRow, grid: ColumnGrid, columns: number): ZoneRow {
  const steps = Math.round((FURTHEST_ASIDE + CAPITALS) / STEP);
  const profiles = Array.from({ length: columns }, (_, column) => inkProfile(picture, row, grid, column, steps));
  const aside = profiles.map((_, column) => {
    const near = profiles.slice(Math.max(0, column - AROUND), column + AROUND + 1);
    const ink = near[0]!.map((_, at) => near.reduce((sum, profile) => sum + profile[at]!, 0));
    return centreOf(ink, steps) * pitchAt(grid, column);
  });
  const smooth = aside.map((_, column) => mean(aside.slice(Math.max(0, column - 2), column + 3)));
  return { row, grid, aside: smooth };
}

/** How dark it is at each step across a column, from above to below. */
function inkProfile(
  picture: GreyPicture,
  row: TextRow,
  grid: ColumnGrid,
  column: number,
  steps: number,
): readonly number[] {
  const pitch = pitchAt(grid, column);
  const profile: number[] = [];
  for (let step = -steps; step <= steps; step++) {
    let sum = 0;
    for (const part of [-0.3, -0.1, 0.1, 0.3]) {
      sum += darkness(picture, middleOf(row, grid, column + part, step * STEP * pitch));
    }
    profile.push(sum / 4);
  }
  const paper = Math.min(...profile);
  return profile.map((value) => value - paper);
}

/** The place of the band of the capitals' height with the most ink; of several alike the middle one. */
function centreOf(ink: readonly number[], steps: number): number {
  const half = Math.round(CAPITALS / STEP);
  const furthest = steps - half;
  const sums: number[] = [];
  for (let centre = -furthest; centre <= furthest; centre++) {
    sums.push(ink.slice(centre + steps - half, centre + steps + half + 1).reduce((sum, value) => sum + value, 0));
  }
  const most = Math.max(...sums);
  const best = sums.flatMap((sum, at) => (sum >= most * 0.98 ? [at - furthest] : []));
  return mean(best) * STEP;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
