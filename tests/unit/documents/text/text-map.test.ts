import { describe, expect, it } from 'vitest';
import { regionsOf, type TextMap } from '../../../../src/main/inference/documents/text/text-map.ts';

/** A map with one bar: `length × thickness` around the middle, turned by `degrees`. */
function barMap(length: number, thickness: number, degrees: number, probability = 0.9): TextMap {
  const [width, height] = [160, 160];
  const angle = (degrees * Math.PI) / 180;
  const probabilities = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) + 0.5 - width / 2, Math.floor(i / width) + 0.5 - height / 2];
    const along = Math.abs(x * Math.cos(angle) + y * Math.sin(angle));
    const across = Math.abs(y * Math.cos(angle) - x * Math.sin(angle));
    return along <= length / 2 && across <= thickness / 2 ? probability : 0.05;
  });
  return { width, height, probabilities };
}

function shapeOf(map: TextMap) {
  return regionsOf(map).map(({ quad: [a, b, , d] }) => ({
    length: Math.hypot(b[0] - a[0], b[1] - a[1]),
    height: Math.hypot(d[0] - a[0], d[1] - a[1]),
    degrees: (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI,
  }));
}

describe('regions of a text map', () => {
  it('grow by area × 1.5 / perimeter on every side', () => {
    const [bar] = shapeOf(barMap(80, 10, 0));
    const growth = (80 * 10 * 1.5) / (2 * (80 + 10));
    expect(bar!.length).toBeCloseTo(80 + 2 * growth, 5);
    expect(bar!.height).toBeCloseTo(10 + 2 * growth, 5);
    expect(bar!.degrees).toBeCloseTo(0, 5);
  });

  it.each([-30, -8, 8, 30])('lie along a line that leans by %d degrees', (degrees) => {
    const [bar] = shapeOf(barMap(100, 12, degrees));
    expect(Math.abs(bar!.degrees - degrees)).toBeLessThan(1.5);
    expect(bar!.length / bar!.height).toBeGreaterThan(3);
  });

  it('begin at the upper end of a line that runs downwards', () => {
    const [{ quad }] = regionsOf(barMap(100, 12, 90)) as [ReturnType<typeof regionsOf>[number]];
    const [a, b] = quad;
    expect(b[1] - a[1]).toBeGreaterThan(90);
    expect(a[0]).toBeGreaterThan(80);
  });

  it('leave out what is improbable, or too thin to be a line', () => {
    expect(regionsOf(barMap(80, 10, 0, 0.5))).toEqual([]);
    expect(regionsOf(barMap(80, 2, 0))).toEqual([]);
    expect(regionsOf(barMap(80, 10, 0, 0.2))).toEqual([]);
  });
});
