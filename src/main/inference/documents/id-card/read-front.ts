import type {
  FieldDoubt,
  IdCardFrontField,
  ReadField,
  ReadFields,
} from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { Quad, ReadLine, TextEngine } from '../contract.ts';
import { findCaptions, FRONT_CAPTIONS } from './captions.ts';
import { expectedQuad, layoutBy, quadOf, VALUES_TO, valuesByRow, type FrontLayout } from './front-layout.ts';
import { addressField, birthDateField, DATE_ALPHABET, nameField, nationField, sexField } from './front-values.ts';
import {
  combinedReadings,
  isDoubtful,
  NUMBER_ALPHABET,
  numberCharacters,
  numberField,
  settledNumber,
} from './number-field.ts';
import { boxAround, inReadingOrder, placedLines, type PlacedLine } from './placed-text.ts';
import { better } from './read-field.ts';
import { withGapsRead } from './read-gaps.ts';
import { seenTwice } from './second-look.ts';

/** An upright card with its lines, and what reads them once more. */
export interface ReadableCard {
  readonly card: Frame;
  readonly lines: readonly ReadLine[];
  readonly engine: TextEngine;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * The fields of an upright front. What wasn't found, or isn't clear, is read once more where it should stand; numbers
 * and dates then with their own characters only.
 */
export async function readFront(readable: ReadableCard): Promise<ReadFields<IdCardFrontField>> {
  const { card, today } = readable;
  const lines = placedLines(readable.lines, card);
  const captions = findCaptions(lines, FRONT_CAPTIONS);
  const layout = layoutBy(captions);
  const values = valuesByRow(lines, captions, layout);
  // Before a name stands its caption, too near to tell it from a character that was left out.
  const bounds = { from: Math.max(layout.valuesFrom, values.name[0]?.[0]?.lineFrom ?? 0), to: VALUES_TO };
  const [names, addresses] = [
    await seenTwice(await withGapsRead(values.name, card, readable.engine, bounds), card, readable.engine),
    await withGapsRead(values.address, card, readable.engine),
  ];
  const sexRow = inReadingOrder(values.sex);
  const again = <T>(field: Parameters<typeof expectedQuad>[0], make: (lines: readonly PlacedLine[]) => T) =>
    readAgain(readable, expectedQuad(field, layout, card), field === 'birthDate' ? DATE_ALPHABET : undefined).then(
      (line) => make([line]),
    );
  return {
    name: await settled(nameField(names), () => again('name', nameField), 'not-found'),
    sex: await settled(sexField(sexRow.filter(({ x }) => x < layout.nationFrom)), () =>
      again('sex', ([line]) => sexField(line!)),
    ),
    nation: await settled(nationField(sexRow.filter(({ x }) => x > layout.nationValueFrom)), () =>
      again('nation', ([line]) => nationField(line!)),
    ),
    birthDate: await settled(birthDateField(values.birthDate, today), () =>
      again('birthDate', (placed) => birthDateField(placed, today)),
    ),
    address: addressField(addresses),
    number: await readNumber(values.number, layout, readable),
  };
}

/** @param only a field with another doubt isn't read again: a name that is unclear may hold a character that can't be. */
async function settled(first: ReadField, again: () => Promise<ReadField>, only?: FieldDoubt): Promise<ReadField> {
  const enough = first.doubt === null || (only !== undefined && first.doubt !== only);
  return enough ? first : better(first, await again());
}

async function readAgain({ card, engine }: ReadableCard, quad: Quad, alphabet?: string): Promise<PlacedLine> {
  const [line] = await engine.recognise(card, [{ quad, score: 1 }], alphabet === undefined ? {} : { alphabet });
  return placedLines(line ? [line] : [], card)[0] ?? [];
}

/** How far strips of the number reach over what was read at first, in heights of the line. */
const NUMBER_MARGINS = [
  { across: 0.35, down: 0.12 },
  { across: 0.6, down: 0.3 },
] as const;

async function readNumber(
  lines: readonly PlacedLine[],
  layout: FrontLayout,
  readable: ReadableCard,
): Promise<ReadField> {
  const first = numberCharacters(inReadingOrder(lines));
  const field = numberField(first, readable.today);
  if (!isDoubtful(field)) return field;
  const readings = [first];
  for (const quad of numberQuads(first, layout, readable.card)) {
    readings.push(numberCharacters(await readAgain(readable, quad, NUMBER_ALPHABET)));
  }
  return settledNumber(first, combinedReadings(readings), readable.today);
}

function numberQuads(first: PlacedLine, layout: FrontLayout, card: Frame): readonly Quad[] {
  const box = boxAround(first);
  const expected = expectedQuad('number', layout, card);
  if (!box || first.length < 12) return [expected];
  const height = box.height * card.height;
  const around = NUMBER_MARGINS.map(({ across, down }) =>
    quadOf(
      box.x * card.width - across * height,
      box.y * card.height - down * height,
      (box.x + box.width) * card.width + across * height,
      (box.y + box.height) * card.height + down * height,
    ),
  );
  return [...around, expected];
}
