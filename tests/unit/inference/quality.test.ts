import { describe, expect, it } from 'vitest';
import { assessQuality, mostImportantReason, type FaceMeasurements } from '../../../src/main/inference/quality.ts';
import {
  limitFor,
  MEASURED_REASONS,
  QUALITY_LIMITS,
  qualityLimitsSchema,
  type MeasuredReason,
} from '../../../src/shared/domain/face-quality.ts';

const GOOD: FaceMeasurements = {
  faces: 1,
  placement: { heightShare: 0.4, offCentre: 0.02, rollDegrees: 1, interOcularPixels: 90 },
  appearance: { meanLuma: 128, sideRatio: 1.05, sharpness: 150 },
  pose: { yaw: 2, pitch: -4, roll: 0 },
  widestEyeOpen: 1,
  covering: { covered: 0.1, glareShare: 0 },
  mouthOpening: 0.03,
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
    ['occluded', { covering: { covered: 0.7, glareShare: 0 } }],
    ['glasses-glare', { covering: { covered: 0.1, glareShare: 0.08 } }],
    ['mouth-open', { mouthOpening: 0.6 }],
    ['low-resolution', { placement: { ...GOOD.placement, interOcularPixels: 20 } }],
  ])('names %s alone, with its value and limit', (reason, change) => {
    const quality = assessQuality({ ...GOOD, ...change });
    expect(quality.reasons.map((found) => found.reason)).toEqual([reason]);
    expect(quality.reasons[0]?.limit).toBe(
      reason === 'several-faces' ? 1 : QUALITY_LIMITS[reason as MeasuredReason].limit,
    );
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
    expect(
      assessQuality({ ...GOOD, pose: null, widestEyeOpen: null, covering: null, mouthOpening: null }).reasons,
    ).toEqual([]);
    const small = { ...GOOD, placement: { ...GOOD.placement, interOcularPixels: 20 } };
    expect(assessQuality(small, ['low-resolution']).reasons).toEqual([]);
  });
});

describe('the limits of a scene', () => {
  it('decide what is a finding, and are told with it', () => {
    const turned = { ...GOOD, pose: { yaw: 12, pitch: -4, roll: 0 } };
    expect(assessQuality(turned).reasons).toEqual([]);
    expect(assessQuality(turned, [], { yaw: 10 }).reasons).toEqual([{ reason: 'yaw', value: 12, limit: 10 }]);
    expect(mostImportantReason(turned, () => 1, [], { yaw: 10 })).toBe('yaw');
    const far = { ...GOOD, placement: { ...GOOD.placement, heightShare: 0.15 } };
    expect(assessQuality(far, [], { 'too-far': 0.1 }).reasons).toEqual([]);
  });

  it.each(MEASURED_REASONS)('keep the direction of %s at both ends of the range', (reason) => {
    const { ideal, limit, min, max } = QUALITY_LIMITS[reason];
    expect([limit >= min, limit <= max, min < max]).toEqual([true, true, true]);
    for (const chosen of [min, max]) {
      const moved = limitFor(reason, { [reason]: chosen });
      expect(moved.limit).toBe(chosen);
      expect(Math.sign(moved.limit - moved.ideal)).toBe(Math.sign(limit - ideal));
    }
  });

  it('are refused out of range and under unknown names', () => {
    expect(qualityLimitsSchema.safeParse({}).success).toBe(true);
    expect(qualityLimitsSchema.safeParse({ yaw: 30, blurred: 20 }).success).toBe(true);
    for (const wrong of [{ yaw: 4 }, { yaw: 61 }, { yaw: '30' }, { 'several-faces': 3 }, { yaw: Number.NaN }]) {
      expect(qualityLimitsSchema.safeParse(wrong).success).toBe(false);
    }
  });
});
