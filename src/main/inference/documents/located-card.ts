import type { DocumentPage } from '../../../shared/domain/document-reading.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Frame } from '../frame.ts';
import type { FoundCard, ReadLine, RectifiedCard } from './contract.ts';
import { cardByText } from './card-by-text.ts';
import { kindOf, type SeenKind } from './document-kind.ts';
import { findCards, wholeSize } from './outline/find-cards.ts';
import { rectifyCard, wholeAsCard } from './outline/rectify-card.ts';
import type { DirectedTextEngine } from './text/text-engine.ts';
import { readUpright } from './upright.ts';

/** A card in a picture, upright, and its text. */
export interface LocatedCard {
  /** Its picture is upright; its quad is as it lies in the source. */
  readonly card: RectifiedCard;
  readonly quarterTurns: number;
  readonly lines: readonly ReadLine[];
  readonly kind: SeenKind;
}

/** Outlines that are smaller than this, compared with the largest one, aren't another card of equal standing. */
const LEAST_SHARE = 0.4;
/** Reading more candidates would only cost time. */
const MOST_CANDIDATES = 3;
/** In a picture with a card's proportion, outlines smaller than this share of it may be parts of that card. */
const SMALL_SHARE = 0.3;
/** The text of a card reaches at least this far. */
const FILLED = { width: 0.55, height: 0.6 } as const;
/** A picture with fewer lines of text shows no document at all. */
const LEAST_LINES = 3;

/**
 * Finds the card of a picture and reads its text: inside of an outline, or else the whole picture. Two outlines that
 * both hold a document are `document.several-cards`; a picture without outline and without text is `document.no-card`.
 */
export async function locateCard(
  engine: DirectedTextEngine,
  picture: Frame,
  page: DocumentPage,
): Promise<Result<LocatedCard, Failure>> {
  const located: LocatedCard[] = [];
  const candidates = candidatesIn(picture, page);
  const small = candidates.every((card) => areaOf(card) < SMALL_SHARE * picture.width * picture.height);
  const isWhole = page === 'travel-document' || wholeSize(picture) === 'ID-1';
  if (small && isWhole) {
    const whole = await readCard(engine, await wholeAsCard(picture), page);
    if (whole.kind !== null && fillsCard(whole)) return ok(whole);
    forgetCard(whole);
  }
  for (const found of candidates) {
    located.push(await readCard(engine, await rectifyCard(picture, found), page));
  }
  const known = located.filter(({ kind }) => kind !== null);
  if (known.length > 1) {
    located.forEach(forgetCard);
    return err(failure('document.several-cards', `${known.length} cards`));
  }
  if (known[0]) return keeping(await outlinedByText(engine, known[0], page, located), located);
  const whole = await readCard(engine, await wholeAsCard(picture), page);
  located.push(whole);
  if (whole.kind !== null) {
    const outlined = await outlinedByText(engine, whole, page, located);
    return outlined === whole && !isWhole ? noneOf(located) : keeping(outlined, located);
  }
  const best = located[0]!;
  return best.lines.length >= LEAST_LINES ? keeping(best, located) : noneOf(located);
}

/** Whether the text reaches over most of the card, as it does where the picture's edges are the card's. */
function fillsCard({ lines, card: { picture } }: LocatedCard): boolean {
  const corners = lines.flatMap(({ region }) => region.quad);
  const extent = (axis: 0 | 1): number =>
    Math.max(...corners.map((corner) => corner[axis])) - Math.min(...corners.map((corner) => corner[axis]));
  return extent(0) >= FILLED.width * picture.width && extent(1) >= FILLED.height * picture.height;
}

/** Reads an ID card once more where its captions say that it lies, if the outline in which it was read isn't its own. */
async function outlinedByText(
  engine: DirectedTextEngine,
  read: LocatedCard,
  page: DocumentPage,
  located: LocatedCard[],
): Promise<LocatedCard> {
  const isIdCard = read.kind === 'id-card-front' || read.kind === 'id-card-back';
  if (!isIdCard || fillsCard(read)) return read;
  const found = cardByText(read.card, read.quarterTurns, read.lines);
  if (!found) return read;
  const again = await readCard(engine, await rectifyCard(read.card.source, found), page);
  if (again.kind !== read.kind) return read;
  located.push(again);
  return again;
}

function keeping(kept: LocatedCard, located: readonly LocatedCard[]): Result<LocatedCard, Failure> {
  for (const one of located) if (one !== kept) forgetCard(one);
  return ok(kept);
}

function noneOf(located: readonly LocatedCard[]): Result<never, Failure> {
  located.forEach(forgetCard);
  return err(failure('document.no-card'));
}

/** Zeroes the rectified card; the picture that it was cut out of stays. */
export function forgetCard({ card }: LocatedCard): void {
  if (card.picture.rgb !== card.source.rgb) card.picture.rgb.fill(0);
}

function candidatesIn(picture: Frame, page: DocumentPage): readonly FoundCard[] {
  // In perspective a card's proportion may fit a page's better: the outline is the same, and which size it has is known.
  const sized = ({ size, ...card }: FoundCard): FoundCard => ({
    ...card,
    size: page === 'travel-document' ? size : 'ID-1',
  });
  const found = findCards(picture).map(sized);
  const largest = Math.max(0, ...found.map(areaOf));
  return found.filter((card) => areaOf(card) >= LEAST_SHARE * largest).slice(0, MOST_CANDIDATES);
}

function areaOf({ quad: [a, b, c, d] }: FoundCard): number {
  return Math.abs((c[0] - a[0]) * (d[1] - b[1]) - (c[1] - a[1]) * (d[0] - b[0])) / 2;
}

async function readCard(engine: DirectedTextEngine, card: RectifiedCard, page: DocumentPage): Promise<LocatedCard> {
  const { picture, quarterTurns, lines } = await readUpright(engine, card.picture);
  if (picture !== card.picture && card.picture.rgb !== card.source.rgb) card.picture.rgb.fill(0);
  return { card: { ...card, picture }, quarterTurns, lines, kind: kindOf(lines, page) };
}
