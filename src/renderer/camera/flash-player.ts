import { NEUTRAL_RGB, type DisplayLog, type LightChallenge, type Srgb } from '../../shared/domain/challenge.ts';
import { fadedColour } from '../../shared/domain/light-field.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ScreenLight } from './screen-light.ts';

export interface FlashOptions {
  /** Puts a colour on the light field at once. `index` is −1 or the number of colours for grey. */
  readonly onColour: (rgb: Srgb, index: number) => void;
  readonly light: ScreenLight;
  readonly signal: AbortSignal;
  /** `requestAnimationFrame`. */
  readonly requestFrame: (callback: (nowMs: number) => void) => unknown;
}

/** Half a frame of a 60 Hz display: a colour is put on at the frame nearest to its time. */
const HALF_FRAME_MS = 8;
/** A painted colour is on the screen one display frame later; of this length until two frames have been seen. */
const USUAL_FRAME_MS = 1_000 / 60;
const LONGEST_FRAME_MS = 50;
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

/** The cross-fade under way, frame by frame. */
function createFade(fadeMs: number) {
  let from: Srgb = NEUTRAL_RGB;
  let to: Srgb = NEUTRAL_RGB;
  let begunAtMs = 0;
  let lastMs: number | null = null;
  let done = true;
  return {
    isOn: fadeMs > 0,
    get to() {
      return to;
    },
    /** The colour before begins to fade to `rgb`, now to be seen; returns how long that takes. */
    beginAt(rgb: Srgb, nowMs: number): number {
      from = to;
      to = rgb;
      begunAtMs = nowMs;
      done = fadeMs === 0 || from === to;
      return fadeMs;
    },
    /** What to paint in this frame, to be seen in the next; null when nothing changes. */
    next(nowMs: number): Srgb | null {
      const frameMs = lastMs === null ? USUAL_FRAME_MS : Math.min(nowMs - lastMs, LONGEST_FRAME_MS);
      lastMs = nowMs;
      if (done) return null;
      const elapsedMs = nowMs + frameMs - begunAtMs;
      done = elapsedMs >= fadeMs;
      return fadedColour(from, to, elapsedMs, fadeMs);
    },
  };
}

/**
 * Plays a light challenge and tells when each colour, and the grey after the last, began to show: the time of the
 * animation frame after the one that put it on, from which it cross-fades where the challenge says so. Ends with `challenge.incomplete` when aborted.
 */
export function playLight(challenge: LightChallenge, options: FlashOptions): Promise<Result<DisplayLog, Failure>> {
  const { onColour, light, signal, requestFrame } = options;
  const cues = cuesOf(challenge);
  const display: { index: number; shownAtMs: number }[] = [];
  let next = 0;
  let beganMs = 0;
  let shownAtMs = 0;
  let pending: Cue | null = null;
  const fade = createFade(challenge.fadeMs ?? 0);
  const noteShown = (cue: Cue, nowMs: number): void => {
    shownAtMs = nowMs;
    light.setScreenColour(cue.rgb, nowMs, fade.beginAt(cue.rgb, nowMs));
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
      const faded = fade.next(nowMs);
      if (faded) onColour(faded, cues[next - 1]!.index);
      const cue = cues[next];
      if (!cue && nowMs >= shownAtMs + challenge.tailMs) return resolve(ok(display));
      if (cue && isDue(cue, nowMs)) {
        // A fade begins with what is there already; its first step is painted with the next frame.
        onColour(fade.isOn ? fade.to : cue.rgb, cue.index);
        pending = cue;
        next += 1;
      }
      requestFrame(step);
    };
    requestFrame(step);
  });
}
