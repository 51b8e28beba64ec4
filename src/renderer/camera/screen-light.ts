import { NEUTRAL_RGB, type Srgb } from '../../shared/domain/challenge.ts';
import { fadedColour, fadeShare, mixedLight } from '../../shared/domain/light-field.ts';
import { toLinear, type LinearRgb } from '../../shared/domain/linear-light.ts';

/** The colours that the light field has shown lately: what a simulated person is lit by. */
export interface ScreenLight {
  /**
   * The field has been `rgb` since `atMs` (`performance.now()`), or fades to it over `fadeMs` from there; times never
   * go back.
   */
  setScreenColour(rgb: Srgb, atMs: number, fadeMs?: number): void;
  /** The colour at a time, within a cross-fade too; neutral before the first. */
  colourAt(timeMs: number): Srgb;
  /** Mean light over a span such as an exposure, linear, 0–1. */
  meanLight(fromMs: number, toMs: number): LinearRgb;
}

/** Two seconds of a display that is told every frame, and more than a challenge of colours. */
const REMEMBERED = 256;
/** An exposure is sampled this often: a cross-fade is straight within it. */
const SAMPLES = 5;

interface Shown {
  readonly from: Srgb;
  readonly to: Srgb;
  readonly atMs: number;
  readonly fadeMs: number;
}

const BEFORE: Shown = { from: NEUTRAL_RGB, to: NEUTRAL_RGB, atMs: -Infinity, fadeMs: 0 };

export function createScreenLight(): ScreenLight {
  const log: Shown[] = [];
  const shownAt = (timeMs: number): Shown => log.findLast(({ atMs }) => atMs <= timeMs) ?? BEFORE;
  const colourAt = (timeMs: number): Srgb => {
    const { from, to, atMs, fadeMs } = shownAt(timeMs);
    return fadedColour(from, to, timeMs - atMs, fadeMs);
  };
  const lightAt = (timeMs: number): LinearRgb => {
    const { from, to, atMs, fadeMs } = shownAt(timeMs);
    return mixedLight(toLinear(from), toLinear(to), fadeShare(timeMs - atMs, fadeMs));
  };
  return {
    setScreenColour(rgb, atMs, fadeMs = 0) {
      log.push({ from: colourAt(atMs), to: rgb, atMs, fadeMs });
      if (log.length > REMEMBERED) log.shift();
    },
    colourAt,
    meanLight(fromMs, toMs) {
      const sum = [0, 0, 0];
      for (let i = 0; i < SAMPLES; i++) {
        const light = lightAt(fromMs + ((i + 0.5) * (toMs - fromMs)) / SAMPLES);
        for (let channel = 0; channel < 3; channel++) sum[channel]! += light[channel]! / SAMPLES;
      }
      return [sum[0]!, sum[1]!, sum[2]!];
    },
  };
}
