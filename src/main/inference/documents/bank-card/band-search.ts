import type { Frame } from '../../frame.ts';
import type { LinePlace } from './line-geometry.ts';

/** Heights that numbers have, as shares of the card's longer side: on backs, printed, raised. */
const HEIGHTS = [0.034, 0.048, 0.064] as const;
/** Where numbers stand: not at the upper edge, where names of banks are, nor at the lower one. */
const FROM_TOP = 0.25;
const TO_BOTTOM = 0.9;
/** How many places are given. */
const MOST_BANDS = 2;

/**
 * Where a row of digits may stand that no text was found in: level bands with many upright edges all along, compared
 * with what lies above and below them. The likeliest first.
 */
export function likelyBands(card: Frame): LinePlace[] {
  const rows = edgesByRow(card);
  const long = Math.max(card.width, card.height);
  const found: { readonly y: number; readonly height: number; readonly score: number }[] = [];
  for (const share of HEIGHTS) {
    const height = Math.round(share * long);
    for (let top = Math.round(FROM_TOP * card.height); top + height < TO_BOTTOM * card.height; top += 2) {
      const inside = mean(rows, top, top + height);
      const around = (mean(rows, top - height / 2, top) + mean(rows, top + height, top + 1.5 * height)) / 2;
      found.push({ y: top + height / 2, height, score: (inside - around) * Math.sqrt(height) });
    }
  }
  found.sort((a, b) => b.score - a.score);
  const bands: typeof found = [];
  for (const band of found) {
    if (bands.length < MOST_BANDS && bands.every(({ y, height }) => Math.abs(y - band.y) > height)) bands.push(band);
  }
  const [left, right] = [0.02 * card.width, 0.98 * card.width];
  // The lines that are found elsewhere are higher than their digits by about this.
  return bands.map(({ y, height }) => ({ from: [left, y], to: [right, y], height: 1.25 * height }));
}

/**
 * For each row of pixels, how many sixteenths of its length have upright edges, and how steep: the mean of roots over
 * sixteen parts, so that one mark with strong edges counts less than edges all along.
 */
function edgesByRow({ width, height, rgb }: Frame): Float32Array {
  const out = new Float32Array(height);
  const part = width / 16;
  for (let y = 0; y < height; y++) {
    const sums = new Float32Array(16);
    for (let x = 2; x < width - 2; x++) {
      const at = 3 * (y * width + x) + 1;
      sums[Math.min(15, Math.floor(x / part))]! += Math.abs(rgb[at + 3]! - rgb[at - 3]!);
    }
    out[y] = sums.reduce((sum, value) => sum + Math.sqrt(value / part), 0) / 16;
  }
  return out;
}

function mean(values: Float32Array, from: number, to: number): number {
  const [first, last] = [Math.max(0, Math.round(from)), Math.min(values.length, Math.round(to))];
  let sum = 0;
  for (let at = first; at < last; at++) sum += values[at]!;
  return sum / Math.max(1, last - first);
}
