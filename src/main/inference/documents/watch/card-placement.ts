import type { Frame } from '../../frame.ts';
import { CARD_SIZES_MM, type FoundCard } from '../contract.ts';
import { distanceBetween } from '../outline/homography.ts';
import { facingAngle } from '../outline/proportion.ts';

/** How a card lies in a picture. */
export interface CardPlacement {
  /** Its width as a share of the picture's long side. */
  readonly share: number;
  /** Degrees between the card and the picture's plane. */
  readonly tilt: number;
  /** Sides that leave the picture. */
  readonly cut: number;
  readonly dotsPerMm: number;
}

/**
 * How a found card lies. Its longer sides are taken for its width, whichever way round it is held; `dotsPerMm` counts the
 * picture's pixels.
 */
export function placementOf(
  { width, height }: Pick<Frame, 'width' | 'height'>,
  { quad, size, cut }: FoundCard,
): CardPlacement {
  const pair = (first: 0 | 1): number =>
    first === 0
      ? (distanceBetween(quad[0], quad[1]) + distanceBetween(quad[2], quad[3])) / 2
      : (distanceBetween(quad[1], quad[2]) + distanceBetween(quad[3], quad[0])) / 2;
  const long = Math.max(pair(0), pair(1));
  return {
    share: long / Math.max(width, height),
    tilt: facingAngle(quad, { width, height }),
    cut,
    dotsPerMm: long / CARD_SIZES_MM[size].width,
  };
}
