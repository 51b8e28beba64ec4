import { leastSquaresCurve } from './weighted-curve.ts';

/** Where the columns of a row stand: the middle of column `i` (from 0) is `start + i · pitch + i² · growth` pixels. */
export interface ColumnGrid {
  readonly start: number;
  readonly pitch: number;
  /** Perspective makes columns wider to one side. */
  readonly growth: number;
}

/**
 * Pixels along the row from its start; `column` may have a fraction, and lie before the first one or behind the last.
 */
export function columnMiddle({ start, pitch, growth }: ColumnGrid, column: number): number {
  return start + column * pitch + column * column * growth;
}

/** Which column, with its fraction, a place lies in. */
export function columnAt(grid: ColumnGrid, place: number): number {
  let column = (place - grid.start) / grid.pitch;
  for (let turn = 0; turn < 3; turn++) {
    column -= (columnMiddle(grid, column) - place) / (grid.pitch + 2 * column * grid.growth);
  }
  return column;
}

/** A grid and which of its columns each place lies in, the first one in column 0. */
export interface FittedGrid {
  readonly grid: ColumnGrid;
  readonly columns: readonly number[];
}

/** Fewer characters say nothing about a grid. */
const LEAST_PLACES = 8;

/**
 * Finds the columns of characters of equal width from the places of those that were read, in pixels and rising; some may
 * be missing. Null when they stand in no grid.
 */
export function fitGrid(places: readonly number[]): FittedGrid | null {
  if (places.length < LEAST_PLACES) return null;
  const gaps = places.slice(1).map((place, at) => place - places[at]!);
  const pitch = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
  if (!(pitch > 0)) return null;
  let grid: ColumnGrid = { start: places[0]!, pitch, growth: 0 };
  let columns: readonly number[] = places.map(() => 0);
  for (let turn = 0; turn < 4; turn++) {
    columns = numbered(places, gaps, turn === 0 ? null : grid, pitch);
    const fitted = leastSquares(columns, places, turn > 1);
    if (!fitted) return null;
    grid = fitted;
  }
  const off = places.filter((place, at) => Math.abs(columnAt(grid, place) - columns[at]!) > 0.35).length;
  return off > places.length * 0.15 ? null : { grid, columns };
}

/** Columns by the gaps between neighbours, and once there is a grid by the grid. */
function numbered(
  places: readonly number[],
  gaps: readonly number[],
  grid: ColumnGrid | null,
  pitch: number,
): readonly number[] {
  if (grid) {
    const first = Math.round(columnAt(grid, places[0]!));
    return places.map((place) => Math.round(columnAt(grid, place)) - first);
  }
  let column = 0;
  return [0, ...gaps.map((gap) => (column += Math.max(1, Math.round(gap / pitch))))];
}

function leastSquares(columns: readonly number[], places: readonly number[], curved: boolean): ColumnGrid | null {
  const points = columns.map((at, i) => ({ at, value: places[i]!, weight: 1 }));
  const solved = leastSquaresCurve(points, curved ? 3 : 2);
  return solved && solved[1]! > 0 ? { start: solved[0]!, pitch: solved[1]!, growth: solved[2] ?? 0 } : null;
}
