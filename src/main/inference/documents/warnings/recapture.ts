import { scoreAgainst } from './cue.ts';
import type { Periodicity } from './periodicity.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/**
 * 0..1: how much the card looks like one on a screen.
 *
 * @param copy the copy's score: a copier's dots repeat in brightness too, a screen's stripes in colour as well.
 */
export function recaptureScore({ fine, coloured, colouredPower }: Periodicity, copy: number): number {
  // A card's fine lines repeat in brightness or in colour, a screen's stripes in both.
  const peaks = Math.min(fine / CUE_LIMITS.finePeak, (fine + coloured) / 2 / CUE_LIMITS.screenPeaks);
  const cue = Math.max(copy >= 0.5 ? 0 : peaks, colouredPower / CUE_LIMITS.colouredPower);
  // Logarithms: a tenth beyond the limit is a lot.
  return scoreAgainst(cue ** 4, 1);
}
