import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleOf, similarityBetween, warpInto } from '../../../src/main/inference/warp.ts';

describe('similarity between points', () => {
  it('recovers scale, rotation and shift', () => {
    const number = fc.double({ min: -200, max: 200, noNaN: true });
    const scale = fc.double({ min: 0.1, max: 5, noNaN: true });
    const angle = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(scale, angle, number, number, (factor, turn, shiftX, shiftY) => {
        const from = [10, 10, 60, 12, 35, 40, 15, 70, 55, 72];
        const cos = factor * Math.cos(turn);
        const sin = factor * Math.sin(turn);
        const to = from.map((_, i) => {
          const [x, y] = [from[i - (i % 2)]!, from[i - (i % 2) + 1]!];
          return i % 2 === 0 ? cos * x - sin * y + shiftX : sin * x + cos * y + shiftY;
        });
        const map = similarityBetween(from, to);
        expect(scaleOf(map)).toBeCloseTo(factor, 6);
        [cos, -sin, shiftX, sin, cos, shiftY].forEach((value, i) => expect(map[i]).toBeCloseTo(value, 5));
      }),
    );
  });
});

describe('warp', () => {
  it('moves pixels by whole steps exactly and leaves the outside black', () => {
    const values = Float32Array.from({ length: 3 * 3 * 3 }, (_, i) => Math.floor(i / 3) + 1);
    const out = new Float32Array(3 * 3 * 3).fill(99);
    warpInto({ width: 3, height: 3, values }, [1, 0, 1, 0, 1, 1], 3, out);
    expect(Array.from(out).filter((_, i) => i % 3 === 0)).toEqual([0, 0, 0, 0, 1, 2, 0, 4, 5]);
  });
});
