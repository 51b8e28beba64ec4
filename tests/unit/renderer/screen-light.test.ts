import { describe, expect, it } from 'vitest';
import { createScreenLight } from '../../../src/renderer/camera/screen-light.ts';
import { NEUTRAL_RGB } from '../../../src/shared/domain/challenge.ts';
import { toLinear } from '../../../src/shared/domain/linear-light.ts';

describe('the screen light', () => {
  it('is neutral before the first colour and the last colour after it', () => {
    const light = createScreenLight();
    expect(light.colourAt(0)).toEqual(NEUTRAL_RGB);
    light.setScreenColour([255, 0, 0], 100);
    expect([light.colourAt(99), light.colourAt(100), light.colourAt(9_000)]).toEqual([
      NEUTRAL_RGB,
      [255, 0, 0],
      [255, 0, 0],
    ]);
  });

  it('fades evenly in linear light, and on from wherever a fade was cut off', () => {
    const light = createScreenLight();
    light.setScreenColour([0, 0, 0], 0);
    light.setScreenColour([255, 255, 255], 100, 80);
    expect(toLinear(light.colourAt(140))[0]).toBeCloseTo(0.5, 2);
    light.setScreenColour([0, 0, 0], 140, 40);
    expect(toLinear(light.colourAt(160))[0]).toBeCloseTo(0.25, 2);
  });

  it('gathers the light of an exposure', () => {
    const light = createScreenLight();
    light.setScreenColour([0, 0, 0], 0);
    light.setScreenColour([255, 0, 255], 100);
    expect(light.meanLight(80, 120)[0]).toBeGreaterThan(0.35);
    expect(light.meanLight(80, 120)[0]).toBeLessThan(0.65);
    light.meanLight(110, 130).forEach((value, i) => expect(value).toBeCloseTo([1, 0, 1][i]!, 9));
  });
});
