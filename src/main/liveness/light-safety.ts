import { NEUTRAL_RGB, type LightChallenge, type Srgb } from '../../shared/domain/challenge.ts';
import { luminanceOf, toLinear, type LinearRgb } from '../../shared/domain/linear-light.ts';

/** WCAG 2.2 SC 2.3.1: a general flash needs a change of this share of the maximum relative luminance … */
const GENERAL_CHANGE = 0.1;
/** … where the darker state is below this. */
const GENERAL_DARKER_BELOW = 0.8;
/** WCAG 2.2 SC 2.3.1: red is saturated from this share of the linear channels' sum … */
const RED_SHARE = 0.8;
/** … and a red flash needs this distance in CIE 1976 u′v′. */
const RED_CHROMATICITY_CHANGE = 0.2;
/** WCAG 2.2 SC 2.3.1: flashes allowed within any second. */
export const FLASHES_PER_SECOND_LIMIT = 3;

interface Step {
  readonly atMs: number;
  readonly from: LinearRgb;
  readonly to: LinearRgb;
}

function stepsOf(challenge: LightChallenge): Step[] {
  const shown: { rgb: Srgb; atMs: number }[] = challenge.colours.map((c) => ({ rgb: c.rgb, atMs: c.startMs }));
  const last = challenge.colours.at(-1);
  if (last) shown.push({ rgb: NEUTRAL_RGB, atMs: last.startMs + last.durationMs });
  return shown.map(({ rgb, atMs }, i) => ({
    atMs,
    from: toLinear(i === 0 ? NEUTRAL_RGB : shown[i - 1]!.rgb),
    to: toLinear(rgb),
  }));
}

/** CIE 1976 u′v′ of a linear sRGB colour (D65 matrix of IEC 61966-2-1); black has the white point's. */
function chromaticityOf([r, g, b]: LinearRgb): readonly [number, number] {
  const x = 0.4124 * r + 0.3576 * g + 0.1805 * b;
  const y = luminanceOf([r, g, b]);
  const z = 0.0193 * r + 0.1192 * g + 0.9505 * b;
  const sum = x + 15 * y + 3 * z;
  return sum === 0 ? [0.1978, 0.4683] : [(4 * x) / sum, (9 * y) / sum];
}

function isSaturatedRed([r, g, b]: LinearRgb): boolean {
  const sum = r + g + b;
  return sum > 0 && r / sum >= RED_SHARE;
}

/** Signed size of a step's general change, 0 when it is no part of a general flash. */
function generalChange({ from, to }: Step): number {
  const before = luminanceOf(from);
  const after = luminanceOf(to);
  const counts = Math.abs(after - before) >= GENERAL_CHANGE && Math.min(before, after) < GENERAL_DARKER_BELOW;
  return counts ? after - before : 0;
}

/** Signed: towards (+) or away from (−) saturated red; 0 when it is no part of a red flash. */
function redChange({ from, to }: Step): number {
  const [u1, v1] = chromaticityOf(from);
  const [u2, v2] = chromaticityOf(to);
  if (!(isSaturatedRed(from) || isSaturatedRed(to)) || Math.hypot(u1 - u2, v1 - v2) <= RED_CHROMATICITY_CHANGE)
    return 0;
  return isSaturatedRed(to) ? 1 : -1;
}

/** Largest number of opposing pairs of changes in any window of one second; half a pair counts as half. */
function worstSecond(steps: readonly Step[], changeOf: (step: Step) => number): number {
  const changes: { atMs: number; sign: number }[] = [];
  for (const step of steps) {
    const sign = Math.sign(changeOf(step));
    if (sign !== 0 && changes.at(-1)?.sign !== sign) changes.push({ atMs: step.atMs, sign });
  }
  let worst = 0;
  changes.forEach((first, i) => {
    const within = changes.slice(i).filter((change) => change.atMs - first.atMs <= 1_000).length;
    worst = Math.max(worst, within / 2);
  });
  return worst;
}

/**
 * Flashes in the worst second of a challenge, neutral lead-in and tail included, by WCAG 2.2 SC 2.3.1. The area
 * exemption is not used: the light field fills the screen.
 */
export function countFlashes(challenge: LightChallenge): { readonly general: number; readonly red: number } {
  const steps = stepsOf(challenge);
  return { general: worstSecond(steps, generalChange), red: worstSecond(steps, redChange) };
}

/** Whether no second of the challenge has more general or red flashes than `FLASHES_PER_SECOND_LIMIT`. */
export function isPhotosensitiveSafe(challenge: LightChallenge): boolean {
  const { general, red } = countFlashes(challenge);
  return general <= FLASHES_PER_SECOND_LIMIT && red <= FLASHES_PER_SECOND_LIMIT;
}
