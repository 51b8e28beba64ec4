import { describe, expect, it } from 'vitest';
import type { Srgb } from '../../../src/shared/domain/challenge.ts';
import { fadedColour, fadeShare } from '../../../src/shared/domain/light-field.ts';
import { luminanceOf, toLinear } from '../../../src/shared/domain/linear-light.ts';

const BLACK: Srgb = [0, 0, 0];
const WHITE: Srgb = [255, 255, 255];

describe('a cross-fade', () => {
  it('begins at the colour before and ends at the colour', () => {
    expect([-1, 0, 66, 500].map((elapsedMs) => fadedColour(BLACK, WHITE, elapsedMs, 66))).toEqual([
      BLACK,
      BLACK,
      WHITE,
      WHITE,
    ]);
    expect(fadedColour(BLACK, WHITE, 0, 0)).toEqual(WHITE);
    expect(fadeShare(33, 66)).toBe(0.5);
  });

  it('rises evenly in light, not in bytes', () => {
    const lights = [0.25, 0.5, 0.75].map((share) => luminanceOf(toLinear(fadedColour(BLACK, WHITE, 80 * share, 80))));
    lights.forEach((light, i) => expect(Math.abs(light - 0.25 * (i + 1))).toBeLessThan(0.005));
    expect(fadedColour(BLACK, WHITE, 40, 80)).toEqual([188, 188, 188]);
  });
});
