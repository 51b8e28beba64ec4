import { CELL_COLUMNS, CELL_ROWS, groupsOf, type CardCells } from './card-cells.ts';
import type { GroundLight } from './ground-light.ts';
import { quantile } from './smooth-surface.ts';

/** Below this share of the ground's own grain a place of 3 × 3 cells (6 mm) is without the card's fine lines. */
const SMOOTH = 0.56;
/** A place less smooth than that is none of the card's either if its colour is another: skin, for one. */
const RATHER_SMOOTH = 0.85;
const OTHER_COLOUR = 0.06;
/** From this share of saturated pixels on it is a lamp's light that has taken the lines. */
const LIT = 0.2;
/** What of the card has the grain of its ground: the emblem, the portrait and the text have more. */
const USUAL = 0.4;

/**
 * How many neighbouring cells lie in the middle of a place that is far smoother than the card's ground: paper, tape, a
 * sticker, even in the ground's own colour. Where blur or noise has taken the ground's lines, nothing is smoother.
 *
 * @param counts what a cell counts, 0..1.
 */
export function smoothCoverOf(
  { grain, ground, saturated }: CardCells,
  light: GroundLight,
  counts: (cell: number) => number,
): number {
  // Noise and the ground's lines both follow the light; what is dark is never smooth by that.
  const contrast = grain.map((value, cell) => value / Math.max(1, ground[3 * cell + 1]!));
  const usual = quantile(contrast, USUAL);
  const smooth = contrast.map((_, cell) => {
    if (isAtEdge(cell)) return 0;
    const share = meanAround(contrast, cell) / usual;
    if (share < SMOOTH) return 1;
    const colour = Math.hypot(meanAround(light.redness, cell), meanAround(light.blueness, cell));
    return share < RATHER_SMOOTH && colour > OTHER_COLOUR ? 1 : 0;
  });
  const covers = groupsOf(smooth, CELL_COLUMNS, CELL_ROWS).filter((group) =>
    group.every((cell) => saturated[cell]! < LIT),
  );
  return Math.max(0, ...covers.map((group) => group.reduce((sum, cell) => sum + counts(cell), 0)));
}

/** What lies beside the card shines into the cells at its edges. */
function isAtEdge(cell: number): boolean {
  const [column, row] = [cell % CELL_COLUMNS, Math.floor(cell / CELL_COLUMNS)];
  return column < 1 || row < 1 || column >= CELL_COLUMNS - 1 || row >= CELL_ROWS - 1;
}

/** Mean of a cell and the eight around it. */
function meanAround(values: Float32Array, cell: number): number {
  let sum = 0;
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) sum += values[cell + down * CELL_COLUMNS + right]!;
  }
  return sum / 9;
}
