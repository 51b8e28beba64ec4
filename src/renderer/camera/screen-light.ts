import { NEUTRAL_RGB, type Srgb } from '../../shared/domain/challenge.ts';

/** The colours that the light field has shown lately: what a simulated person is lit by. */
export interface ScreenLight {
  /** The field has been `rgb` since `atMs` (`performance.now()`); times never go back. */
  setScreenColour(rgb: Srgb, atMs: number): void;
  /** The colour at a time; neutral before the first. */
  colourAt(timeMs: number): Srgb;
}

/** More than the colours of a challenge within any latency of interest. */
const REMEMBERED = 64;

export function createScreenLight(): ScreenLight {
  const shown: { rgb: Srgb; atMs: number }[] = [];
  return {
    setScreenColour(rgb, atMs) {
      shown.push({ rgb, atMs });
      if (shown.length > REMEMBERED) shown.shift();
    },
    colourAt: (timeMs) => shown.findLast(({ atMs }) => atMs <= timeMs)?.rgb ?? NEUTRAL_RGB,
  };
}
