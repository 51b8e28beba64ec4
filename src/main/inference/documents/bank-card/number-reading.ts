import { BANK_CARD_DIGITS } from '../../../../shared/domain/bank-card.ts';
import type { Frame } from '../../frame.ts';
import type { Quad, ReadLine, TextEngine } from '../contract.ts';
import { placedDigits, voted, type RowReading, type Vote } from './digit-vote.ts';
import { quadAround, type DigitRow } from './digit-rows.ts';
import { placeOf, type LinePlace } from './line-geometry.ts';
import { lookOf, stripOf, type StripLook } from './strip-variants.ts';

/** A row that was read several times over, and what the readings say together. */
export interface ReadRow {
  readonly place: LinePlace;
  readonly vote: Vote;
  readonly readings: readonly RowReading[];
}

/** One way of looking at a row: its look, and how much higher than the row the strip is. */
interface View {
  readonly look: StripLook;
  readonly taller: number;
}

const FIRST_VIEWS: readonly View[] = [
  { look: 'plain', taller: 1.45 },
  { look: 'even', taller: 1.25 },
];
const MORE_VIEWS: readonly View[] = [
  { look: 'inverse', taller: 1.45 },
  { look: 'even', taller: 1.05 },
  { look: 'inverse', taller: 1.25 },
];
const WIDE_VIEWS: readonly View[] = [
  { look: 'plain', taller: 1.25 },
  { look: 'even', taller: 1.45 },
];
const DIGITS = '0123456789';
/** Beyond the ends of its lines a row is looked at by this share of its height. */
const MARGIN = 0.3;
/** With each digit this sure and nothing stray, two looks are enough. */
const PLAIN_ENOUGH = 0.9;
/** Digits beyond the ends of the lines that were found are at most this many heights away from the next. */
const FARTHEST = 3.2;

/**
 * Reads a row of digits: as its lines were read, and as strips in several looks; more of them where the first ones
 * differ or are too few, and over the card's whole width where the ends of the number may have been missed.
 */
export async function readRow(card: Frame, row: DigitRow, engine: TextEngine): Promise<ReadRow | null> {
  const readings = [...ofLines(row), ...(await viewed(card, row, FIRST_VIEWS, engine))];
  const first = voted(readings);
  if (first && isPlain(first)) return { place: row, vote: first, readings };
  const wide = await viewed(card, wholeWidth(row, card), WIDE_VIEWS, engine, row);
  const place = lengthened(row, wide);
  if (place !== null) {
    const anew = [...(await viewed(card, place, [...FIRST_VIEWS, ...MORE_VIEWS], engine, row)), ...wide];
    return readRowOf(place, within(anew, row, place));
  }
  const more = await viewed(card, row, MORE_VIEWS, engine);
  return readRowOf(row, within([...readings, ...wide, ...more], row, row));
}

/** Reads a row of which only the place is known, all over the card's width. */
export async function readBand(card: Frame, band: LinePlace, engine: TextEngine): Promise<ReadRow | null> {
  const wide = await viewed(card, band, WIDE_VIEWS, engine);
  const vote = voted(wide);
  if (!vote || vote.digits.length < BANK_CARD_DIGITS.least - 3) return null;
  const place = cut(band, vote.digits[0]!.at - band.height, vote.digits.at(-1)!.at + band.height);
  const readings = await viewed(card, place, [...FIRST_VIEWS, ...MORE_VIEWS], engine);
  return readRowOf(place, readings);
}

function readRowOf(place: LinePlace, readings: readonly RowReading[]): ReadRow | null {
  const vote = voted(readings);
  return vote ? { place, vote, readings } : null;
}

function isPlain({ digits, stray }: Vote): boolean {
  return (
    stray === 0 &&
    digits.length >= BANK_CARD_DIGITS.least &&
    digits.length <= BANK_CARD_DIGITS.most &&
    digits.every(({ confidence }) => confidence >= PLAIN_ENOUGH)
  );
}

/** What the lines of the row say, each of its own part. */
function ofLines(row: DigitRow): RowReading[] {
  return row.lines.map((line: ReadLine) => {
    const place = placeOf(line.region.quad);
    const [from, to] = [along(row, place.from), along(row, place.to)];
    return { from, to, digits: placedDigits(line.characters, from, to) };
  });
}

/** @param origin whose beginning positions are counted from; the row itself unless told. */
async function viewed(
  card: Frame,
  place: LinePlace,
  views: readonly View[],
  engine: TextEngine,
  origin: LinePlace = place,
): Promise<RowReading[]> {
  const readings: RowReading[] = [];
  const margin = MARGIN * place.height;
  const from = along(origin, place.from) - margin;
  const to = along(origin, place.to) + margin;
  for (const { look, taller } of views) {
    const strip = lookOf(stripOf(card, quadAround(place, taller, [margin, margin])), look);
    const [line] = await engine.recognise(strip, [{ quad: wholeOf(strip), score: 1 }], { alphabet: DIGITS });
    readings.push({ from, to, digits: line ? placedDigits(line.characters, from, to) : [] });
  }
  return readings;
}

function wholeOf({ width, height }: Frame): Quad {
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
}

function lengthOf({ from, to }: LinePlace): number {
  return Math.max(1, Math.hypot(to[0] - from[0], to[1] - from[1]));
}

/** How far along a row a point lies. */
function along(row: LinePlace, [x, y]: readonly [number, number]): number {
  const length = lengthOf(row);
  return ((x - row.from[0]) * (row.to[0] - row.from[0]) + (y - row.from[1]) * (row.to[1] - row.from[1])) / length;
}

/** The part of a row's straight line between two positions. */
function cut(row: LinePlace, from: number, to: number): LinePlace {
  const length = lengthOf(row);
  const [ux, uy] = [(row.to[0] - row.from[0]) / length, (row.to[1] - row.from[1]) / length];
  const at = (position: number): readonly [number, number] => [
    row.from[0] + ux * position,
    row.from[1] + uy * position,
  ];
  return { from: at(from), to: at(to), height: row.height };
}

function wholeWidth(row: LinePlace, { width }: Frame): LinePlace {
  const slope = (row.to[0] - row.from[0]) / lengthOf(row);
  return cut(row, -row.from[0] / slope, (width - row.from[0]) / slope);
}

/** The row as long as what wide readings agree on; null when that is no longer than it was. */
function lengthened(row: DigitRow, wide: readonly RowReading[]): LinePlace | null {
  const vote = voted(wide);
  if (!vote) return null;
  const { height } = row;
  const sure = vote.digits.filter(({ confidence }) => confidence > 0.5);
  let [from, to] = [0, lengthOf(row)];
  for (const { at } of sure) if (at > to && at - to < FARTHEST * height) to = at + 0.5 * height;
  for (const { at } of [...sure].reverse()) if (at < from && from - at < FARTHEST * height) from = at - 0.5 * height;
  return from < -0.2 * height || to > lengthOf(row) + 0.2 * height ? cut(row, from, to) : null;
}

/** Readings without what lies beyond a row's ends. */
function within(readings: readonly RowReading[], origin: LinePlace, place: LinePlace): RowReading[] {
  const margin = MARGIN * place.height;
  const [from, to] = [along(origin, place.from) - margin, along(origin, place.to) + margin];
  return readings.map((reading) => ({
    from: Math.max(from, reading.from),
    to: Math.min(to, reading.to),
    digits: reading.digits.filter(({ at }) => at > from && at < to),
  }));
}
