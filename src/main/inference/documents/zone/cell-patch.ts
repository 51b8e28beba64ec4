import { normalised, type CharacterShape } from './character-shapes.ts';
import { darkness, type GreyPicture } from './grey-picture.ts';
import { PATCH } from './patch-size.ts';
import { middleOf, pitchAt, type ZoneRow } from './row-shape.ts';

/** How far from where its column stands a character is looked for, in columns' widths: rightwards and downwards. */
export interface Shift {
  readonly across: number;
  readonly down: number;
}

/** The picture of one column, of mean 0 and length 1; `spread` is its contrast before that. */
export function patchOf(
  picture: GreyPicture,
  zoneRow: ZoneRow,
  column: number,
  shift: Shift,
): { readonly values: Float32Array; readonly spread: number } {
  const { row, grid, aside } = zoneRow;
  const pitch = pitchAt(grid, column);
  const values = new Float32Array(PATCH.across * PATCH.down);
  let [sum, squares] = [0, 0];
  const origin = middleOf(row, grid, column + shift.across, aside[column]! + shift.down * pitch);
  const ahead = middleOf(row, grid, column + shift.across + 0.5, aside[column]! + shift.down * pitch);
  const [dx, dy] = [(ahead[0] - origin[0]) * 2, (ahead[1] - origin[1]) * 2];
  for (let y = 0, at = 0; y < PATCH.down; y++) {
    const below = ((y + 0.5) / PATCH.down - 0.5) * PATCH.height;
    for (let x = 0; x < PATCH.across; x++, at++) {
      const right = ((x + 0.5) / PATCH.across - 0.5) * PATCH.width;
      const value = darkness(picture, [origin[0] + dx * right - dy * below, origin[1] + dy * right + dx * below]);
      values[at] = value;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / values.length;
  return { values: normalised(values), spread: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

/** How alike they are, -1..1. */
export function likeness(patch: Float32Array, { values }: CharacterShape): number {
  let sum = 0;
  for (let i = 0; i < patch.length; i++) sum += patch[i]! * values[i]!;
  return sum;
}

/** The likeness of the most alike character. */
export function bestLikeness(patch: Float32Array, shapes: readonly CharacterShape[]): number {
  let best = -1;
  for (const shape of shapes) best = Math.max(best, likeness(patch, shape));
  return best;
}
