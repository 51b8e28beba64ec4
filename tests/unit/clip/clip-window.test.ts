import { expect, it } from 'vitest';
import { clipWindow, holds } from '../../../src/main/clip/clip-window.ts';

it.each([
  ['a short clip is kept whole', 2_500, null, [0, 2_500]],
  ['a short clip with a blink too', 2_500, { fromMs: 100, toMs: 300 }, [0, 2_500]],
  ['of a long one the end', 8_000, null, [5_000, 8_000]],
  ['around a blink', 8_000, { fromMs: 3_800, toMs: 4_200 }, [2_500, 5_500]],
  ['around an early blink', 8_000, { fromMs: 200, toMs: 500 }, [0, 3_000]],
  ['around a blink at the end', 8_000, { fromMs: 7_000, toMs: 7_900 }, [5_000, 8_000]],
] as const)('%s', (_, lengthMs, moment, [fromMs, toMs]) => {
  expect(clipWindow(lengthMs, 3_000, moment)).toEqual({ fromMs, toMs });
  if (moment) expect(holds({ fromMs, toMs }, moment)).toBe(true);
});

it('every blink of up to a second that is in the clip is in the window', () => {
  for (let lengthMs = 500; lengthMs <= 20_000; lengthMs += 487) {
    for (let fromMs = 0; fromMs <= lengthMs; fromMs += 211) {
      const moment = { fromMs, toMs: Math.min(lengthMs, fromMs + 1_000) };
      const window = clipWindow(lengthMs, 3_000, moment);
      expect(holds(window, moment)).toBe(true);
      expect(holds({ fromMs: 0, toMs: lengthMs }, window)).toBe(true);
      expect(window.toMs - window.fromMs).toBeCloseTo(Math.min(lengthMs, 3_000), 6);
    }
  }
});
