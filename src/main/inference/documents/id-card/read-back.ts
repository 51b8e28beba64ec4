import { isCalendarDate } from '../../../../shared/domain/calendar-date.ts';
import type { IdCardBackField, ReadField, ReadFields } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { Quad } from '../contract.ts';
import { BACK_CAPTIONS, findCaptions, type Caption, type FoundCaption } from './captions.ts';
import { quadOf } from './front-layout.ts';
import { inReadingOrder, middleOf, placedLines, textOf, type PlacedCharacter, type PlacedLine } from './placed-text.ts';
import { better, fieldOf } from './read-field.ts';
import { withGapsRead } from './read-gaps.ts';
import type { ReadableCard } from './read-front.ts';
import { seenTwice } from './second-look.ts';

/** The captions' middles, 0..1 of the card's height, and where the values begin. */
const NOMINAL = { issuer: 0.775, validity: 0.88, valuesFrom: 0.38 } as const;
/** Half of what belongs to a row; an issuer with a long name has two lines, the second under the first. */
const HALF_ROW = 0.05;
const STRIP_HALF = 0.045;
/** What the days of validity are written with. */
export const VALIDITY_ALPHABET = '0123456789.-长期';

/** The fields of an upright back: who issued the card, and for how long it is valid. */
export async function readBack(readable: ReadableCard): Promise<ReadFields<IdCardBackField>> {
  const { card } = readable;
  const lines = placedLines(readable.lines, card);
  const captions = findCaptions(lines, BACK_CAPTIONS);
  const layout = layoutBy(captions);
  const values = lines.map((line) => withoutCaptions(line, captions, layout.valuesFrom));
  const between = (from: number, to: number): PlacedLine[] =>
    values.filter((line) => line.length > 0 && middleOf(line) >= from && middleOf(line) < to);
  const middle = (layout.issuer + layout.validity) / 2;
  const issuerLines = await withGapsRead(between(layout.issuer - HALF_ROW, middle + 0.012), card, readable.engine);
  const issuer = issuerField(await seenTwice(issuerLines, card, readable.engine));
  const validity = validityFields(inReadingOrder(between(middle + 0.012, layout.validity + HALF_ROW)));
  if (validity.validFrom.doubt === null && validity.validTo.doubt === null) return { issuer, ...validity };
  const again = validityFields(await readAgain(readable, validityQuad(layout, card)));
  return {
    issuer,
    validFrom: better(validity.validFrom, again.validFrom),
    validTo: better(validity.validTo, again.validTo),
  };
}

interface BackLayout {
  readonly issuer: number;
  readonly validity: number;
  readonly valuesFrom: number;
}

function layoutBy(captions: ReadonlyMap<Caption, FoundCaption>): BackLayout {
  const [issuer, validity] = [captions.get('issuer'), captions.get('validity')];
  const pitch = NOMINAL.validity - NOMINAL.issuer;
  return {
    issuer: issuer?.y ?? (validity ? validity.y - pitch : NOMINAL.issuer),
    validity: validity?.y ?? (issuer ? issuer.y + pitch : NOMINAL.validity),
    valuesFrom: Math.min(
      issuer?.right ?? Infinity,
      validity?.right ?? Infinity,
      issuer || validity ? 1 : NOMINAL.valuesFrom,
    ),
  };
}

function withoutCaptions(line: PlacedLine, captions: ReadonlyMap<Caption, FoundCaption>, from: number): PlacedLine {
  const inCaption = new Set<PlacedCharacter>([...captions.values()].flatMap(({ characters }) => characters));
  return line.filter((character) => !inCaption.has(character) && character.x > from);
}

/** Police of a county, a city or a branch: always an authority of public security, but for a few of old cards. */
const SHORTEST_ISSUER = 4;

function issuerField(lines: readonly PlacedLine[]): ReadField {
  const characters = inReadingOrder(lines);
  const text = textOf(characters);
  return fieldOf('issuer', characters, text, [...text].length >= SHORTEST_ISSUER ? null : 'form');
}

const VALIDITY = /^(\d{4})(\d{2})(\d{2})(?:(\d{4})(\d{2})(\d{2})|长期)$/;

/** `YYYY.MM.DD-YYYY.MM.DD` or `YYYY.MM.DD-长期`; the points and the dash may have been lost. */
export function validityFields(line: PlacedLine): Pick<ReadFields<IdCardBackField>, 'validFrom' | 'validTo'> {
  const characters = line.filter(({ text }) => /[\d长期]/.test(text));
  const match = VALIDITY.exec(textOf(characters));
  if (!match) {
    const half = Math.min(8, characters.length);
    const [from, to] = [characters.slice(0, half), characters.slice(half)];
    return {
      validFrom: fieldOf('validFrom', from, textOf(from), 'form'),
      validTo: fieldOf('validTo', to, textOf(to), 'form'),
    };
  }
  const [from, to] = [characters.slice(0, 8), characters.slice(8)];
  const [fromDate, toDate] = [dateOf(match, 1), match[4] === undefined ? 'long-term' : dateOf(match, 4)];
  return {
    validFrom: fieldOf('validFrom', from, fromDate, isCalendarDate(fromDate) ? null : 'form'),
    validTo: fieldOf('validTo', to, toDate, toDate === 'long-term' || isCalendarDate(toDate) ? null : 'form'),
  };
}

function dateOf(match: RegExpExecArray, first: number): string {
  return `${match[first]}-${match[first + 1]}-${match[first + 2]}`;
}

function validityQuad(layout: BackLayout, { width, height }: Frame): Quad {
  const [top, bottom] = [layout.validity - STRIP_HALF, layout.validity + STRIP_HALF];
  return quadOf((layout.valuesFrom + 0.005) * width, top * height, 0.86 * width, bottom * height);
}

async function readAgain({ card, engine }: ReadableCard, quad: Quad): Promise<PlacedLine> {
  const [line] = await engine.recognise(card, [{ quad, score: 1 }], { alphabet: VALIDITY_ALPHABET });
  return placedLines(line ? [line] : [], card)[0] ?? [];
}
