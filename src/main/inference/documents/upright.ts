import type { Frame } from '../frame.ts';
import type { Point, Quad, ReadLine, TextRegion } from './contract.ts';
import { turned } from './outline/rectify-card.ts';
import type { DirectedTextEngine } from './text/text-engine.ts';
import { sizeOfLine } from './text/strip.ts';

/** A picture turned so that its text can be read, and the text that was read. */
export interface UprightText {
  readonly picture: Frame;
  /** Quarter turns clockwise. */
  readonly quarterTurns: number;
  readonly lines: readonly ReadLine[];
}

/** A rectified card's print is large enough for this; the full size takes more than twice the time. */
const CARD_LONG_SIDE = 736;
/** The longest lines tell the direction best. */
const LINES_FOR_DIRECTION = 5;
/** Between these the classifier doesn't know, and the recogniser is asked: upside-down lines read badly. */
const SURE = { upright: 0.2, upsideDown: 0.8 } as const;

/**
 * Finds the text of a card, turns the card upright and reads it. A standing picture is laid down first: text on cards
 * runs along their long side.
 */
export async function readUpright(engine: DirectedTextEngine, card: Frame): Promise<UprightText> {
  const lies = card.width >= card.height;
  const lying = lies ? card : turned(card, 1);
  const turns = lies ? 0 : 1;
  const regions = await engine.detect(lying, { longSide: CARD_LONG_SIDE });
  if (!(await standsOnHead(engine, lying, regions))) {
    return { picture: lying, quarterTurns: turns, lines: await engine.recognise(lying, regions) };
  }
  const picture = turned(lying, 2);
  const upright = regions.map((region) => onTheOtherEnd(region, picture)).reverse();
  return { picture, quarterTurns: turns + 2, lines: await engine.recognise(picture, upright) };
}

async function standsOnHead(
  engine: DirectedTextEngine,
  picture: Frame,
  regions: readonly TextRegion[],
): Promise<boolean> {
  const length = ({ quad }: TextRegion): number => sizeOfLine(quad).length;
  const longest = regions.toSorted((a, b) => length(b) - length(a)).slice(0, LINES_FOR_DIRECTION);
  const upsideDown = await engine.upsideDown(picture, longest);
  if (upsideDown <= SURE.upright) return false;
  if (upsideDown >= SURE.upsideDown) return true;
  const asItIs = clarity(await engine.recognise(picture, longest));
  const onItsHead = clarity(
    await engine.recognise(
      picture,
      longest.map(({ quad: [a, b, c, d], score }) => ({ quad: [c, d, a, b] as Quad, score })),
    ),
  );
  return onItsHead > asItIs;
}

/** Mean confidence of all characters. */
function clarity(lines: readonly ReadLine[]): number {
  const characters = lines.flatMap((line) => line.characters);
  return characters.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, characters.length);
}

function onTheOtherEnd({ quad: [a, b, c, d], score }: TextRegion, { width, height }: Frame): TextRegion {
  const corner = ([x, y]: Point): Point => [width - x, height - y];
  return { quad: [corner(c), corner(d), corner(a), corner(b)], score };
}
