import { NEUTRAL_RGB, type DisplayLog, type LightChallenge } from '../../shared/domain/challenge.ts';
import { toLinear, type LinearRgb } from './linear-light.ts';

/** Row per camera channel, column per screen primary; rows sum to 1. */
export type ColourMatrix = readonly [LinearRgb, LinearRgb, LinearRgb];

/** A camera whose colours are already the screen's; a calibrated kiosk brings its own. */
export const PLAIN_COLOUR_MATRIX: ColourMatrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The part of a challenge that a stimulus needs. */
export type ShownColours = Pick<LightChallenge, 'colours' | 'leadInMs' | 'tailMs'>;

/** The light that the screen gave, as the camera's channels would see it, over the time for which it is known. */
export interface Stimulus {
  readonly fromMs: number;
  readonly toMs: number;
  /** When each colour became visible, and when the last one ended. */
  readonly edgesMs: readonly number[];
  /** Null outside of `fromMs` … `toMs`. */
  at(timeMs: number): LinearRgb | null;
}

/** On a busy screen a colour may stay this much longer than issued, or a few display frames shorter. */
const LONGER_BY_MS = 400;
const SHORTER_BY_MS = 60;

/** Whether the log shows every colour once, in order, about as long as it was issued. */
export function isCompleteDisplay(challenge: ShownColours, display: DisplayLog): boolean {
  const { colours } = challenge;
  if (display.length !== colours.length && display.length !== colours.length + 1) return false;
  return display.every(({ index, shownAtMs }, i) => {
    if (index !== i) return false;
    if (i === 0) return true;
    const shownForMs = shownAtMs - display[i - 1]!.shownAtMs;
    const excessMs = shownForMs - colours[i - 1]!.durationMs;
    return shownForMs > 0 && excessMs >= -SHORTER_BY_MS && excessMs <= LONGER_BY_MS;
  });
}

function seenBy(matrix: ColourMatrix, [r, g, b]: LinearRgb): LinearRgb {
  const channel = (row: LinearRgb): number => row[0] * r + row[1] * g + row[2] * b;
  return [channel(matrix[0]), channel(matrix[1]), channel(matrix[2])];
}

/** Builds the stimulus of a complete display (see `isCompleteDisplay`); null when the display isn't complete. */
export function buildStimulus(challenge: ShownColours, display: DisplayLog, matrix: ColourMatrix): Stimulus | null {
  if (!isCompleteDisplay(challenge, display)) return null;
  const { colours, leadInMs, tailMs } = challenge;
  const edgesMs = display.map((shown) => shown.shownAtMs);
  if (edgesMs.length === colours.length) edgesMs.push(edgesMs.at(-1)! + colours.at(-1)!.durationMs);
  const fromMs = edgesMs[0]! - leadInMs;
  const toMs = edgesMs.at(-1)! + tailMs;
  const neutral = seenBy(matrix, toLinear(NEUTRAL_RGB));
  const seen = colours.map((colour) => seenBy(matrix, toLinear(colour.rgb)));
  const at = (timeMs: number): LinearRgb | null => {
    if (timeMs < fromMs || timeMs >= toMs) return null;
    const next = edgesMs.findIndex((edgeMs) => timeMs < edgeMs);
    return next <= 0 ? neutral : seen[next - 1]!;
  };
  return { fromMs, toMs, edgesMs, at };
}
