import type { Quad } from '../contract.ts';
import type { Frame } from '../../frame.ts';
import type { FoundCaption, Caption } from './captions.ts';
import { middleOf, type PlacedCharacter, type PlacedLine } from './placed-text.ts';

/** The rows of the front by the middle of their captions, 0..1 of the card's height, as GA 448 cards are printed. */
const ROWS = { name: 0.14, sex: 0.258, birthDate: 0.372, address: 0.493, number: 0.868 } as const;
export type Row = keyof typeof ROWS;
export const ROW_NAMES = ['name', 'sex', 'birthDate', 'address', 'number'] as const satisfies readonly Row[];

/** Where the left column of captions ends and the portrait begins. */
const VALUES_FROM = 0.168;
export const VALUES_TO = 0.655;
/** The nation's caption stands between the sex and the nation. */
const NATION_FROM = 0.28;
const NATION_VALUE_FROM = 0.375;
/** The number stands right of its caption, and below the portrait. */
const NUMBER_FROM = 0.305;
/** Half a row of the number. */
const NUMBER_HALF = 0.075;

/** Where things are on one card: the middle of each row, and where the columns begin. */
export interface FrontLayout {
  readonly rows: Readonly<Record<Row, number>>;
  readonly valuesFrom: number;
  readonly nationFrom: number;
  readonly nationValueFrom: number;
  readonly numberFrom: number;
}

/** The layout of a card by the captions that were found; what is missing stands where the others say. */
export function layoutBy(captions: ReadonlyMap<Caption, FoundCaption>): FrontLayout {
  const known = ROW_NAMES.flatMap((row) => {
    const caption = captions.get(row);
    return caption ? [{ row, nominal: ROWS[row], y: caption.y }] : [];
  });
  const { scale, offset } = fitted(known);
  const rowAt = (row: Row): number => known.find((one) => one.row === row)?.y ?? offset + scale * ROWS[row];
  const right = (caption: Caption): number | null => captions.get(caption)?.right ?? null;
  const leftColumn = (['name', 'sex', 'birthDate', 'address'] as const).flatMap((caption) => right(caption) ?? []);
  return {
    rows: {
      name: rowAt('name'),
      sex: rowAt('sex'),
      birthDate: rowAt('birthDate'),
      address: rowAt('address'),
      number: rowAt('number'),
    },
    valuesFrom: leftColumn.length > 0 ? median(leftColumn) : VALUES_FROM,
    nationFrom: captions.get('nation')?.left ?? NATION_FROM,
    nationValueFrom: right('nation') ?? NATION_VALUE_FROM,
    numberFrom: right('number') ?? NUMBER_FROM,
  };
}

/** Least squares; a shift alone where the known rows are too near to each other to tell a scale. */
function fitted(known: readonly { readonly nominal: number; readonly y: number }[]): {
  readonly scale: number;
  readonly offset: number;
} {
  if (known.length === 0) return { scale: 1, offset: 0 };
  const mean = (value: (one: (typeof known)[number]) => number): number =>
    known.reduce((sum, one) => sum + value(one) / known.length, 0);
  const [nominal, y] = [mean((one) => one.nominal), mean((one) => one.y)];
  const spread = mean((one) => (one.nominal - nominal) ** 2);
  const slope = spread < 0.01 ? 1 : mean((one) => (one.nominal - nominal) * (one.y - y)) / spread;
  const scale = slope > 0.8 && slope < 1.2 ? slope : 1;
  return { scale, offset: y - scale * nominal };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** The characters of each row's values, line by line: right of the captions, left of the portrait. */
export function valuesByRow(
  lines: readonly PlacedLine[],
  captions: ReadonlyMap<Caption, FoundCaption>,
  layout: FrontLayout,
): Readonly<Record<Row, readonly PlacedLine[]>> {
  const caption = new Set<PlacedCharacter>([...captions.values()].flatMap(({ characters }) => characters));
  const values: Record<Row, PlacedLine[]> = { name: [], sex: [], birthDate: [], address: [], number: [] };
  for (const line of lines) {
    const row = rowOf(middleOf(line), layout.rows);
    if (!row) continue;
    const [from, to] = row === 'number' ? [layout.numberFrom, 1] : [layout.valuesFrom, VALUES_TO];
    const kept = line.filter((character) => !caption.has(character) && character.x > from && character.x < to);
    if (kept.length > 0) values[row].push(kept);
  }
  return values;
}

function rowOf(y: number, { name, sex, birthDate, address, number }: Readonly<Record<Row, number>>): Row | null {
  if (y < name - 0.09) return null;
  if (y < (name + sex) / 2) return 'name';
  if (y < (sex + birthDate) / 2) return 'sex';
  if (y < (birthDate + address) / 2) return 'birthDate';
  if (y < number - NUMBER_HALF) return 'address';
  return y < number + NUMBER_HALF ? 'number' : null;
}

/** Half the height of a strip that is cut where a value should stand. */
const STRIP_HALF = 0.042;

/** Where a value should stand: for reading what the detector overlooked. */
export function expectedQuad(
  field: 'name' | 'sex' | 'nation' | 'birthDate' | 'number',
  layout: FrontLayout,
  { width, height }: Pick<Frame, 'width' | 'height'>,
): Quad {
  const middle = layout.rows[field === 'nation' ? 'sex' : field];
  const [from, to] = {
    name: [layout.valuesFrom + 0.01, 0.46],
    sex: [layout.valuesFrom + 0.01, layout.nationFrom - 0.01],
    nation: [layout.nationValueFrom + 0.005, 0.52],
    birthDate: [layout.valuesFrom + 0.01, 0.53],
    number: [layout.numberFrom + 0.005, 0.945],
  }[field] as [number, number];
  return quadOf(from * width, (middle - STRIP_HALF) * height, to * width, (middle + STRIP_HALF) * height);
}

/** The corners of a rectangle, clockwise from the upper left, in the unit of its sides. */
export function quadOf(left: number, top: number, right: number, bottom: number): Quad {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
