import type { Frame } from '../../frame.ts';
import { CARD_SIZES_MM, type CardSize, type FoundCard, type Point, type Quad } from '../contract.ts';
import { refinedQuad } from './corner-refinement.ts';
import { findOpenCards, type OpenCard } from './cut-card.ts';
import { edgePoints } from './edge-points.ts';
import { areaOf, clockwiseFromUpperLeft } from './homography.ts';
import { findLines } from './line-search.ts';
import { proportionFit } from './proportion.ts';
import { findQuads } from './quads.ts';
import { smallPicture, type SmallPicture } from './small-picture.ts';

/** ID-2 has the proportion of ID-3, and passports are more common: it is found only where it is asked for. */
const ALL_SIZES: readonly CardSize[] = ['ID-1', 'ID-3'];
const LEAST_SCORE = 0.5;
/** A quadrilateral this far from every card's proportion is none. */
const MOST_MISFIT = 1.6;
/** Two outlines that share more than this part of the smaller one are one card. */
const MOST_SHARED = 0.35;
const MOST_CARDS = 6;
/** A second card has to be all in the picture, about as sure and not much smaller than the first. */
const LEAST_SCORE_OF_OTHERS = 0.78;
const LEAST_AREA_OF_OTHERS = 0.3;
const OPEN_SHARE = 0.85;
/** Of a card that reaches over the picture's edge less is seen. */
const CUT_SHARE = 0.92;
/** How far the whole picture may be from a card's proportion to be taken as one. */
const WHOLE_SLACK = Math.log(1.07);

interface Rated {
  readonly quad: Quad;
  readonly size: CardSize;
  readonly score: number;
  readonly area: number;
  /** No corner lies outside of the picture. */
  readonly inside: boolean;
}

/**
 * Finds cards and pages of the given sizes by their straight edges: lines are combined to quadrilaterals whose sides
 * are edges from corner to corner, and no further, and that can be a card's rectangle in perspective. Best first.
 */
export function findCards(
  picture: Frame,
  options: { readonly sizes?: readonly CardSize[] } = {},
): readonly FoundCard[] {
  const small = smallPicture(picture);
  const lines = findLines(edgePoints(small), small.width, small.height);
  const sizes = options.sizes ?? ALL_SIZES;
  const whole = rate(findQuads(lines, small.width, small.height), small, sizes);
  // Three sides are found in many a pattern: they count only where nothing shows four.
  const rated = whole.length > 0 ? whole : rateOpen(findOpenCards(lines, small, sizes), small);
  rated.sort((a, b) => b.score - a.score);
  const cards: FoundCard[] = [];
  for (const { quad, size, score } of separate(rated)) {
    const refined = refinedQuad(picture, quad, small.factor);
    cards.push({ quad: refined, size, score, cut: sidesOutside(refined, picture) });
  }
  return cards;
}

/** Whether a picture has a card's proportion: a scan or a file cropped to the card, in which no outline is found. */
export function isWholeCard({ width, height }: Pick<Frame, 'width' | 'height'>): boolean {
  return wholeSize({ width, height }) !== null;
}

/** The card whose proportion a whole picture has; null where it has none. */
export function wholeSize({ width, height }: Pick<Frame, 'width' | 'height'>): CardSize | null {
  const proportion = Math.abs(Math.log(width / height));
  let best: CardSize | null = null;
  let least = WHOLE_SLACK;
  for (const size of ALL_SIZES) {
    const off = Math.abs(proportion - Math.log(CARD_SIZES_MM[size].width / CARD_SIZES_MM[size].height));
    if (off >= least) continue;
    least = off;
    best = size;
  }
  return best;
}

function rate(candidates: ReturnType<typeof findQuads>, small: SmallPicture, sizes: readonly CardSize[]): Rated[] {
  const whole = small.width * small.height;
  const rated: Rated[] = [];
  for (const { quad: centred, support } of candidates) {
    const quad = clockwiseFromUpperLeft(shifted(centred, small));
    const { size, misfit } = proportionFit(quad, small, sizes);
    if (misfit > MOST_MISFIT) continue;
    const sorted = support.toSorted((a, b) => a - b);
    const mean = (support[0] + support[1] + support[2] + support[3]) / 4;
    const weak = (sorted[0]! + sorted[1]!) / 2;
    const area = areaOf(quad);
    const score = (0.6 * mean + 0.4 * weak) * Math.exp(-0.12 * misfit * misfit);
    const large = Math.min(1, 0.9 + 0.1 * Math.sqrt(area / (0.25 * whole)));
    const inside = quad.every(([x, y]) => x >= -2 && y >= -2 && x <= small.width + 1 && y <= small.height + 1);
    rated.push({ quad, size, score: score * large * (inside ? 1 : CUT_SHARE), area, inside });
  }
  return rated.filter(({ score }) => score >= LEAST_SCORE);
}

/** Cards that a side of which is not in the picture: less sure, as nothing says that their proportion is right. */
function rateOpen(open: readonly OpenCard[], small: SmallPicture): Rated[] {
  return open.map(({ quad: centred, size, support }) => {
    const quad = clockwiseFromUpperLeft(shifted(centred, small));
    const mean = (support[0] + support[1] + support[2]) / 3;
    return {
      quad,
      size,
      score: OPEN_SHARE * (0.6 * mean + 0.4 * Math.min(...support)),
      area: areaOf(quad),
      inside: false,
    };
  });
}

/** The best of those that overlap. */
function separate(rated: readonly Rated[]): readonly Rated[] {
  const kept: Rated[] = [];
  for (const one of rated) {
    if (kept.length === MOST_CARDS) break;
    const best = kept[0];
    if (best && (!one.inside || one.score < LEAST_SCORE_OF_OTHERS || one.area < LEAST_AREA_OF_OTHERS * best.area))
      continue;
    if (kept.every((other) => sharedPart(one, other) <= MOST_SHARED)) kept.push(one);
  }
  return kept;
}

function sharedPart(a: Rated, b: Rated): number {
  return Math.abs(areaOfPolygon(clipped(a.quad, b.quad))) / Math.min(a.area, b.area);
}

/** The part of a polygon inside a convex clockwise quadrilateral (Sutherland and Hodgman). */
function clipped(polygon: readonly Point[], by: Quad): readonly Point[] {
  let points = polygon;
  for (let i = 0; i < 4 && points.length > 0; i++) {
    const [a, b] = [by[i]!, by[(i + 1) % 4]!];
    const inside = ([x, y]: Point): number => (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
    const next: Point[] = [];
    for (let k = 0; k < points.length; k++) {
      const [p, q] = [points[k]!, points[(k + 1) % points.length]!];
      const [u, v] = [inside(p), inside(q)];
      if (u >= 0) next.push(p);
      if (u >= 0 !== v >= 0) next.push([p[0] + ((q[0] - p[0]) * u) / (u - v), p[1] + ((q[1] - p[1]) * u) / (u - v)]);
    }
    points = next;
  }
  return points;
}

function areaOfPolygon(points: readonly Point[]): number {
  let area = 0;
  for (let i = 0; i < points.length; i++) {
    const [a, b] = [points[i]!, points[(i + 1) % points.length]!];
    area += (a[0] * b[1] - a[1] * b[0]) / 2;
  }
  return area;
}

function shifted(quad: Quad, { width, height }: SmallPicture): Quad {
  const point = ([x, y]: Point): Point => [x + (width - 1) / 2, y + (height - 1) / 2];
  return [point(quad[0]), point(quad[1]), point(quad[2]), point(quad[3])];
}

/** Sides that leave the picture by more than half a percent of it. */
function sidesOutside(quad: Quad, { width, height }: Frame): number {
  const [marginX, marginY] = [0.005 * width, 0.005 * height];
  const outside = quad.map(([x, y]) => x < -marginX || y < -marginY || x > width + marginX || y > height + marginY);
  return outside.filter((out, i) => out || outside[(i + 1) % 4]!).length;
}
