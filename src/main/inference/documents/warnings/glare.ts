import { groupsOf, type CardCells } from './card-cells.ts';
import { scoreAgainst } from './cue.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/** A cell counts as lost in a highlight when half of it is saturated. */
const LOST = 0.5;
/** Highlights below this many cells are print, or nothing that hides a character. */
const SMALLEST_CELLS = 3;

/** 0..1: how much of the card is lost in highlights. */
export function glareScore({ saturated, columns, rows }: CardCells): number {
  const lost = Uint8Array.from(saturated, (share) => (share >= LOST ? 1 : 0));
  const highlights = groupsOf(lost, columns, rows).filter((group) => group.length >= SMALLEST_CELLS);
  const cells = highlights.reduce((sum, group) => sum + group.length, 0);
  return scoreAgainst(cells / (columns * rows), CUE_LIMITS.glareArea);
}
