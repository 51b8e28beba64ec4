import { describe, expect, it } from 'vitest';
import { mirroredCoverPlacement } from '../../../src/renderer/kiosk/art/cover-placement.ts';

const box = { x: 0.1, y: 0.25, width: 0.3, height: 0.5 };

describe('the mark around the face', () => {
  it('lies mirrored where an uncut picture shows the face', () => {
    expect(mirroredCoverPlacement(box, { width: 640, height: 480 }, { width: 320, height: 240 })).toEqual({
      left: expect.closeTo(192, 6) as unknown,
      top: 60,
      width: 96,
      height: 120,
    });
  });

  it.each([
    ['cut at its sides', { width: 1280, height: 720 }],
    ['cut above and below', { width: 360, height: 720 }],
  ])('keeps the middle in the middle of a picture %s', (_, picture) => {
    const place = mirroredCoverPlacement({ x: 0.4, y: 0.4, width: 0.2, height: 0.2 }, picture, {
      width: 300,
      height: 400,
    })!;
    expect(place.left + place.width / 2).toBeCloseTo(150, 6);
    expect(place.top + place.height / 2).toBeCloseTo(200, 6);
    expect(place.width / place.height).toBeCloseTo(picture.width / picture.height, 6);
  });

  it('follows a picture that is cut above only, and leaves a wide one where it is', () => {
    const [face, oval] = [
      { x: 0.4, y: 0.7, width: 0.2, height: 0.2 },
      { width: 300, height: 400 },
    ];
    const high = { width: 360, height: 720 };
    const [middle, lower] = [0.5, 1].map((cutAt) => mirroredCoverPlacement(face, high, oval, cutAt)!);
    // 300 px wide it is 600 px high: 100 px above are cut off, or all 200.
    expect(middle!.top).toBeCloseTo(420 - 100, 6);
    expect(lower!.top).toBeCloseTo(420 - 200, 6);
    const wide = { width: 1280, height: 720 };
    expect(mirroredCoverPlacement(face, wide, oval, 1)).toEqual(mirroredCoverPlacement(face, wide, oval));
  });

  it('is nowhere while nothing has a size', () => {
    const size = { width: 640, height: 480 };
    expect(mirroredCoverPlacement(box, { width: 0, height: 0 }, size)).toBeNull();
    expect(mirroredCoverPlacement(box, size, { width: 0, height: 100 })).toBeNull();
  });
});
