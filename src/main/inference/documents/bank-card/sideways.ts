import type { CardBox, ReadField } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { Point, Quad, ReadLine, TextEngine, TextRegion } from '../contract.ts';
import { turned } from '../outline/rectify-card.ts';
import { leans, placeOf } from './line-geometry.ts';

/** A card turned so that its text runs across. */
export interface TurnedCard {
  readonly picture: Frame;
  readonly lines: readonly ReadLine[];
  /** Quarter turns clockwise from the card that was given. */
  readonly quarterTurns: 1 | 3;
}

/** So many of the longest lines tell which end is up. */
const TELLING_LINES = 5;

/** Whether the text of a card runs from top to bottom: cards that stand are laid down before their text is looked at. */
export function runsSideways(lines: readonly ReadLine[]): boolean {
  const long = lines.filter(({ region }) => {
    const { from, to, height } = placeOf(region.quad);
    return Math.hypot(to[0] - from[0], to[1] - from[1]) > 1.5 * height;
  });
  return long.length >= 2 && long.filter(leans).length > 0.6 * long.length;
}

/** Turns a card whose text runs sideways, by the side that its text reads better from, and reads it. */
export async function uprightAgain(card: Frame, engine: TextEngine): Promise<TurnedCard> {
  const picture = turned(card, 1);
  const regions = await engine.detect(picture);
  const longest = regions.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, TELLING_LINES);
  const onItsHead = longest.map(({ quad: [a, b, c, d], score }): TextRegion => ({ quad: [c, d, a, b], score }));
  const asItIs = clarity(await engine.recognise(picture, longest));
  if (clarity(await engine.recognise(picture, onItsHead)) <= asItIs) {
    return { picture, lines: await engine.recognise(picture, regions), quarterTurns: 1 };
  }
  const other = turned(card, 3);
  const corner = ([x, y]: Point): Point => [other.width - x, other.height - y];
  const flipped = regions.map(({ quad: [a, b, c, d], score }): TextRegion => {
    const quad: Quad = [corner(c), corner(d), corner(a), corner(b)];
    return { quad, score };
  });
  return { picture: other, lines: await engine.recognise(other, flipped), quarterTurns: 3 };
}

/** A field of a turned card with its box where it lies on the card that was given. */
export function turnedBack(field: ReadField, quarterTurns: 1 | 3): ReadField {
  return field.box ? { ...field, box: boxBack(field.box, quarterTurns) } : field;
}

function boxBack({ x, y, width, height }: CardBox, quarterTurns: 1 | 3): CardBox {
  return quarterTurns === 1
    ? { x: y, y: 1 - x - width, width: height, height: width }
    : { x: 1 - y - height, y: x, width: height, height: width };
}

function lengthOf({ quad }: TextRegion): number {
  const { from, to } = placeOf(quad);
  return Math.hypot(to[0] - from[0], to[1] - from[1]);
}

/** Mean confidence of all characters. */
function clarity(lines: readonly ReadLine[]): number {
  const characters = lines.flatMap((line) => line.characters);
  return characters.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, characters.length);
}
