import { parseCardExpiry } from '../../../../shared/domain/bank-card.ts';
import type { ReadField } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { ReadLine, TextEngine } from '../contract.ts';
import { cardBoxOf, leans, middleOf, placeOf, type LinePlace } from './line-geometry.ts';
import { quadAround } from './digit-rows.ts';
import { lookOf, stripOf, type StripLook } from './strip-variants.ts';

export const NOT_FOUND: ReadField = { text: null, confidence: 0, doubt: 'not-found', box: null };

/** The least confidence with which an expiry is sure. Chosen on the development half of the specimens. */
export const EXPIRY_LIMIT = 0.6;

const UNTIL = /THRU|UNTIL|GOOD|EXP|END|MONTH|YEAR|有效期|月.?年/i;
const SINCE = /FROM|SINCE|START|ISSUE|MEMBER|发卡|签发/i;
/** A month and a year, whatever became of the sign between them. */
const MONTH_AND_YEAR = /(?<!\d)([01OoDQ][\dOoDQIlBSZ])(?:[^\dA-Za-z]{0,2}|[17Il])([\dOoDQIlBSZ]{2})(?!\d)/;
/** How many years back and forward an expiry can lie. */
const YEARS = { back: 15, forward: 20 } as const;
const LOOKS: readonly StripLook[] = ['plain', 'even', 'inverse'];

interface Candidate {
  readonly place: LinePlace;
  readonly line: ReadLine;
  readonly worth: number;
}

/** The month until which a card is valid: of several dates the one with such a caption, else the last one. */
export async function expiryFieldOf(
  card: Frame,
  lines: readonly ReadLine[],
  engine: TextEngine,
  today: string,
): Promise<ReadField> {
  const candidates = candidatesIn(lines).sort((a, b) => b.worth - a.worth);
  for (const candidate of candidates.slice(0, 2)) {
    const field = await readDate(card, candidate, engine, today);
    if (field) return field;
  }
  return NOT_FOUND;
}

function candidatesIn(lines: readonly ReadLine[]): Candidate[] {
  return lines.flatMap((line) => {
    if (leans(line) || !MONTH_AND_YEAR.test(line.text) || line.text.replace(/\D/g, '').length > 9) return [];
    const place = placeOf(line.region.quad);
    const own = line.text.replace(MONTH_AND_YEAR, '');
    const captions = [
      own,
      ...lines.filter((other) => other !== line && isCaptionOf(other, place)).map(({ text }) => text),
    ];
    const until = captions.some((text) => UNTIL.test(text));
    const since = !until && captions.some((text) => SINCE.test(text));
    const signed = /\d\s?[/\\]\s?\d/.test(line.text);
    // Of two dates the one on the right is the later one.
    const worth = (until ? 3 : 0) - (since ? 3 : 0) + (signed ? 2 : 0) + middleOf(place)[0] / 10_000;
    return worth >= 1 ? [{ place, line, worth }] : [];
  });
}

/** Whether a line stands close above a date, or before it. */
function isCaptionOf(line: ReadLine, date: LinePlace): boolean {
  const place = placeOf(line.region.quad);
  const [x, y] = middleOf(place);
  const [dateX, dateY] = middleOf(date);
  const above = dateY - y > 0.3 * date.height && dateY - y < 2 * date.height;
  const overlaps = place.from[0] < date.to[0] + date.height && place.to[0] > date.from[0] - date.height;
  const before = Math.abs(dateY - y) < 0.7 * date.height && x < dateX && date.from[0] - place.to[0] < 3 * date.height;
  return (above && overlaps) || before;
}

/** Reads the date again in several looks; what most of them say, and in what share of them. */
async function readDate(
  card: Frame,
  { place, line }: Candidate,
  engine: TextEngine,
  today: string,
): Promise<ReadField | null> {
  const strip = stripOf(card, quadAround(place, 1.15, [0.2 * place.height, 0.2 * place.height]));
  const readings = [readingOf(line)];
  for (const look of LOOKS) {
    const seen = lookOf(strip, look);
    const { width, height } = seen;
    const quad = [[0, 0] as const, [width, 0] as const, [width, height] as const, [0, height] as const] as const;
    const [read] = await engine.recognise(seen, [{ quad, score: 1 }], { alphabet: '0123456789/' });
    if (read) readings.push(readingOf(read));
  }
  const sums = new Map<string, number>();
  for (const { month, confidence } of readings) {
    if (month !== null) sums.set(month, (sums.get(month) ?? 0) + confidence / readings.length);
  }
  const [best] = [...sums].sort((a, b) => b[1] - a[1]);
  if (!best) return null;
  const [month, confidence] = best;
  const years = Number(month.slice(0, 4)) - Number(today.slice(0, 4));
  const possible = years >= -YEARS.back && years <= YEARS.forward;
  const doubt = possible ? (confidence < EXPIRY_LIMIT ? 'unclear' : null) : 'form';
  return { text: month, confidence, doubt, box: cardBoxOf(line.region.quad, card) };
}

/** The month in a line, and its least certain digit; null where it holds none. */
function readingOf({ text, characters }: ReadLine): { readonly month: string | null; readonly confidence: number } {
  // A slash may have been read as the digit that looks like one.
  const match = /(?<!\d)(\d\d)(?:[^\dA-Za-z]{0,2}|[17])(\d\d)(?!\d)/.exec(text);
  const month = match ? parseCardExpiry(`${match[1]!}/${match[2]!}`) : null;
  const digits = characters.filter((character) => /\d/.test(character.text));
  return { month, confidence: digits.length === 0 ? 0 : Math.min(...digits.map(({ confidence }) => confidence)) };
}
