import type { CardOutline, DocumentPage, ReadField } from '../../../shared/domain/document-reading.ts';
import type { PixelBox } from '../../../shared/domain/liveness.ts';
import type { Frame } from '../frame.ts';

/** A point in pixels of a picture. */
export type Point = readonly [x: number, y: number];
/** Four corners in pixels, clockwise; of a text: from its beginning's upper corner on. */
export type Quad = readonly [Point, Point, Point, Point];

/** A line of text that was found, not yet read. */
export interface TextRegion {
  readonly quad: Quad;
  /** Mean of the detector's probability inside, 0..1. */
  readonly score: number;
}

/** One character of a line that was read. */
export interface ReadCharacter {
  readonly text: string;
  /** Probability of the character, 0..1. */
  readonly confidence: number;
  /** Its middle along the line: 0 at the beginning of the region, 1 at its end. */
  readonly at: number;
  /** What else it may be, most probable first; at most three, none below 0.01. */
  readonly others: readonly { readonly text: string; readonly confidence: number }[];
}

export interface ReadLine {
  readonly region: TextRegion;
  /** The characters together; a gap between words is a space. */
  readonly text: string;
  readonly characters: readonly ReadCharacter[];
}

/** Finds and reads text. One call at a time. */
export interface TextEngine {
  /** @param longSide what the picture is scaled to for the search; the default suits a rectified card. */
  detect(picture: Frame, options?: { readonly longSide?: number }): Promise<readonly TextRegion[]>;
  /** @param alphabet the only characters that can stand there; the others are left out before the best is taken. */
  recognise(
    picture: Frame,
    regions: readonly TextRegion[],
    options?: { readonly alphabet?: string },
  ): Promise<readonly ReadLine[]>;
}

/** The proportions that cards are looked for in: ISO/IEC 7810 ID-1 (85.60 × 53.98 mm), ID-2 and ID-3 (125 × 88 mm). */
export const CARD_SIZES_MM = {
  'ID-1': { width: 85.6, height: 53.98 },
  'ID-2': { width: 105, height: 74 },
  'ID-3': { width: 125, height: 88 },
} as const;
export type CardSize = keyof typeof CARD_SIZES_MM;

/** Width of a rectified ID-1 card in pixels: 300 dots per inch. Its height is 638. */
export const RECTIFIED_WIDTH = 1012;

/** A card that was found in a picture. */
export interface FoundCard {
  /** Corners in pixels, clockwise from the upper left of the picture; may lie outside where the card is cut. */
  readonly quad: Quad;
  readonly size: CardSize;
  /** 0..1: how sure it is. */
  readonly score: number;
  /** Sides that run out of the picture. */
  readonly cut: number;
}

/** A card after perspective correction: the picture is the card, edge to edge. */
export interface RectifiedCard {
  /** Upright once `quarterTurns` is known; 1012 pixels wide (or high) for ID-1. */
  readonly picture: Frame;
  readonly size: CardSize;
  /** What the card was cut out of, for what is around it. */
  readonly source: Frame;
  /** Where in `source`; null where the whole source is the card (a scan, a cropped file). */
  readonly quad: Quad | null;
  /** Sides that run out of `source`. */
  readonly cut: number;
  /** Pixels of the source along the card's width: what was really resolved. */
  readonly sourceWidth: number;
}

/** What a judge of authenticity sees. */
export interface JudgedDocument {
  readonly page: Exclude<DocumentPage, 'travel-document'>;
  /** Upright. */
  readonly card: RectifiedCard;
  readonly lines: readonly ReadLine[];
  readonly fields: Readonly<Record<string, ReadField>>;
  /** The printed portrait's face on the upright card, in pixels; null where none was found. */
  readonly face: PixelBox | null;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: string;
}

/** `quad` relative to a picture. */
export function relativeOutline(quad: Quad, { width, height }: Pick<Frame, 'width' | 'height'>): CardOutline {
  const corner = ([x, y]: Point): Point => [x / width, y / height];
  return [corner(quad[0]), corner(quad[1]), corner(quad[2]), corner(quad[3])];
}
