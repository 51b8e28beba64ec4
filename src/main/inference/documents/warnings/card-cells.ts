import type { Frame } from '../../frame.ts';

/** Cells across a card of ID-1: 2 mm each, so that a line of text never fills one. */
export const CELL_COLUMNS = 44;
export const CELL_ROWS = 28;

/** A card in cells, row by row; colours are means of 0..255. */
export interface CardCells {
  readonly columns: number;
  readonly rows: number;
  /** Red, green and blue of what the cell's print stands on: the mean of its brighter pixels. */
  readonly ground: Float32Array;
  /** Share of pixels with every channel at the top of the scale, 0..1. */
  readonly saturated: Float32Array;
  /** Standard deviation of the luma of what the print stands on: of noise and background lines, not of the print. */
  readonly grain: Float32Array;
}

/** From this value on a channel counts as saturated: 255 less what JPEG takes from a flat white. */
const SATURATED = 250;

/** Rec. 601 luma. */
export function lumaOf(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Summarises an upright card; every second pixel of every second row is looked at. */
export function cellsOf(picture: Frame): CardCells {
  const count = CELL_COLUMNS * CELL_ROWS;
  const cells = {
    columns: CELL_COLUMNS,
    rows: CELL_ROWS,
    ground: new Float32Array(count * 3),
    saturated: new Float32Array(count),
    grain: new Float32Array(count),
  };
  for (let row = 0; row < CELL_ROWS; row++) {
    for (let column = 0; column < CELL_COLUMNS; column++) summarise(picture, cells, column, row);
  }
  return cells;
}

function summarise({ width, height, rgb }: Frame, cells: CardCells, column: number, row: number): void {
  const left = Math.floor((column * width) / CELL_COLUMNS);
  const right = Math.max(left + 1, Math.floor(((column + 1) * width) / CELL_COLUMNS));
  const top = Math.floor((row * height) / CELL_ROWS);
  const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / CELL_ROWS));
  let [pixels, sum, saturated] = [0, 0, 0];
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2) {
      const at = (y * width + x) * 3;
      const luma = lumaOf(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!);
      pixels++;
      sum += luma;
      if (Math.min(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!) >= SATURATED) saturated++;
    }
  }
  const mean = sum / pixels;
  const cell = row * CELL_COLUMNS + column;
  cells.saturated[cell] = saturated / pixels;
  let [brighter, red, green, blue, bright, squares] = [0, 0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2) {
      const at = (y * width + x) * 3;
      const luma = lumaOf(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!);
      if (luma < mean - 0.01) continue;
      bright += luma;
      squares += luma * luma;
      brighter++;
      red += rgb[at]!;
      green += rgb[at + 1]!;
      blue += rgb[at + 2]!;
    }
  }
  cells.grain[cell] = Math.sqrt(Math.max(0, squares / brighter - (bright / brighter) ** 2));
  cells.ground[3 * cell] = red / brighter;
  cells.ground[3 * cell + 1] = green / brighter;
  cells.ground[3 * cell + 2] = blue / brighter;
}

/** Sizes, in cells, of the connected groups (by sides) of marked cells. */
export function groupsOf(marked: ArrayLike<number>, columns: number, rows: number): readonly number[][] {
  const seen = new Uint8Array(columns * rows);
  const groups: number[][] = [];
  for (let start = 0; start < columns * rows; start++) {
    if (!marked[start] || seen[start]) continue;
    const group = [start];
    seen[start] = 1;
    for (let next = 0; next < group.length; next++) {
      const cell = group[next]!;
      const column = cell % columns;
      for (const [other, inside] of [
        [cell - 1, column > 0],
        [cell + 1, column < columns - 1],
        [cell - columns, cell >= columns],
        [cell + columns, cell < columns * (rows - 1)],
      ] as const) {
        if (!inside || !marked[other] || seen[other]) continue;
        seen[other] = 1;
        group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}
