import type { Frame } from '../../frame.ts';
import type { PlacedLine } from './placed-text.ts';

/** The part of a line's height that is looked at: what stands above and below is another line's, or the card's edge. */
const LOOKED_AT = 0.55;
/** A column is printed on when it is darker than the paper by this share of what the read characters are. */
const PRINTED = 0.35;
/** So much of a character's room has to be printed on; a speck or the edge of a shadow is no character. */
const LEAST_PRINTED = 0.45;
/** The paper is as bright as this share of the pixels at most. */
const PAPER_QUANTILE = 0.8;
/** The room between two characters, in their widths. */
const SPACE = 0.1;
const MOST_BEYOND = 3;

/** Where a line's values can stand, 0..1 of the card's width. */
export interface LineBounds {
  readonly from: number;
  readonly to: number;
}

/**
 * Where print that looks like further characters goes on before and behind what was read in a line: the detector may
 * have left them out of its region. By brightness alone, so that it doesn't matter which characters they are.
 *
 * @param em width of a character, 0..1 of the card's width.
 */
export function printedExtent(
  card: Frame,
  line: PlacedLine,
  em: number,
  bounds: LineBounds,
): { readonly from: number; readonly to: number } {
  const [first, last] = [line[0]!, line.at(-1)!];
  let [from, to] = [first.x - em / 2, last.x + em / 2];
  const reach = (MOST_BEYOND + 0.2) * em;
  const begin = Math.max(0, bounds.from, from - reach);
  const end = Math.min(1, bounds.to, to + reach);
  const columns = darknessOf(card, line, begin, end);
  const at = (x: number): number => Math.round((x - begin) * card.width);
  const printed = levelOf(columns.slice(Math.max(0, at(from)), at(to)));
  const holdsCharacter = (left: number, right: number): boolean => {
    if (left < begin || right > end) return false;
    const cell = columns.slice(at(left), at(right));
    return cell.filter((value) => value > PRINTED * printed).length >= LEAST_PRINTED * cell.length;
  };
  if (printed <= 0) return { from, to };
  while (holdsCharacter(to + SPACE * em, to + (1 - SPACE) * em)) to += em;
  while (holdsCharacter(from - (1 - SPACE) * em, from - SPACE * em)) from -= em;
  return { from, to };
}

/** How much darker than the paper each column is on average, from `begin` to `end`. */
function darknessOf(card: Frame, line: PlacedLine, begin: number, end: number): number[] {
  const [left, right] = [Math.floor(begin * card.width), Math.min(card.width, Math.ceil(end * card.width))];
  const [{ y: y0, x: x0 }, { y: y1, x: x1 }] = [line[0]!, line.at(-1)!];
  const slope = x1 - x0 > 0.02 ? (y1 - y0) / (x1 - x0) : 0;
  const half = (LOOKED_AT * line[0]!.height * card.height) / 2;
  const values: number[][] = [];
  for (let x = left; x < right; x++) {
    const middle = (y0 + slope * (x / card.width - x0)) * card.height;
    const column: number[] = [];
    for (let y = Math.max(0, Math.round(middle - half)); y <= Math.min(card.height - 1, middle + half); y++) {
      const at = 3 * (y * card.width + x);
      column.push((card.rgb[at]! + 2 * card.rgb[at + 1]! + card.rgb[at + 2]!) / 4);
    }
    values.push(column);
  }
  const sorted = values.flat().sort((a, b) => a - b);
  const paper = sorted[Math.floor(PAPER_QUANTILE * sorted.length)] ?? 255;
  return values.map((column) =>
    column.length === 0 ? 0 : column.reduce((sum, value) => sum + Math.max(0, paper - value), 0) / column.length,
  );
}

/** The mean of the columns that characters stand in. */
function levelOf(columns: readonly number[]): number {
  return columns.reduce((sum, value) => sum + value, 0) / Math.max(1, columns.length);
}
