import { NEUTRAL_RGB, type DisplayLog, type LightChallenge } from '../../shared/domain/challenge.ts';
import { fadeShare, mixedLight } from '../../shared/domain/light-field.ts';
import { toLinear, type LinearRgb } from '../../shared/domain/linear-light.ts';

/** Row per camera channel, column per screen primary; rows sum to 1. */
export type ColourMatrix = readonly [LinearRgb, LinearRgb, LinearRgb];

/** A camera whose colours are already the screen's; a calibrated kiosk brings its own. */
export const PLAIN_COLOUR_MATRIX: ColourMatrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The part of a challenge that a stimulus needs. */
export type ShownColours = Pick<LightChallenge, 'colours' | 'leadInMs' | 'tailMs' | 'fadeMs'>;

/** The light that the screen gave, as the camera's channels would see it, over the time for which it is known. */
export interface Stimulus {
  readonly fromMs: number;
  readonly toMs: number;
  /** When each colour began to be visible, and when the last one ended. */
  readonly edgesMs: readonly number[];
  /** Mean light over a span, such as an exposure; null when it isn't within `fromMs` … `toMs`. */
  over(fromMs: number, toMs: number): LinearRgb | null;
}

/** On a busy screen a colour may stay this much longer than issued, or a few display frames shorter. */
const LONGER_BY_MS = 400;
const SHORTER_BY_MS = 60;
/** All colours together may not stay longer than this over what was issued. */
const ALL_LONGER_BY_MS = 1_000;

/** Time constant of a liquid-crystal panel's answer: 10–90 % within about 13 ms, a usual office screen. */
const PANEL_MS = 6;
const STEP_MS = 2;

/** Whether the log shows every colour once, in order, about as long as it was issued. */
export function isCompleteDisplay(challenge: ShownColours, display: DisplayLog): boolean {
  const { colours } = challenge;
  if (display.length !== colours.length && display.length !== colours.length + 1) return false;
  let allExcessMs = 0;
  const inOrder = display.every(({ index, shownAtMs }, i) => {
    if (index !== i || !Number.isFinite(shownAtMs)) return false;
    if (i === 0) return true;
    const shownForMs = shownAtMs - display[i - 1]!.shownAtMs;
    const excessMs = shownForMs - colours[i - 1]!.durationMs;
    allExcessMs += excessMs;
    return shownForMs > 0 && excessMs >= -SHORTER_BY_MS && excessMs <= LONGER_BY_MS;
  });
  return inOrder && allExcessMs <= ALL_LONGER_BY_MS;
}

function seenBy(matrix: ColourMatrix, [r, g, b]: LinearRgb): LinearRgb {
  const channel = (row: LinearRgb): number => row[0] * r + row[1] * g + row[2] * b;
  return [channel(matrix[0]), channel(matrix[1]), channel(matrix[2])];
}

/** Running integral of the panel's light at every step, three channels each. */
function integralOf(light: (timeMs: number) => LinearRgb, fromMs: number, steps: number): Float64Array {
  const integral = new Float64Array(3 * (steps + 1));
  const follow = 1 - Math.exp(-STEP_MS / PANEL_MS);
  const panel = [...light(fromMs)];
  for (let step = 0; step < steps; step++) {
    const driven = light(fromMs + (step + 0.5) * STEP_MS);
    for (let channel = 0; channel < 3; channel++) {
      panel[channel]! += follow * (driven[channel]! - panel[channel]!);
      integral[3 * (step + 1) + channel] = integral[3 * step + channel]! + STEP_MS * panel[channel]!;
    }
  }
  return integral;
}

/**
 * Builds the stimulus of a complete display (see `isCompleteDisplay`), cross-fades and the panel's answer included;
 * null when the display isn't complete.
 */
export function buildStimulus(challenge: ShownColours, display: DisplayLog, matrix: ColourMatrix): Stimulus | null {
  if (!isCompleteDisplay(challenge, display)) return null;
  const { colours, leadInMs, tailMs, fadeMs = 0 } = challenge;
  const edgesMs = display.map((shown) => shown.shownAtMs);
  if (edgesMs.length === colours.length) edgesMs.push(edgesMs.at(-1)! + colours.at(-1)!.durationMs);
  const fromMs = edgesMs[0]! - leadInMs;
  const toMs = edgesMs.at(-1)! + tailMs;
  const neutral = seenBy(matrix, toLinear(NEUTRAL_RGB));
  const shown = [neutral, ...colours.map(({ rgb }) => seenBy(matrix, toLinear(rgb))), neutral];
  let current = 0;
  const driven = (timeMs: number): LinearRgb => {
    while (current < edgesMs.length && timeMs >= edgesMs[current]!) current++;
    if (current === 0) return neutral;
    const share = fadeShare(timeMs - edgesMs[current - 1]!, fadeMs);
    return mixedLight(shown[current - 1]!, shown[current]!, share);
  };
  const steps = Math.ceil((toMs - fromMs) / STEP_MS);
  const integral = integralOf(driven, fromMs, steps);
  const until = (timeMs: number, channel: number): number => {
    const position = Math.min((timeMs - fromMs) / STEP_MS, steps);
    const below = Math.min(Math.floor(position), steps - 1);
    const at = 3 * below + channel;
    return integral[at]! + (position - below) * (integral[at + 3]! - integral[at]!);
  };
  const over = (spanFromMs: number, spanToMs: number): LinearRgb | null => {
    if (spanFromMs < fromMs || spanToMs > toMs || spanToMs <= spanFromMs) return null;
    const channel = (c: number): number => (until(spanToMs, c) - until(spanFromMs, c)) / (spanToMs - spanFromMs);
    return [channel(0), channel(1), channel(2)];
  };
  return { fromMs, toMs, edgesMs, over };
}
