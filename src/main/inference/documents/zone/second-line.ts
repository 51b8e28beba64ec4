import { MRZ_FORMATS, type MrzFormat } from '../../../../shared/domain/machine-readable-zone.ts';
import { MRZ_LAYOUTS } from '../../../../shared/domain/mrz-layout.ts';
import type { ReadLine } from '../contract.ts';
import { allowedAt, TWINS } from './column-kinds.ts';
import { columnMiddle, fitGrid, type ColumnGrid } from './column-grid.ts';

/** The second line of a zone: every format has dates, check digits and a sex in it, by which it is known. */
export interface SecondLine {
  readonly format: MrzFormat;
  /** In pixels along the row from its start; column 0 is the line's first. */
  readonly grid: ColumnGrid;
  /** 0..1: how much of it is what a second line has. */
  readonly score: number;
}

const LEAST_SCORE = 0.65;
/** Characters may be missing at the ends, or be read where none are. */
const FURTHEST_SHIFT = 6;

/** Takes a row for a second line of each format in turn; null when it looks like none. */
export function asSecondLine({ characters }: ReadLine, length: number): SecondLine | null {
  const fitted = fitGrid(characters.map(({ at }) => at * length));
  if (!fitted) return null;
  let best: SecondLine | null = null;
  for (const format of MRZ_FORMATS) {
    const { columns } = MRZ_LAYOUTS[format];
    for (let shift = -2; shift <= FURTHEST_SHIFT; shift++) {
      const texts = new Map(fitted.columns.map((column, at) => [column + shift, characters[at]!.text]));
      const score = scoreOf(format, texts) - endsOff(fitted.grid, { shift, columns, length });
      if (score >= LEAST_SCORE && (!best || score > best.score)) {
        best = { format, score, grid: shifted(fitted.grid, -shift) };
      }
    }
  }
  return best;
}

/** Share of the columns of dates, check digits, sex and nationality that have what belongs there. */
function scoreOf(format: MrzFormat, texts: ReadonlyMap<number, string>): number {
  const { columns } = MRZ_LAYOUTS[format];
  let [wanted, found] = [0, 0];
  for (let column = 0; column < columns; column++) {
    const allowed = allowedAt(format, 1, column);
    if (allowed.size > 30) continue;
    wanted++;
    const text = texts.get(column);
    if (text !== undefined && text !== '<' && (allowed.has(text) || allowed.has(TWINS.get(text) ?? ''))) found++;
    else if (text === '<' || text === undefined) found += 0.3;
  }
  const outside = [...texts.keys()].filter((column) => column < 0 || column >= columns).length;
  return (found - outside) / wanted;
}

/** The row as it was found is a little longer than its columns; how far that is off, in tenths of columns. */
function endsOff(
  grid: ColumnGrid,
  { shift, columns, length }: { readonly shift: number; readonly columns: number; readonly length: number },
): number {
  const before = columnMiddle(grid, -shift) / grid.pitch;
  const behind = (length - columnMiddle(grid, columns - 1 - shift)) / grid.pitch;
  return 0.02 * (Math.abs(before - 0.8) + Math.abs(behind - 0.8));
}

function shifted(grid: ColumnGrid, columns: number): ColumnGrid {
  return {
    start: columnMiddle(grid, columns),
    pitch: grid.pitch + 2 * columns * grid.growth,
    growth: grid.growth,
  };
}
