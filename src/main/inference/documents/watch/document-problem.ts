import type { DocumentHint, DocumentPage } from '../../../../shared/domain/document-reading.ts';
import type { CardLight } from './card-light.ts';
import type { CardPlacement } from './card-placement.ts';

/** What one picture shows of one card. */
export interface CardSight extends CardPlacement, CardLight {
  /** Standard deviation of the blur in millimetres on the card; null where it can't be told. */
  readonly blurMm: number | null;
  /** How far its corners went since the picture before, as a share of its width. */
  readonly moved: number;
}

/** What a sight is measured by. */
export interface PlacementLimits {
  readonly leastShare: number;
  readonly mostShare: number;
  readonly mostTilt: number;
  readonly leastBright: number;
  readonly mostGlare: number;
  readonly mostBlurMm: number;
  readonly mostMoved: number;
}

const CARD_LIMITS: PlacementLimits = {
  leastShare: 0.4,
  mostShare: 0.9,
  mostTilt: 28,
  leastBright: 70,
  mostGlare: 0.008,
  mostBlurMm: 0.31,
  mostMoved: 0.012,
};

/** A page is larger than a card, and its characters are as small: it has to fill more of the picture. */
const LIMITS: Readonly<Record<DocumentPage, PlacementLimits>> = {
  'id-card-front': CARD_LIMITS,
  'id-card-back': CARD_LIMITS,
  'bank-card': { ...CARD_LIMITS, leastBright: 40 },
  'travel-document': { ...CARD_LIMITS, leastShare: 0.5, mostShare: 0.96 },
};

/** A hint that is shown stays until its cause is clearly gone. */
const CLEARS_AT = 0.88;

/**
 * The most important thing that is wrong with a card's place, light or sharpness; null when it can be read so.
 *
 * @param shown what people are told now.
 */
export function problemWith(sight: CardSight, page: DocumentPage, shown: DocumentHint | null): DocumentHint | null {
  const limits = LIMITS[page];
  const over = (hint: DocumentHint, ratio: number): boolean => ratio > (hint === shown ? CLEARS_AT : 1);
  const problems: Readonly<Record<Exclude<DocumentHint, 'no-card' | 'several-cards'>, boolean>> = {
    closer: over('closer', limits.leastShare / sight.share),
    further: over('further', sight.share / limits.mostShare),
    'border-cut': sight.cut > 0,
    tilted: over('tilted', sight.tilt / limits.mostTilt),
    dark: over('dark', limits.leastBright / Math.max(1, sight.bright)),
    glare: over('glare', sight.glare / limits.mostGlare),
    blurred: sight.blurMm !== null && over('blurred', sight.blurMm / limits.mostBlurMm),
    moving: over('moving', sight.moved / limits.mostMoved),
  };
  for (const hint of ORDER) if (problems[hint]) return hint;
  return null;
}

const ORDER = ['closer', 'further', 'border-cut', 'tilted', 'dark', 'glare', 'moving', 'blurred'] as const;
