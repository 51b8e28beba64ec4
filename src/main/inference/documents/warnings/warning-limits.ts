import type { DocumentWarningKind } from '../../../../shared/domain/document-warning.ts';

/**
 * Where the limits of what is measured come from: chosen on the even seeds of the synthetic specimens, so that at most
 * 1 in 100 genuine pictures is beyond, and reported on the odd ones (`npm run accuracy -- documents`). A measured value
 * at its limit gives a score of 0.5.
 */
export const CUE_LIMITS = {
  /** Share of the card that is saturated. */
  glareArea: 0.004,
  /** Width of the text's edges on the card 1012 pixels wide. */
  edgeWidthPx: 5.5,
  /** How far the card reaches over the picture's border, in shares of its width. */
  cutDepth: 0.01,
  /** Share of the card's ground that something else hides. */
  foreignArea: 0.006,
  /** Neighbouring cells of 2 mm in the middle of a place that lacks the fine lines of the card's ground. */
  smoothCells: 5,
  /** How many times quieter a field is than the others of the card, times the square of how many times sharper. */
  fieldStrangeness: 1.95,
  /** Grey values of the edges beside a portrait. */
  portraitStep: 6,
  /** Grain of the portrait as a multiple of the ground's. */
  portraitGrain: 1.4,
  /** What 97 of 100 cells stay below: logarithms of colour ratios against the ground's. */
  colour: 0.05,
  /** Mean height of the common peaks in the spectra of brightness and of red less blue, log10. */
  screenPeaks: 1.95,
  /** Height of a common peak in the spectra of brightness, log10. */
  finePeak: 1.85,
  /** Power of a common peak in the spectra of red less blue, log10 of squared values of 0..255. */
  colouredPower: 4.75,
} as const;

/**
 * From which score on a warning is raised. 0.5 where the score is made from the limits above or from a fact that is
 * there or not; the others count signs whose worth is given where they are.
 */
export const WARNING_LIMITS: Readonly<Record<DocumentWarningKind, number>> = {
  copy: 0.5,
  'black-and-white-copy': 0.5,
  recapture: 0.5,
  edited: 0.5,
  temporary: 0.5,
  expired: 0.5,
  'border-cut': 0.5,
  occlusion: 0.5,
  glare: 0.5,
  blur: 0.5,
  /** Half of the signs of the page that was asked for are missing. */
  'not-a-card': 0.5,
};
