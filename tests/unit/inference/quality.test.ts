import { describe, expect, it } from 'vitest';
import { assessQuality, QUALITY_LIMITS, type FaceMeasurements } from '../../../src/main/inference/quality.ts';

const GOOD: FaceMeasurements = {
  faces: 1,
  placement: { heightShare: 0.4, offCentre: 0.02, rollDegrees: 1, interOcularPixels: 90 },
  appearance: { meanLuma: 128, sideRatio: 1.05, sharpness: 150 },
  pose: { yaw: 2, pitch: -4, roll: 0 },
  widestEyeOpen: 1,
};

describe('face quality', () => {
  it('finds nothing wrong with a good face', () => {
    const quality = assessQuality(GOOD);
    expect(quality.reasons).toEqual([]);
    expect(quality.score).toBeGreaterThan(90);
  });

  it.each<[string, Partial<FaceMeasurements>]>([
    ['several-faces', { faces: 2 }],
    ['too-far', { placement: { ...GOOD.placement, heightShare: 0.1 } }],
    ['too-near', { placement: { ...GOOD.placement, heightShare: 0.95 } }],
    ['off-centre', { placement: { ...GOOD.placement, offCentre: 0.3 } }],
    ['yaw', { pose: { yaw: -40, pitch: -4, roll: 0 } }],
    ['pitch', { pose: { yaw: 0, pitch: -50, roll: 0 } }],
    ['roll', { placement: { ...GOOD.placement, rollDegrees: -30 } }],
    ['dark', { appearance: { ...GOOD.appearance, meanLuma: 20 } }],
    ['bright', { appearance: { ...GOOD.appearance, meanLuma: 240 } }],
    ['uneven-light', { appearance: { ...GOOD.appearance, sideRatio: 3 } }],
    ['blurred', { appearance: { ...GOOD.appearance, sharpness: 4 } }],
    ['eyes-closed', { widestEyeOpen: 0.05 }],
    ['low-resolution', { placement: { ...GOOD.placement, interOcularPixels: 20 } }],
  ])('names %s alone, with its value and limit', (reason, change) => {
    const quality = assessQuality({ ...GOOD, ...change });
    expect(quality.reasons.map((found) => found.reason)).toEqual([reason]);
    expect(quality.reasons[0]?.limit).toBe(QUALITY_LIMITS[reason as keyof typeof QUALITY_LIMITS].limit);
    expect(quality.score).toBeLessThan(50);
  });

  it('puts the most important first', () => {
    const reasons = assessQuality({
      ...GOOD,
      widestEyeOpen: 0,
      appearance: { meanLuma: 10, sideRatio: 1, sharpness: 1 },
      placement: { ...GOOD.placement, heightShare: 0.05 },
    }).reasons.map((found) => found.reason);
    expect(reasons).toEqual(['too-far', 'dark', 'blurred', 'eyes-closed']);
  });

  it('finds nothing in what was not measured', () => {
    expect(assessQuality({ ...GOOD, pose: null, widestEyeOpen: null }).reasons).toEqual([]);
    const small = { ...GOOD, placement: { ...GOOD.placement, interOcularPixels: 20 } };
    expect(assessQuality(small, ['low-resolution']).reasons).toEqual([]);
  });
});
