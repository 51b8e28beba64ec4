import { describe, expect, it } from 'vitest';
import { playLight } from '../../../src/renderer/camera/flash-player.ts';
import { createScreenLight } from '../../../src/renderer/camera/screen-light.ts';
import { NEUTRAL_RGB, type LightChallenge, type Srgb } from '../../../src/shared/domain/challenge.ts';
import { fadedColour } from '../../../src/shared/domain/light-field.ts';

const RED: Srgb = [255, 0, 0];
const BLUE: Srgb = [0, 0, 255];
const FRAME_MS = 16;

function challenge(fadeMs: number): LightChallenge {
  return {
    kind: 'light',
    nonce: '0'.repeat(32),
    colours: [
      { rgb: RED, startMs: 160, durationMs: 160 },
      { rgb: BLUE, startMs: 320, durationMs: 160 },
    ],
    leadInMs: 160,
    tailMs: 80,
    fadeMs,
  };
}

/** Plays on a display of even frames; gives what was painted in each, by the time at which it is seen. */
async function play(shown: LightChallenge, stopAtMs = Infinity) {
  const painted: { rgb: Srgb; index: number; seenAtMs: number }[] = [];
  const stop = new AbortController();
  const light = createScreenLight();
  let nowMs = 1_000;
  const result = await playLight(shown, {
    onColour: (rgb, index) => painted.push({ rgb, index, seenAtMs: nowMs + FRAME_MS }),
    light,
    signal: stop.signal,
    requestFrame: (callback) =>
      queueMicrotask(() => {
        nowMs += FRAME_MS;
        if (nowMs >= stopAtMs) stop.abort();
        callback(nowMs);
      }),
  });
  return { painted, result, light };
}

describe('the light field', () => {
  it('shows each colour from the frame after the one that put it on', async () => {
    const { painted, result } = await play(challenge(0));
    expect(painted.map(({ rgb }) => rgb)).toEqual([NEUTRAL_RGB, RED, BLUE, NEUTRAL_RGB]);
    expect(result.ok && result.value).toEqual(
      painted.slice(1).map(({ index, seenAtMs }) => ({ index, shownAtMs: seenAtMs })),
    );
  });

  it('fades as the judge expects, whatever frame is looked at', async () => {
    const { painted, result, light } = await play(challenge(64));
    if (!result.ok) throw new Error(result.error.code);
    const begins = result.value.map(({ shownAtMs }) => shownAtMs);
    const sequence = [NEUTRAL_RGB, RED, BLUE, NEUTRAL_RGB];
    for (const { rgb, seenAtMs } of painted) {
      const at = begins.filter((begin) => begin <= seenAtMs).length;
      const expected =
        at === 0 ? NEUTRAL_RGB : fadedColour(sequence[at - 1]!, sequence[at]!, seenAtMs - begins[at - 1]!, 64);
      expect(rgb).toEqual(expected);
      expect(light.colourAt(seenAtMs)).toEqual(expected);
    }
    // Four steps for each of three changes beside the paints that begin them.
    expect(painted.length).toBe(4 + 3 * 4);
    expect(painted.at(-1)?.rgb).toEqual(NEUTRAL_RGB);
  });

  it('turns grey at once when it is broken off, in the middle of a fade too', async () => {
    const { painted, result, light } = await play(challenge(64), 1_230);
    expect(result).toMatchObject({ ok: false, error: { code: 'challenge.incomplete' } });
    expect(painted.at(-1)?.rgb).toEqual(NEUTRAL_RGB);
    expect(light.colourAt(5_000)).toEqual(NEUTRAL_RGB);
  });
});
