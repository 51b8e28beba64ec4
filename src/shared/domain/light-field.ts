import type { Srgb } from './challenge.ts';
import { toLinear, toSrgb, type LinearRgb } from './linear-light.ts';

/** Share of a cross-fade that is done `elapsedMs` after its start, 0–1; without a fade it is done at once. */
export function fadeShare(elapsedMs: number, fadeMs: number): number {
  if (elapsedMs < 0) return 0;
  return fadeMs <= 0 ? 1 : Math.min(1, elapsedMs / fadeMs);
}

/** Between two lights: even in linear light, so that the light's amount rises evenly. */
export function mixedLight(from: LinearRgb, to: LinearRgb, share: number): LinearRgb {
  const channel = (c: 0 | 1 | 2): number => from[c] + share * (to[c] - from[c]);
  return [channel(0), channel(1), channel(2)];
}

/**
 * What the light field shows `elapsedMs` after a colour's start: the cross-fade from the colour before, then the
 * colour itself. The page that shows it and the judge that expects it both go by this.
 */
export function fadedColour(from: Srgb, to: Srgb, elapsedMs: number, fadeMs: number): Srgb {
  const share = fadeShare(elapsedMs, fadeMs);
  if (share === 0) return from;
  return share === 1 ? to : toSrgb(mixedLight(toLinear(from), toLinear(to), share));
}
