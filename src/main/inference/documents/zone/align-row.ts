import { bestLikeness, patchOf, type Shift } from './cell-patch.ts';
import type { CharacterShape } from './character-shapes.ts';
import type { GreyPicture } from './grey-picture.ts';
import { pitchAt, type ZoneRow } from './row-shape.ts';
import { valueAt, weightedCurve } from './weighted-curve.ts';

/** The row is looked for this far around where it was found, in columns' widths, */
const WHOLE_ACROSS = [-0.45, -0.3, -0.15, 0, 0.15, 0.3, 0.45] as const;
const WHOLE_DOWN = [-0.3, -0.15, 0, 0.15, 0.3] as const;
/** in every third column, then from one to the next, */
const EVERY = 3;
const TRACK_STEP = 0.08;
/** by so much of how far the next one is off, if it is surely a character, */
const FOLLOWING = 0.4;
const SURELY_A_CHARACTER = 0.7;
/** and in the end finer. */
const FINE_STEP = 0.05;
/** Columns less alike to any character don't say where the row is. */
const LEAST_LIKENESS = 0.55;

/** Moves a row's columns to where its characters lie: from where they fit best on, then along a smooth curve. */
export function alignedRow(picture: GreyPicture, zoneRow: ZoneRow, shapes: readonly CharacterShape[]): ZoneRow {
  const look: Look = { picture, zoneRow, shapes };
  const tracked = movedAlong(zoneRow, track(look, bestStart(look)));
  const nothing = { across: 0, down: 0 };
  const fine = zoneRow.aside.map((_, column) => bestAround({ ...look, zoneRow: tracked }, column, nothing, FINE_STEP));
  return movedAlong(tracked, fine);
}

interface Look {
  readonly picture: GreyPicture;
  readonly zoneRow: ZoneRow;
  readonly shapes: readonly CharacterShape[];
}

type Found = Shift & { readonly like: number };

function likeAt({ picture, zoneRow, shapes }: Look, column: number, shift: Shift): number {
  return bestLikeness(patchOf(picture, zoneRow, column, shift).values, shapes);
}

/** The stretch of columns that fits best if all of it is moved alike, by its middle column. */
function bestStart(look: Look): { readonly column: number; readonly shift: Shift } {
  let best = { column: 0, shift: { across: 0, down: 0 } as Shift, like: -Infinity };
  const count = look.zoneRow.aside.length;
  for (const across of WHOLE_ACROSS) {
    for (const down of WHOLE_DOWN) {
      const likes: number[] = [];
      for (let column = 1; column < count; column += EVERY) likes.push(likeAt(look, column, { across, down }));
      for (let at = 1; at + 1 < likes.length; at++) {
        const like = likes[at - 1]! + likes[at]! + likes[at + 1]!;
        if (like > best.like) best = { column: 1 + at * EVERY, shift: { across, down }, like };
      }
    }
  }
  return best;
}

/** Goes from the start to both ends; each column is looked for where its neighbours were found. */
function track(look: Look, start: { readonly column: number; readonly shift: Shift }): readonly Found[] {
  const found: Found[] = [];
  const count = look.zoneRow.aside.length;
  const first = bestAround(look, start.column, start.shift, TRACK_STEP);
  found[start.column] = first;
  for (const [step, end] of [
    [1, count],
    [-1, -1],
  ] as const) {
    // prettier-ignore
    let shift: Shift = first;
    for (let column = start.column + step; column !== end; column += step) {
      const here = bestAround(look, column, shift, TRACK_STEP);
      found[column] = here;
      if (here.like < SURELY_A_CHARACTER) continue;
      shift = {
        across: shift.across + FOLLOWING * (here.across - shift.across),
        down: shift.down + FOLLOWING * (here.down - shift.down),
      };
    }
  }
  return found;
}

function bestAround(look: Look, column: number, from: Shift, step: number): Found {
  let best: Found = { ...from, like: likeAt(look, column, from) };
  for (const side of ['across', 'down'] as const) {
    const middle = best;
    for (const steps of [-2, -1, 1, 2]) {
      const shift = { ...middle, [side]: middle[side] + steps * step };
      const like = likeAt(look, column, shift);
      if (like > best.like) best = { ...shift, like };
    }
  }
  return best;
}

/** The row along the smooth curve through where its columns were found. */
function movedAlong(zoneRow: ZoneRow, found: readonly Found[]): ZoneRow {
  const points = (side: 'across' | 'down') =>
    found.map((each, at) => ({ at, value: each[side], weight: Math.max(0, each.like - LEAST_LIKENESS) }));
  const across = weightedCurve(points('across'));
  const down = weightedCurve(points('down'), 4);
  if (!across || !down) return zoneRow;
  const { row, grid, aside } = zoneRow;
  const moved = {
    start: grid.start + across[0]! * grid.pitch,
    pitch: grid.pitch + across[1]! * grid.pitch,
    growth: grid.growth + across[2]! * grid.pitch,
  };
  return { row, grid: moved, aside: aside.map((value, at) => value + valueAt(down, at) * pitchAt(grid, at)) };
}
