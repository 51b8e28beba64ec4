import { describe, expect, it } from 'vitest';
import { createHintWatch, HINT_HOLD_MS } from '../../../src/main/inference/guidance-hint.ts';
import type { FaceMeasurements } from '../../../src/main/inference/quality.ts';

const GOOD: FaceMeasurements = {
  faces: 1,
  placement: { heightShare: 0.4, offCentre: 0.02, rollDegrees: 1, interOcularPixels: 90 },
  appearance: { meanLuma: 128, sideRatio: 1.05, sharpness: 150 },
  pose: { yaw: 2, pitch: -4, roll: 0 },
  widestEyeOpen: null,
  covering: { covered: 0.1, glareShare: 0 },
  mouthOpening: 0.03,
};
const DARK = { ...GOOD, appearance: { ...GOOD.appearance, meanLuma: 20 } };
const at = (offCentre: number): FaceMeasurements => ({ ...GOOD, placement: { ...GOOD.placement, offCentre } });

describe('guidance hint', () => {
  it('says at once what the first frame shows', () => {
    expect(createHintWatch().see(null, 0)).toEqual({ hint: 'no-face', ready: false });
    expect(createHintWatch().see(DARK, 0)).toEqual({ hint: 'dark', ready: false });
    expect(createHintWatch().see(GOOD, 0)).toEqual({ hint: null, ready: true });
  });

  it('changes only after a reason has held', () => {
    const watch = createHintWatch();
    watch.see(GOOD, 0);
    expect(watch.see(DARK, 100).hint).toBeNull();
    expect(watch.see(DARK, 100 + HINT_HOLD_MS - 1).hint).toBeNull();
    expect(watch.see(DARK, 100 + HINT_HOLD_MS).hint).toBe('dark');
  });

  it('is not ready for a moment in which the face is gone or not alone', () => {
    const watch = createHintWatch();
    watch.see(GOOD, 0);
    expect(watch.see(null, 100)).toEqual({ hint: null, ready: false });
    expect(watch.see({ ...GOOD, faces: 2 }, 200)).toEqual({ hint: null, ready: false });
  });

  it('does not flicker on a value that trembles around its limit', () => {
    const watch = createHintWatch();
    watch.see(at(0.3), 0);
    const hints = Array.from({ length: 40 }, (_, i) => watch.see(at(i % 2 === 0 ? 0.195 : 0.205), 300 * (i + 1)).hint);
    expect(new Set(hints)).toEqual(new Set(['off-centre']));
    watch.see(GOOD, 20_000);
    expect(watch.see(GOOD, 21_000).ready).toBe(true);
    const later = Array.from(
      { length: 40 },
      (_, i) => watch.see(at(i % 2 === 0 ? 0.195 : 0.205), 22_000 + 300 * i).hint,
    );
    expect(new Set(later)).toEqual(new Set([null]));
  });
});
