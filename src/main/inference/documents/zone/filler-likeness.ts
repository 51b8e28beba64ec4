import type { Frame } from '../../frame.ts';
import { darkness, middleOf, pitchAt, type ZoneRow } from './row-shape.ts';

const ACROSS = 9;
const DOWN = 13;
/** Correlation with the mean of the fillers that were read; of all letters K reaches most, 0.73. */
const LIKE_A_FILLER = 0.8;
/** Columns are known so well, in their widths. */
const SHIFTS = [-0.12, 0, 0.12] as const;
const LEAST_EXAMPLES = 3;

/** A column of a row. */
export interface Cell {
  readonly row: ZoneRow;
  readonly column: number;
}

/**
 * Whether columns in which nothing was read hold fillers: text models drop some of a long run. Each is compared with the
 * picture of the fillers that were read in the same zone, so a column that is empty, covered or another character is none.
 */
export function fillersAmong(picture: Frame, unread: readonly Cell[], examples: readonly Cell[]): readonly boolean[] {
  if (examples.length < LEAST_EXAMPLES) return unread.map(() => false);
  const patches = examples.map((cell) => patchOf(picture, cell, 0, 0));
  const mean = patches[0]!.map((_, at) => patches.reduce((sum, patch) => sum + patch[at]!, 0) / patches.length);
  return unread.map((cell) =>
    SHIFTS.some((across) =>
      SHIFTS.some((down) => correlation(patchOf(picture, cell, across, down), mean) >= LIKE_A_FILLER),
    ),
  );
}

/** The darkness of a column, less its mean and divided by its spread. */
function patchOf(
  picture: Frame,
  { row: { row, grid, aside }, column }: Cell,
  shiftAcross: number,
  shiftDown: number,
): readonly number[] {
  const pitch = pitchAt(grid, column);
  const values: number[] = [];
  for (let y = 0; y < DOWN; y++) {
    for (let x = 0; x < ACROSS; x++) {
      const part = ((x + 0.5) / ACROSS - 0.5) * 0.95 + shiftAcross;
      const below = ((y + 0.5) / DOWN - 0.5) * 1.2 * pitch + shiftDown * pitch;
      values.push(darkness(picture, middleOf(row, grid, column + part, aside[column]! + below)));
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
  return values.map((value) => (value - mean) / spread);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const length = Math.sqrt(b.reduce((sum, value) => sum + value * value, 0)) || 1;
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0) / length;
}
