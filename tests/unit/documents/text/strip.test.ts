import { describe, expect, it } from 'vitest';
import type { Quad } from '../../../../src/main/inference/documents/contract.ts';
import { drawStrip, unitSquareTo } from '../../../../src/main/inference/documents/text/strip.ts';
import type { Frame } from '../../../../src/main/inference/frame.ts';

/** Red rises to the right, green downwards, blue is 255. */
const ramp: Frame = {
  width: 100,
  height: 50,
  rgb: Uint8Array.from({ length: 100 * 50 * 3 }, (_, i) => {
    const [x, y] = [((i / 3) | 0) % 100, (i / 300) | 0];
    return [2 * x, 4 * y, 255][i % 3]!;
  }),
};
const whole: Quad = [
  [0, 0],
  [100, 0],
  [100, 50],
  [0, 50],
];

describe('a strip', () => {
  it('is drawn as planes of blue, green and red from -1 to 1, grey behind its end', () => {
    const out = new Float32Array(3 * 120 * 50).fill(9);
    drawStrip(ramp, whole, { width: 100, height: 50, rowLength: 120 }, out);
    const at = (plane: number, x: number, y: number): number => out[plane * 6000 + y * 120 + x]!;
    expect([at(0, 10, 5), at(1, 10, 5), at(2, 10, 5)]).toEqual([
      expect.closeTo(1),
      expect.closeTo(20 / 127.5 - 1),
      expect.closeTo(20 / 127.5 - 1),
    ]);
    expect([at(0, 110, 5), at(2, 119, 49)]).toEqual([0, 0]);
  });

  it('turns with its corners', () => {
    const [a, b, c, d] = whole;
    const out = new Float32Array(3 * 100 * 50);
    drawStrip(ramp, [c, d, a, b], { width: 100, height: 50, rowLength: 100 }, out);
    expect(out[2 * 5000]).toBeCloseTo(198 / 127.5 - 1);
    expect(out[2 * 5000 + 99]).toBeCloseTo(-1);
  });

  it('averages where the line is drawn much smaller, and repeats the edge outside of the picture', () => {
    const outside: Quad = [
      [-100, 0],
      [100, 0],
      [100, 50],
      [-100, 50],
    ];
    const out = new Float32Array(3 * 50 * 25);
    drawStrip(ramp, outside, { width: 50, height: 25, rowLength: 50 }, out);
    expect(out[2 * 1250]).toBeCloseTo(-1);
    expect(out.every((value) => value >= -1 && value <= 1)).toBe(true);
  });

  it('maps the unit square to every corner of a quadrilateral in perspective', () => {
    const quad: Quad = [
      [3, 4],
      [90, 10],
      [80, 44],
      [8, 49],
    ];
    const { x, y, w } = unitSquareTo(quad);
    const place = (u: number, v: number) => {
      const scale = w[0] * u + w[1] * v + 1;
      return [(x[0] * u + x[1] * v + x[2]) / scale, (y[0] * u + y[1] * v + y[2]) / scale];
    };
    expect([place(0, 0), place(1, 0), place(1, 1), place(0, 1)]).toEqual(
      quad.map(([px, py]): unknown[] => [expect.closeTo(px), expect.closeTo(py)]),
    );
  });
});
