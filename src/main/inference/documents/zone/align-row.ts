import { bestLikeness, patchOf, type Shift } from './cell-patch.ts';
import type { CharacterShape } from './character-shapes.ts';
import type { GreyPicture } from './grey-picture.ts';
import { pitchAt, type ZoneRow } from './row-shape.ts';
import { weightedCurve } from './weighted-curve.ts';

/** The whole row is looked for this far around where it was found, in columns' widths. */
const WHOLE_ACROSS = [-0.45, -0.3, -0.15, 0, 0.15, 0.3, 0.45] as const;
const WHOLE_DOWN = [-0.3, -0.15, 0, 0.15, 0.3] as const;
/** Then each column by itself, the second time finer. */
const EACH = [0.12, 0.05] as const;
/** Columns less alike to any character don't say where the row is. */
const LEAST_LIKENESS = 0.55;

/** Moves a row's columns to where its characters lie: as a whole, then along a smooth curve. */
export function alignedRow(picture: GreyPicture, zoneRow: ZoneRow, shapes: readonly CharacterShape[]): ZoneRow {
  let row = movedAsWhole(picture, zoneRow, shapes);
  for (const step of EACH) row = movedAlongCurve(picture, row, shapes, step);
  return row;
}

function movedAsWhole(picture: GreyPicture, zoneRow: ZoneRow, shapes: readonly CharacterShape[]): ZoneRow {
  let best: Shift = { across: 0, down: 0 };
  let most = -Infinity;
  for (const across of WHOLE_ACROSS) {
    for (const down of WHOLE_DOWN) {
      let sum = 0;
      for (let column = 0; column < zoneRow.aside.length; column += 2) {
        sum += bestLikeness(patchOf(picture, zoneRow, column, { across, down }).values, shapes);
      }
      if (sum > most) [most, best] = [sum, { across, down }];
    }
  }
  return movedBy(zoneRow, [best.across, 0, 0], () => best.down);
}

function movedAlongCurve(
  picture: GreyPicture,
  zoneRow: ZoneRow,
  shapes: readonly CharacterShape[],
  step: number,
): ZoneRow {
  const found = zoneRow.aside.map((_, column) => ({ column, ...bestShift(picture, zoneRow, column, shapes, step) }));
  const weighted = (value: (each: (typeof found)[number]) => number) =>
    found.map((each) => ({ at: each.column, value: value(each), weight: Math.max(0, each.like - LEAST_LIKENESS) }));
  const across = weightedCurve(weighted(({ across }) => across));
  const down = weightedCurve(
    weighted(({ down }) => down),
    4,
  );
  if (!across || !down) return zoneRow;
  const curve = (column: number): number => down.reduce((sum, factor, power) => sum + factor * column ** power, 0);
  return movedBy(zoneRow, across, curve);
}

function bestShift(
  picture: GreyPicture,
  zoneRow: ZoneRow,
  column: number,
  shapes: readonly CharacterShape[],
  step: number,
): Shift & { readonly like: number } {
  let best = { across: 0, down: 0, like: -1 };
  for (let i = -2; i <= 2; i++) {
    for (let k = -2; k <= 2; k++) {
      const shift = { across: i * step, down: k * step };
      const like = bestLikeness(patchOf(picture, zoneRow, column, shift).values, shapes);
      if (like > best.like) best = { ...shift, like };
    }
  }
  return best;
}

/** @param across polynomial of the column, in columns' widths. */
function movedBy({ row, grid, aside }: ZoneRow, across: readonly number[], down: (column: number) => number): ZoneRow {
  const [a, b, c] = [across[0] ?? 0, across[1] ?? 0, across[2] ?? 0].map((factor) => factor * grid.pitch) as [
    number,
    number,
    number,
  ];
  const moved = { start: grid.start + a, pitch: grid.pitch + b, growth: grid.growth + c };
  return { row, grid: moved, aside: aside.map((value, column) => value + down(column) * pitchAt(grid, column)) };
}
