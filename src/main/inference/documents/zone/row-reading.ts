import { MRZ_ALPHABET } from '../../../../shared/domain/mrz-characters.ts';
import type { Frame } from '../../frame.ts';
import type { ReadCharacter, ReadLine, TextEngine } from '../contract.ts';
import type { ColumnGrid } from './column-grid.ts';
import { TWINS } from './column-kinds.ts';
import { stripOf, type ZoneRow } from './row-shape.ts';

/** What was read in one column; null where nothing was. */
export interface ReadCell {
  readonly text: string;
  readonly confidence: number;
  readonly others: ReadCharacter['others'];
}

/** Columns that are read in one strip, and how many of them the next one repeats: characters at a strip's end are read badly. */
const WINDOW = 13;
const OVERLAP = 3;
const MARGIN = 0.35;
/** How sure a letter is that was read as the digit of the same shape where only letters can stand, or the other way. */
const TWIN_CONFIDENCE = 0.6;
/** A character further from its column's middle belongs to none. */
const FURTHEST = 0.62;

/**
 * Reads a row column by column from overlapping strips.
 *
 * @param allowed what can stand in a column; a reading that can't gives way to the most probable other one that can.
 */
export async function readRow(
  engine: TextEngine,
  picture: Frame,
  zoneRow: ZoneRow,
  allowed: readonly ReadonlySet<string>[],
): Promise<{ readonly cells: readonly (ReadCell | null)[]; readonly drift: number }> {
  const windows = windowsOf(allowed.length);
  const regions = windows.map(([first, last]) => ({ quad: stripOf(zoneRow, first, last, MARGIN), score: 1 }));
  const lines = await engine.recognise(picture, regions, { alphabet: MRZ_ALPHABET });
  const cells: ((ReadCell & { readonly inside: boolean }) | null)[] = allowed.map(() => null);
  const drifts: number[] = [];
  lines.forEach((line, at) => {
    const [first, last] = windows[at]!;
    for (const { character, column, drift } of placed(line, first, last)) {
      drifts.push(drift);
      const cell = chosen(character, allowed[column]!);
      if (!cell) continue;
      const inside = (column > first || first === 0) && (column < last || last === allowed.length - 1);
      const before = cells[column];
      const better =
        !before || (inside && !before.inside) || (inside === before.inside && cell.confidence > before.confidence);
      if (better) cells[column] = { ...cell, inside };
    }
  });
  return { cells, drift: median(drifts) };
}

/** The same columns, moved by a part of a column. */
export function driftedGrid(grid: ColumnGrid, drift: number): ColumnGrid {
  return { ...grid, start: grid.start + drift * grid.pitch };
}

/** Reads a few columns again, each in the middle of a strip of its own. */
export async function readAgain(
  engine: TextEngine,
  picture: Frame,
  zoneRow: ZoneRow,
  columns: readonly number[],
  allowed: readonly ReadonlySet<string>[],
): Promise<ReadonlyMap<number, ReadCell>> {
  const around = (column: number): readonly [number, number] => [
    Math.max(0, column - 3),
    Math.min(allowed.length - 1, column + 3),
  ];
  const again = new Map<number, ReadCell>();
  for (const column of columns) {
    const [first, last] = around(column);
    const region = { quad: stripOf(zoneRow, first, last, MARGIN), score: 1 };
    const alphabet = [...allowed[column]!].join('');
    const [line] = await engine.recognise(picture, [region], { alphabet });
    const found = line && placed(line, first, last).find((each) => each.column === column);
    const cell = found ? chosen(found.character, allowed[column]!) : null;
    if (cell) again.set(column, cell);
  }
  return again;
}

function windowsOf(columns: number): readonly (readonly [first: number, last: number])[] {
  const count = Math.max(1, Math.ceil((columns - OVERLAP) / (WINDOW - OVERLAP)));
  return Array.from({ length: count }, (_, at) => {
    const first = Math.round((at * (columns - WINDOW)) / Math.max(1, count - 1));
    return [first, Math.min(columns - 1, first + WINDOW - 1)] as const;
  });
}

function placed(
  { characters }: ReadLine,
  first: number,
  last: number,
): readonly { readonly character: ReadCharacter; readonly column: number; readonly drift: number }[] {
  const width = last - first + 1 + 2 * MARGIN;
  const result: { character: ReadCharacter; column: number; drift: number }[] = [];
  for (const character of characters) {
    const place = first - 0.5 - MARGIN + character.at * width;
    const before = result.at(-1);
    let column = Math.round(place);
    if (before && column <= before.column && place > before.column + 0.25) column = before.column + 1;
    const drift = place - column;
    if (column < first || column > last || Math.abs(drift) > FURTHEST) continue;
    if (before?.column !== column) result.push({ character, column, drift });
    else if (character.confidence > before.character.confidence)
      result[result.length - 1] = { character, column, drift };
  }
  return result;
}

function chosen(character: ReadCharacter, allowed: ReadonlySet<string>): ReadCell | null {
  const readings = [{ text: character.text, confidence: character.confidence }, ...character.others];
  const [best, ...others] = readings.filter(({ text }) => allowed.has(text));
  if (best) return { ...best, others };
  const twin = TWINS.get(character.text);
  return twin !== undefined && allowed.has(twin)
    ? { text: twin, confidence: character.confidence * TWIN_CONFIDENCE, others: [] }
    : null;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
