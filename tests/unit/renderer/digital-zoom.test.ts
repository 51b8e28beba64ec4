import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoomRegion, type Region } from '../../../src/renderer/camera/digital-zoom.ts';
import type { FaceBox } from '../../../src/shared/ipc/kiosk-guidance.ts';

const TARGET = { width: 640, height: 480 };
const HD = { width: 1280, height: 720 };
const FULL_HD = { width: 1920, height: 1080 };

const faceOf = (height: number, centreX = 0.5, centreY = 0.5): FaceBox => ({
  x: centreX - 0.2 * height,
  y: centreY - height / 2,
  width: 0.4 * height,
  height,
});

/** Pixels between the eyes once the region is reduced into the target. */
function interOcularPixels(picture: { height: number }, face: FaceBox, region: Region): number {
  const scale = Math.min(1, TARGET.width / region.width, TARGET.height / region.height);
  return (face.height * picture.height * scale) / 3.2;
}

describe('digital zoom', () => {
  it('leaves a picture alone that is no larger than what is sent, or shows no face', () => {
    expect(zoomRegion(TARGET, faceOf(0.1), TARGET)).toEqual({ x: 0, y: 0, ...TARGET });
    expect(zoomRegion(HD, null, TARGET)).toEqual({ x: 0, y: 0, ...HD });
  });

  it('leaves a near face alone', () => {
    expect(zoomRegion(HD, faceOf(0.6), TARGET)).toEqual({ x: 0, y: 0, ...HD });
  });

  it('cuts out a face at 90 cm so that it has the pixels that the models want', () => {
    const face = faceOf(0.282);
    expect(interOcularPixels(HD, face, { x: 0, y: 0, ...HD })).toBeLessThan(35);
    expect(zoomRegion(HD, face, TARGET)).toEqual({ x: 302, y: 107, width: 676, height: 507 });
    expect(interOcularPixels(HD, face, zoomRegion(HD, face, TARGET))).toBeGreaterThanOrEqual(59.5);
    expect(interOcularPixels(FULL_HD, face, zoomRegion(FULL_HD, face, TARGET))).toBeGreaterThanOrEqual(59.5);
  });

  it('keeps every pixel of a far face in front of a wide lens', () => {
    const face = faceOf(0.138);
    const region = zoomRegion(HD, face, TARGET);
    expect(region).toEqual({ x: 320, y: 120, ...TARGET });
    expect(interOcularPixels(HD, face, region)).toBeCloseTo((0.138 * 720) / 3.2, 6);
  });

  it('stays inside of the picture at its edges', () => {
    const region = zoomRegion(HD, faceOf(0.3, 0.98, 0.05), TARGET);
    expect(region.x + region.width).toBe(1280);
    expect(region.y).toBe(0);
  });

  it('always is a part of the picture, never sends fewer pixels of a face, and keeps all of a face inside', () => {
    const side = fc.integer({ min: 160, max: 4_000 });
    const share = fc.double({ min: 0.02, max: 1, noNaN: true });
    fc.assert(
      fc.property(side, side, share, share, share, (width, height, faceShare, centreX, centreY) => {
        const picture = { width, height };
        const face = faceOf(faceShare, centreX, centreY);
        const region = zoomRegion(picture, face, TARGET);
        expect(Math.min(region.x, region.y)).toBeGreaterThanOrEqual(0);
        expect(region.x + region.width).toBeLessThanOrEqual(width);
        expect(region.y + region.height).toBeLessThanOrEqual(height);
        const unzoomed = interOcularPixels(picture, face, { x: 0, y: 0, ...picture });
        expect(interOcularPixels(picture, face, region)).toBeGreaterThanOrEqual(unzoomed - 0.5);
        const top = Math.max(0, face.y * height);
        const bottom = Math.min(height, (face.y + face.height) * height);
        expect(region.y).toBeLessThanOrEqual(top + 1);
        expect(region.y + region.height).toBeGreaterThanOrEqual(bottom - 1);
      }),
    );
  });
});
