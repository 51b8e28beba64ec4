import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  CAMERA_GEOMETRY_RANGES,
  cameraGeometrySchema,
  DEFAULT_CAMERA_GEOMETRY,
  distanceLimits,
  faceHeightShare,
} from '../../../src/shared/domain/camera-geometry.ts';

const WIDE = 16 / 9;
const near = (share: number): unknown => expect.closeTo(share, 3);

describe('a face at a distance', () => {
  it('takes what a lens of 90 degrees shows at half a metre: 20 of 56 centimetres', () => {
    expect(faceHeightShare(50, 90, WIDE)).toBeCloseTo(20 / 56.25, 4);
  });

  it('halves at twice the distance, and a wider lens makes it smaller', () => {
    expect(faceHeightShare(80, 70, WIDE)).toBeCloseTo(faceHeightShare(40, 70, WIDE) / 2, 9);
    expect(faceHeightShare(60, 110, WIDE)).toBeLessThan(0.6 * faceHeightShare(60, 70, WIDE));
  });

  it('takes less of a taller picture of the same width', () => {
    expect(faceHeightShare(60, 70, 4 / 3)).toBeCloseTo(0.75 * faceHeightShare(60, 70, WIDE), 9);
  });
});

describe('the limits of distance', () => {
  it('let a counter’s 40 to 80 cm through with the usual lens', () => {
    const limits = distanceLimits(DEFAULT_CAMERA_GEOMETRY, WIDE);
    expect(limits).toEqual({ 'too-far': near(0.282), 'too-near': near(0.725) });
    for (const distanceCm of [40, 60, 80]) {
      const share = faceHeightShare(distanceCm, 70, WIDE);
      expect(share).toBeGreaterThan(limits['too-far']!);
      expect(share).toBeLessThan(limits['too-near']!);
    }
  });

  it('follow a wide lens', () => {
    const limits = distanceLimits({ ...DEFAULT_CAMERA_GEOMETRY, horizontalFovDegrees: 110 }, WIDE);
    expect(limits).toEqual({ 'too-far': near(0.138), 'too-near': near(0.356) });
  });

  it('leave room between them for every lens and place that can be set', () => {
    const within = ({ min, max }: { min: number; max: number }) => fc.double({ min, max, noNaN: true });
    const geometries = fc.record({
      horizontalFovDegrees: within(CAMERA_GEOMETRY_RANGES.horizontalFovDegrees),
      nearCm: within(CAMERA_GEOMETRY_RANGES.nearCm),
      farCm: within(CAMERA_GEOMETRY_RANGES.farCm),
    });
    fc.assert(
      fc.property(geometries, fc.constantFrom(WIDE, 4 / 3, 1), (geometry, aspect) => {
        fc.pre(cameraGeometrySchema.safeParse(geometry).success);
        const { 'too-far': far, 'too-near': nearest } = distanceLimits(geometry, aspect);
        expect(nearest! - far!).toBeGreaterThan(0.0999);
        expect(far).toBeGreaterThanOrEqual(0.05);
        expect(nearest).toBeLessThanOrEqual(0.9);
      }),
    );
  });
});
