import type { ReadField } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { ReadLine, TextEngine } from '../contract.ts';
import { quadAround } from './digit-rows.ts';
import { NOT_FOUND } from './expiry-field.ts';
import { cardBoxOf, leans, middleOf, placeOf, type LinePlace } from './line-geometry.ts';
import { lookOf, stripOf } from './strip-variants.ts';

/** The least confidence with which a name is sure. Chosen on the development half of the specimens. */
export const HOLDER_LIMIT = 0.6;

/** Words that stand on cards in capitals and are no names. */
const NO_NAMES =
  /BANK|CARD|VALID|THRU|MONTH|YEAR|DEBIT|CREDIT|PLATINUM|GOLD|TITANIUM|DIAMOND|WORLD|VISA|MASTER|UNION|PAY|QUICK|PASS|MEMBER|SINCE|EXPRESS|AMERICAN|JCB|ATM|CASH|CIRRUS|PLUS|SIGNATURE|AUTHORI|SERVICE|HOTLINE|CHINA|NOTA/;
/** Of the card's longer side: smaller print is no name. */
const LEAST_HEIGHT = 0.026;
const LEAST_LETTERS = 4;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ .'-/";

/** A name is found in pieces that stand this close: heights between them, and off their common line. */
const MOST_GAP = 2.5;
const MOST_OFFSET = 0.4;

/** The pieces of a line of text, from left to right. */
type Pieces = readonly ReadLine[];

/**
 * The holder's name as printed in Latin capitals: below the number and beginning in the left half.
 *
 * @param below the number's lower edge, in pixels.
 */
export async function holderFieldOf(
  card: Frame,
  lines: readonly ReadLine[],
  engine: TextEngine,
  below: number,
): Promise<ReadField> {
  const long = Math.max(card.width, card.height);
  const capitals = lines.filter((line) => {
    const place = placeOf(line.region.quad);
    const printed = middleOf(place)[1] > below && place.height >= LEAST_HEIGHT * long;
    return printed && !leans(line) && isCapitals(line.text);
  });
  const names = joined(capitals).filter((pieces) => {
    const begins = placeOf(pieces[0]!.region.quad).from[0] < 0.5 * card.width;
    return begins && lettersOf(textOf(pieces)).length >= LEAST_LETTERS;
  });
  const longest = names.sort((a, b) => textOf(b).length - textOf(a).length)[0];
  return longest ? readName(card, longest, engine) : NOT_FOUND;
}

function isCapitals(text: string): boolean {
  const letters = lettersOf(text);
  const capitals = letters.replace(/[^A-Z]/g, '').length;
  return capitals >= 2 && capitals >= 0.8 * letters.length && !NO_NAMES.test(text.replaceAll(' ', ''));
}

function lettersOf(text: string): string {
  return text.replace(/[ .'/-]/g, '');
}

function textOf(pieces: Pieces): string {
  return pieces.map(({ text }) => text.trim()).join(' ');
}

/** Puts pieces together that stand side by side. */
function joined(lines: readonly ReadLine[]): Pieces[] {
  const rows: ReadLine[][] = [];
  for (const line of lines.toSorted((a, b) => a.region.quad[0][0] - b.region.quad[0][0])) {
    const row = rows.find((pieces) => follows(pieces.at(-1)!, line));
    if (row) row.push(line);
    else rows.push([line]);
  }
  return rows;
}

function follows(left: ReadLine, right: ReadLine): boolean {
  const [a, b] = [placeOf(left.region.quad), placeOf(right.region.quad)];
  const height = (a.height + b.height) / 2;
  const gap = b.from[0] - a.to[0];
  return gap > -height && gap < MOST_GAP * height && Math.abs(b.from[1] - a.to[1]) < MOST_OFFSET * height;
}

/** Reads the name once more with capitals alone: what both readings say is surer than either. */
async function readName(card: Frame, pieces: Pieces, engine: TextEngine): Promise<ReadField> {
  const places = pieces.map((piece) => placeOf(piece.region.quad));
  const height = Math.max(...places.map((place) => place.height));
  const place: LinePlace = { from: places[0]!.from, to: places.at(-1)!.to, height };
  const strip = lookOf(stripOf(card, quadAround(place, 1.1, [0.15 * height, 0.15 * height])), 'even');
  const quad = [
    [0, 0] as const,
    [strip.width, 0] as const,
    [strip.width, strip.height] as const,
    [0, strip.height] as const,
  ] as const;
  const [again] = await engine.recognise(strip, [{ quad, score: 1 }], { alphabet: LETTERS });
  const readings = [readingOf(pieces), ...(again ? [readingOf([again])] : [])];
  const best = readings.reduce((a, b) => (b.confidence > a.confidence ? b : a));
  const agree = new Set(readings.map(({ text }) => text.replaceAll(' ', ''))).size === 1;
  // Spaces are lost more easily than seen where there are none.
  const text = agree ? readings.reduce((a, b) => (b.text.length > a.text.length ? b : a)).text : best.text;
  const confidence = agree ? best.confidence : Math.min(...readings.map((reading) => reading.confidence)) / 2;
  const doubt = confidence < HOLDER_LIMIT ? 'unclear' : null;
  return { text, confidence, doubt, box: cardBoxOf(quadAround(place), card) };
}

function readingOf(pieces: Pieces): { readonly text: string; readonly confidence: number } {
  const letters = pieces.flatMap(({ characters }) => characters.filter(({ text }) => text !== ' '));
  return {
    text: textOf(pieces).replace(/\s+/g, ' ').trim(),
    confidence: letters.length === 0 ? 0 : Math.min(...letters.map(({ confidence }) => confidence)),
  };
}
