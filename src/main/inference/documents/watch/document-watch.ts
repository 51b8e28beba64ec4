import type { DocumentGuidance, DocumentHint, DocumentPage } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import { relativeOutline, type CardSize, type FoundCard } from '../contract.ts';
import { findCards } from '../outline/find-cards.ts';
import { lightOf } from './card-light.ts';
import { placementOf } from './card-placement.ts';
import { blurOf } from './card-sharpness.ts';
import { problemWith, type CardSight } from './document-problem.ts';
import { createFollowedOutline, type OutlineState } from './followed-outline.ts';
import { createSteadyHint } from './steady-hint.ts';

/** How long a card is held still and well before the picture is taken. */
export const STEADY_MS = 700;
/** A card that isn't found for less than this has not left. */
export const LOST_MS = 300;
/** A card that was away for longer is another one, or the other side: it is taken again. */
export const LEFT_MS = 800;

export interface LivePicture {
  readonly picture: Frame;
  /** On a clock that never goes back. */
  readonly capturedAtMs: number;
}

/** Follows the document in front of one camera. */
export interface DocumentWatch {
  see(live: LivePicture): DocumentGuidance;
  /** After a picture was taken: take another one of the same card. */
  again(): void;
}

/** Finds and judges a card in one picture; replaceable so that what follows from it can be tested alone. */
export type CardLook = (picture: Frame, page: DocumentPage) => LookedAt;

export interface LookedAt {
  readonly cards: readonly FoundCard[];
  /** Of the first card; null without one. */
  readonly sight: Omit<CardSight, 'moved'> | null;
}

const SIZES: Readonly<Record<DocumentPage, readonly CardSize[]>> = {
  'id-card-front': ['ID-1'],
  'id-card-back': ['ID-1'],
  'bank-card': ['ID-1'],
  'travel-document': ['ID-3', 'ID-1'],
};

/** Looks for the page's kind of card by its outline, and measures its place, light and sharpness. */
export function lookForCard(picture: Frame, page: DocumentPage): LookedAt {
  const cards = findCards(picture, { sizes: SIZES[page] });
  const [card] = cards;
  if (!card) return { cards, sight: null };
  const placement = placementOf(picture, card);
  const blur = blurOf(picture, card.quad);
  return {
    cards,
    sight: {
      ...placement,
      ...lightOf(picture, card.quad),
      blurMm: blur === null ? null : blur / placement.dotsPerMm,
    },
  };
}

/**
 * Guides until a card of the page's kind lies still, well placed, well lit and sharp, and says once when to take the
 * picture. Another one is asked for when `again` was called, or the card left and one came.
 */
export function createDocumentWatch(page: DocumentPage, look: CardLook = lookForCard): DocumentWatch {
  const outline = createFollowedOutline();
  const hints = createSteadyHint();
  let state: OutlineState | null = null;
  let lastMs = -Infinity;
  let seenMs = -Infinity;
  let goodSinceMs: number | null = null;
  let taken = false;
  let progress = 0;

  const forget = (): void => {
    outline.forget();
    state = null;
    goodSinceMs = null;
    progress = 0;
  };
  const guidance = (frame: Frame, hint: DocumentHint | null, take: boolean): DocumentGuidance => ({
    outline: state ? relativeOutline(state.shown, frame) : null,
    hint,
    progress: taken && state ? 1 : progress,
    take,
  });
  const lost = (frame: Frame, capturedAtMs: number): DocumentGuidance => {
    const awayMs = capturedAtMs - seenMs;
    if (awayMs > LOST_MS) forget();
    if (awayMs > LEFT_MS) taken = false;
    return guidance(frame, hints.see(awayMs > LOST_MS ? 'no-card' : hints.shown(), capturedAtMs), false);
  };
  return {
    again: () => {
      taken = false;
      goodSinceMs = null;
      progress = 0;
    },
    see: ({ picture, capturedAtMs }) => {
      if (capturedAtMs < lastMs) forget();
      lastMs = capturedAtMs;
      const { cards, sight } = look(picture, page);
      const card = cards[0];
      if (!card || !sight) return lost(picture, capturedAtMs);
      if (capturedAtMs - seenMs > LEFT_MS) taken = false;
      seenMs = capturedAtMs;
      state = outline.see(card.quad, capturedAtMs);
      const problem =
        cards.length > 1 ? 'several-cards' : problemWith({ ...sight, moved: state.moved }, page, hints.shown());
      const hint = hints.see(problem, capturedAtMs);
      if (problem !== null) goodSinceMs = null;
      else goodSinceMs ??= capturedAtMs;
      const goodMs = goodSinceMs === null ? 0 : Math.min(capturedAtMs - goodSinceMs, state.stillMs);
      progress = Math.min(1, goodMs / STEADY_MS);
      const take = progress === 1 && hint === null && !taken;
      if (take) taken = true;
      return guidance(picture, hint, take);
    },
  };
}
