import { RECTIFIED_WIDTH, type RectifiedCard } from '../contract.ts';
import { scoreAgainst } from './cue.ts';
import type { LumaPlane } from './luma-plane.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/** Edges below this contrast are background print and noise. */
const LEAST_CONTRAST = 24;
/** Only edges with at least this share of the strongest contrast count: the text, not what is printed under it. */
const STRONG = 0.45;
/** With fewer edges there is nothing that could be sharp. */
const FEWEST_EDGES = 60;

/**
 * 0..1: how unsharp the card's strongest edges are, across or along, whichever is worse, so that a motion is found
 * in any direction. What the source didn't resolve isn't counted as blur: a small card is small, not blurred.
 */
export function blurScore(luma: LumaPlane, card: RectifiedCard): number {
  const perSourcePixel = Math.max(1, RECTIFIED_WIDTH / Math.max(1, card.sourceWidth));
  const width = Math.max(edgeWidth(luma, 1, 0), edgeWidth(luma, 0, 1), edgeWidth(luma, 1, 1), edgeWidth(luma, 1, -1));
  return scoreAgainst(Math.max(0, width / Math.sqrt(perSourcePixel)), CUE_LIMITS.edgeWidthPx);
}

/**
 * Median width of the strong edges met along one direction, in pixels: contrast over steepest slope, which for a step
 * blurred by a Gaussian is 2.5 deviations. Infinite when there are hardly any edges.
 */
export function edgeWidth({ width, height, values }: LumaPlane, stepX: 0 | 1, stepY: -1 | 0 | 1): number {
  const contrasts: number[] = [];
  const widths: number[] = [];
  const jump = stepY * width + stepX;
  const length = Math.hypot(stepX, stepY);
  const lines = stepX === 0 ? width : height;
  for (let line = 2; line < lines - 2; line += 3) {
    let x = stepX === 0 ? line : 0;
    let y = stepX === 0 ? 0 : line;
    const steps = stepX === 0 ? height : stepY === 0 ? width : Math.min(width, stepY > 0 ? height - y : y + 1);
    let at = y * width + x;
    let start = values[at]!;
    let steepest = 0;
    let rising = 0;
    for (let step = 1; step < steps; step++) {
      const slope = values[at + jump]! - values[at]!;
      const direction = slope > 0.5 ? 1 : slope < -0.5 ? -1 : 0;
      if (direction !== rising) {
        const contrast = Math.abs(values[at]! - start);
        if (rising !== 0 && contrast >= LEAST_CONTRAST) {
          contrasts.push(contrast);
          widths.push((length * contrast) / steepest);
        }
        start = values[at]!;
        steepest = 0;
        rising = direction;
      }
      steepest = Math.max(steepest, Math.abs(slope));
      at += jump;
      x += stepX;
      y += stepY;
    }
  }
  if (contrasts.length < FEWEST_EDGES) return Infinity;
  const strongest = contrasts.toSorted((a, b) => a - b)[Math.floor(contrasts.length * 0.95)]!;
  const strong = widths.filter((_, edge) => contrasts[edge]! >= STRONG * strongest).sort((a, b) => a - b);
  return strong[Math.floor(strong.length / 2)]!;
}
