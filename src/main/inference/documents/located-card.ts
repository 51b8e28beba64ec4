import type { DocumentPage } from '../../../shared/domain/document-reading.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Frame } from '../frame.ts';
import type { FoundCard, Quad, ReadLine, RectifiedCard } from './contract.ts';
import { kindOf, type SeenKind } from './document-kind.ts';
import { findCards, isWholeCard } from './outline/find-cards.ts';
import { rectifyCard, turnedQuad, wholeAsCard } from './outline/rectify-card.ts';
import type { DirectedTextEngine } from './text/text-engine.ts';
import { readUpright } from './upright.ts';

/** A card in a picture, upright, and its text. */
export interface LocatedCard {
  /** Upright; its quad begins with the card's own upper left corner. */
  readonly card: RectifiedCard;
  readonly quarterTurns: number;
  readonly lines: readonly ReadLine[];
  readonly kind: SeenKind;
  /** The corners as they lie in the picture; null where the whole picture is the card. */
  readonly found: Quad | null;
}

/** Outlines that are smaller than this, compared with the largest one, aren't another card of equal standing. */
const LEAST_SHARE = 0.4;
/** Reading more candidates would only cost time. */
const MOST_CANDIDATES = 3;
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
  for (const found of candidatesIn(picture, page)) {
    located.push(await readCard(engine, await rectifyCard(picture, found), page));
  }
  const known = located.filter(({ kind }) => kind !== null);
  if (known.length > 1) {
    located.forEach(forgetCard);
    return err(failure('document.several-cards', `${known.length} cards`));
  }
  if (known[0]) return keeping(known[0], located);
  const whole = await readCard(engine, await wholeAsCard(picture), page);
  located.push(whole);
  const isWhole = isWholeCard(picture) || page === 'travel-document';
  if (whole.kind !== null && isWhole) return keeping(whole, located);
  if (whole.kind !== null) return noneOf(located);
  const best = located[0]!;
  return best.lines.length >= LEAST_LINES ? keeping(best, located) : noneOf(located);
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
  const asked = page === 'travel-document' ? [] : findCards(picture, { sizes: ['ID-1'] });
  const found = asked.length > 0 ? asked : findCards(picture);
  const largest = Math.max(0, ...found.map(areaOf));
  return found.filter((card) => areaOf(card) >= LEAST_SHARE * largest).slice(0, MOST_CANDIDATES);
}

function areaOf({ quad: [a, b, c, d] }: FoundCard): number {
  return Math.abs((c[0] - a[0]) * (d[1] - b[1]) - (c[1] - a[1]) * (d[0] - b[0])) / 2;
}

async function readCard(engine: DirectedTextEngine, card: RectifiedCard, page: DocumentPage): Promise<LocatedCard> {
  const { picture, quarterTurns, lines } = await readUpright(engine, card.picture);
  if (picture !== card.picture && card.picture.rgb !== card.source.rgb) card.picture.rgb.fill(0);
  const quad = card.quad && turnedQuad(card.quad, quarterTurns);
  return { card: { ...card, picture, quad }, quarterTurns, lines, kind: kindOf(lines, page), found: card.quad };
}
