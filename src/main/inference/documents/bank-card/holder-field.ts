import type { ReadField } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { ReadLine, TextEngine } from '../contract.ts';
import { quadAround } from './digit-rows.ts';
import { NOT_FOUND } from './expiry-field.ts';
import { cardBoxOf, leans, middleOf, placeOf } from './line-geometry.ts';
import { lookOf, stripOf } from './strip-variants.ts';

/** The least confidence with which a name is sure. Chosen on the development half of the specimens. */
export const HOLDER_LIMIT = 0.6;

/** Words that stand on cards in capitals and are no names. */
const NO_NAMES =
  /BANK|CARD|VALID|THRU|MONTH|YEAR|DEBIT|CREDIT|PLATINUM|GOLD|TITANIUM|DIAMOND|WORLD|VISA|MASTER|UNION|PAY|QUICK|PASS|MEMBER|SINCE|EXPRESS|AMERICAN|JCB|ATM|CASH|CIRRUS|PLUS|SIGNATURE|AUTHORI|SERVICE|HOTLINE|CHINA|NOTA/;
/** Of the card's longer side: smaller print is no name. */
const LEAST_HEIGHT = 0.026;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ .'-/";

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
  const candidates = lines.filter((line) => {
    const { from, height } = placeOf(line.region.quad);
    const [, y] = middleOf(placeOf(line.region.quad));
    const placed = y > below && from[0] < 0.5 * card.width && height >= LEAST_HEIGHT * long;
    return placed && !leans(line) && isName(line.text);
  });
  const longest = candidates.sort((a, b) => b.text.length - a.text.length)[0];
  return longest ? readName(card, longest, engine) : NOT_FOUND;
}

function isName(text: string): boolean {
  const letters = text.replace(/[ .'/-]/g, '');
  const capitals = letters.replace(/[^A-Z]/g, '').length;
  return letters.length >= 4 && capitals >= 0.8 * letters.length && !NO_NAMES.test(text.replaceAll(' ', ''));
}

/** Reads the name once more with capitals alone: what both readings say is surer than either. */
async function readName(card: Frame, line: ReadLine, engine: TextEngine): Promise<ReadField> {
  const place = placeOf(line.region.quad);
  const strip = lookOf(stripOf(card, quadAround(place, 1.1, [0.15 * place.height, 0.15 * place.height])), 'even');
  const { width, height } = strip;
  const quad = [[0, 0] as const, [width, 0] as const, [width, height] as const, [0, height] as const] as const;
  const [again] = await engine.recognise(strip, [{ quad, score: 1 }], { alphabet: LETTERS });
  const readings = [line, ...(again ? [again] : [])].map(readingOf).sort((a, b) => b.confidence - a.confidence);
  const [best] = readings;
  const agree = new Set(readings.map(({ text }) => text.replaceAll(' ', ''))).size === 1;
  // Spaces are lost more easily than seen where there are none.
  const text = agree ? readings.reduce((a, b) => (b.text.length > a.text.length ? b : a)).text : best!.text;
  const confidence = agree ? best!.confidence : Math.min(...readings.map((reading) => reading.confidence)) / 2;
  const doubt = confidence < HOLDER_LIMIT ? 'unclear' : null;
  return { text, confidence, doubt, box: cardBoxOf(line.region.quad, card) };
}

function readingOf({ text, characters }: ReadLine): { readonly text: string; readonly confidence: number } {
  const letters = characters.filter((character) => character.text !== ' ');
  return {
    text: text.replace(/\s+/g, ' ').trim(),
    confidence: letters.length === 0 ? 0 : Math.min(...letters.map(({ confidence }) => confidence)),
  };
}
