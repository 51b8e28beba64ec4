import type { CardBox } from '../../../../shared/domain/document-reading.ts';
import type { JudgedDocument } from '../contract.ts';
import type { LumaPlane } from './luma-plane.ts';
import { quantile } from './smooth-surface.ts';

/** The places with the most middle tones, where dots of ink are seen best: the portrait; the emblem. */
const TONED: Readonly<Record<JudgedDocument['page'], CardBox | null>> = {
  'id-card-front': { x: 0.64, y: 0.15, width: 0.28, height: 0.55 },
  'id-card-back': { x: 0.06, y: 0.1, width: 0.2, height: 0.34 },
  'bank-card': null,
};
/** A strip of ground with hardly any text on either side of the card. */
const GROUND: CardBox = { x: 0.06, y: 0.72, width: 0.5, height: 0.08 };

/**
 * How much more grain the toned part of a card has than its ground. On a card the ground has the fine lines and the
 * portrait is smooth; in a copy the lines are pale and the portrait is made of dots. 0 where nothing can be compared.
 */
export function portraitGrain(page: JudgedDocument['page'], luma: LumaPlane): number {
  const toned = TONED[page];
  return toned === null ? 0 : grainIn(luma, toned) / Math.max(LEAST_GRAIN, grainIn(luma, GROUND));
}

/** Rounding alone makes about this. */
const LEAST_GRAIN = 1;

/** Median of the second differences. */
function grainIn({ width, height, values }: LumaPlane, box: CardBox): number {
  const grains: number[] = [];
  const right = Math.min(width - 1, Math.round((box.x + box.width) * width));
  const bottom = Math.min(height - 1, Math.round((box.y + box.height) * height));
  for (let y = Math.max(1, Math.round(box.y * height)); y < bottom; y += 2) {
    for (let x = Math.max(1, Math.round(box.x * width)); x < right; x += 2) {
      const at = y * width + x;
      const around = values[at - 1]! + values[at + 1]! + values[at - width]! + values[at + width]!;
      grains.push(Math.abs(4 * values[at]! - around));
    }
  }
  return grains.length === 0 ? 0 : quantile(grains, 0.5);
}
