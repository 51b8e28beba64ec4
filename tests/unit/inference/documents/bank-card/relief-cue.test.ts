import { describe, expect, it } from 'vitest';
import { likelyBands } from '../../../../../src/main/inference/documents/bank-card/band-search.ts';
import { RELIEF_LIMITS, reliefScore } from '../../../../../src/main/inference/documents/bank-card/relief-cue.ts';
import { lookOf } from '../../../../../src/main/inference/documents/bank-card/strip-variants.ts';
import type { Frame } from '../../../../../src/main/inference/frame.ts';

function drawn(width: number, height: number, luma: (x: number, y: number) => number): Frame {
  const rgb = new Uint8Array(3 * width * height);
  for (let at = 0; at < width * height; at++) {
    rgb.fill(luma(at % width, Math.floor(at / width)), 3 * at, 3 * at + 3);
  }
  return { width, height, rgb };
}

/** Upright strokes 12 wide, 30 apart: dark all over, or with a bright left and a dark right flank. */
const FLAT = drawn(600, 96, (x, y) => (x % 30 < 12 && y > 20 && y < 76 ? 40 : 180));
const RAISED = drawn(600, 96, (x, y) => {
  if (y <= 20 || y >= 76) return 150;
  if (x % 30 < 6) return 240;
  return x % 30 < 12 ? 60 : 150;
});

describe('relief', () => {
  it('is seen where one flank is lit and the other in shade', () => {
    expect(reliefScore(FLAT)).toBeLessThan(RELIEF_LIMITS.flat);
    expect(reliefScore(RAISED)).toBeGreaterThan(RELIEF_LIMITS.raised);
    expect(reliefScore(drawn(600, 96, () => 128))).toBe(0);
  });
});

describe('the even look', () => {
  it('takes a shadow away and keeps the strokes; the inverse one turns dark and light about', () => {
    const shadowed = drawn(600, 48, (x, y) => (x % 30 < 12 && y > 10 && y < 38 ? 40 : 180) * (x < 300 ? 1 : 0.4));
    const contrast = ({ rgb }: Frame, x: number): number =>
      rgb[3 * (24 * 600 + x + 20)]! - rgb[3 * (24 * 600 + x + 5)]!;
    expect(contrast(shadowed, 90) / contrast(shadowed, 480)).toBeGreaterThan(2);
    const even = lookOf(shadowed, 'even');
    expect(contrast(even, 90) / contrast(even, 480)).toBeCloseTo(1, 0);
    expect(contrast(lookOf(shadowed, 'inverse'), 90)).toBeLessThan(-50);
  });
});

describe('a band of digits that no text was found in', () => {
  it('is where upright edges are all along', () => {
    const card = drawn(1012, 638, (x, y) => {
      if (y >= 340 && y < 388) return x % 40 < 14 ? 150 : 175;
      return y < 100 && x < 300 ? (x % 20) * 10 : 175;
    });
    const [band] = likelyBands(card);
    expect(band!.from[1]).toBeGreaterThan(350);
    expect(band!.from[1]).toBeLessThan(378);
  });
});
