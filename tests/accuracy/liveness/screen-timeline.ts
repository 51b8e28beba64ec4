import { NEUTRAL_RGB, type LightChallenge } from '../../../src/shared/domain/challenge.ts';
import { fadeShare, mixedLight } from '../../../src/shared/domain/light-field.ts';
import { toLinear, toSrgb, type LinearRgb } from '../../../src/shared/domain/linear-light.ts';
import type { Vector3 } from './vector.ts';

/** The light of a screen's three primaries over time, 0–1, integrated so that any exposure is one subtraction. */
export interface ScreenTimeline {
  /** Mean of the primaries over a span; neutral before and after the challenge. */
  mean(fromMs: number, toMs: number): Vector3;
}

export interface Panel {
  /** It needs this long for 63 % of a step. */
  readonly responseMs: number;
  /** A page draws this often. */
  readonly refreshMs: number;
}

const BEFORE_MS = 1_500;
const AFTER_MS = 2_000;

/** What the page draws at a time: a cross-fade in steps of the display's frames, in whole sRGB bytes. */
function drawnAt(shown: readonly LinearRgb[], edgesMs: readonly number[], timeMs: number, fadeMs: number): LinearRgb {
  const passed = edgesMs.filter((edgeMs) => timeMs >= edgeMs).length;
  if (passed === 0) return shown[0]!;
  const share = fadeShare(timeMs - edgesMs[passed - 1]!, fadeMs);
  return toLinear(toSrgb(mixedLight(shown[passed - 1]!, shown[passed]!, share)));
}

/**
 * Plays a challenge on a panel.
 *
 * @param edgesMs when each colour appeared, and when grey came back.
 */
export function playOnPanel(challenge: LightChallenge, edgesMs: readonly number[], panel: Panel): ScreenTimeline {
  const shown = [NEUTRAL_RGB, ...challenge.colours.map(({ rgb }) => rgb), NEUTRAL_RGB].map(toLinear);
  const startMs = Math.floor(edgesMs[0]! - BEFORE_MS);
  const length = Math.ceil(edgesMs.at(-1)! + AFTER_MS) - startMs;
  const sums = new Float64Array(3 * (length + 1));
  const follow = 1 - Math.exp(-1 / panel.responseMs);
  const level = [...shown[0]!];
  let target = shown[0]!;
  let drawnFrame = -1;
  for (let ms = 0; ms < length; ms++) {
    const frame = Math.floor(ms / panel.refreshMs);
    if (frame !== drawnFrame) target = drawnAt(shown, edgesMs, startMs + ms, challenge.fadeMs ?? 0);
    drawnFrame = frame;
    for (let channel = 0; channel < 3; channel++) {
      level[channel]! += follow * (target[channel]! - level[channel]!);
      sums[3 * (ms + 1) + channel] = sums[3 * ms + channel]! + level[channel]!;
    }
  }
  const total = (timeMs: number, channel: number): number => {
    const at = Math.min(length - 1e-6, Math.max(0, timeMs - startMs));
    const whole = Math.floor(at);
    const from = sums[3 * whole + channel]!;
    return from + (at - whole) * (sums[3 * (whole + 1) + channel]! - from);
  };
  return {
    mean: (fromMs, toMs) => {
      const spanMs = Math.max(1, toMs - fromMs);
      const of = (channel: number): number => (total(fromMs + spanMs, channel) - total(fromMs, channel)) / spanMs;
      return [of(0), of(1), of(2)];
    },
  };
}
