import { NEUTRAL_RGB, type DisplayLog, type LightChallenge, type Srgb } from '../../shared/domain/challenge.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ScreenLight } from './screen-light.ts';

export interface FlashOptions {
  /** Puts a colour on the light field at once, without a fade. `index` is −1 or the number of colours for grey. */
  readonly onColour: (rgb: Srgb, index: number) => void;
  readonly light: ScreenLight;
  readonly signal: AbortSignal;
  /** `requestAnimationFrame`; another one in tests. */
  readonly requestFrame?: (callback: (nowMs: number) => void) => unknown;
}

/** Half a frame of a 60 Hz display: a colour is put on at the frame nearest to its time. */
const HALF_FRAME_MS = 8;
/** On a screen that falls behind no colour is cut below this share of its time, so that none flashes by. */
const LEAST_SHARE = 0.9;

interface Cue {
  readonly rgb: Srgb;
  readonly index: number;
  readonly atMs: number;
  readonly forMs: number;
}

function cuesOf({ colours, leadInMs, tailMs }: LightChallenge): Cue[] {
  const shown = colours.map(({ rgb, startMs, durationMs }, index) => ({
    rgb,
    index,
    atMs: startMs,
    forMs: durationMs,
  }));
  const last = shown.at(-1);
  const endMs = last ? last.atMs + last.forMs : leadInMs;
  return [
    { rgb: NEUTRAL_RGB, index: -1, atMs: 0, forMs: leadInMs },
    ...shown,
    { rgb: NEUTRAL_RGB, index: colours.length, atMs: endMs, forMs: tailMs },
  ];
}

/**
 * Plays a light challenge and tells when each colour, and the grey after the last, became visible: the time of the
 * animation frame after the one that put it on. Ends with `challenge.incomplete` when aborted.
 */
export function playLight(challenge: LightChallenge, options: FlashOptions): Promise<Result<DisplayLog, Failure>> {
  const { onColour, light, signal } = options;
  const requestFrame = options.requestFrame ?? ((callback) => requestAnimationFrame(callback));
  const cues = cuesOf(challenge);
  const display: { index: number; shownAtMs: number }[] = [];
  let next = 0;
  let beganMs = 0;
  let shownAtMs = 0;
  let pending: Cue | null = null;
  const noteShown = (cue: Cue, nowMs: number): void => {
    shownAtMs = nowMs;
    light.setScreenColour(cue.rgb, nowMs);
    if (cue.index < 0) beganMs = nowMs;
    else display.push({ index: cue.index, shownAtMs: nowMs });
  };
  const isDue = (cue: Cue, nowMs: number): boolean => {
    if (cue.index < 0) return true;
    const leastMs = LEAST_SHARE * cues[next - 1]!.forMs;
    return nowMs + HALF_FRAME_MS >= Math.max(beganMs + cue.atMs, shownAtMs + leastMs);
  };
  return new Promise((resolve) => {
    const step = (nowMs: number): void => {
      if (signal.aborted) {
        onColour(NEUTRAL_RGB, challenge.colours.length);
        light.setScreenColour(NEUTRAL_RGB, nowMs);
        return resolve(err(failure('challenge.incomplete', 'aborted')));
      }
      if (pending) noteShown(pending, nowMs);
      pending = null;
      const cue = cues[next];
      if (!cue && nowMs >= shownAtMs + challenge.tailMs) return resolve(ok(display));
      if (cue && isDue(cue, nowMs)) {
        onColour(cue.rgb, cue.index);
        pending = cue;
        next += 1;
      }
      requestFrame(step);
    };
    requestFrame(step);
  });
}
