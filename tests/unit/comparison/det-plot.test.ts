import { describe, expect, it } from 'vitest';
import { detPlot } from '../../../src/main/comparison/det-plot.ts';
import { normalDeviate } from '../../../src/main/comparison/normal-deviate.ts';

const POINTS = [
  { threshold: 0.2, falseAcceptRate: 1e-2, falseRejectRate: 1e-3 },
  { threshold: 0.3, falseAcceptRate: 1e-3, falseRejectRate: 1e-2 },
  { threshold: 0.4, falseAcceptRate: 0, falseRejectRate: 0.05 },
];

function plot(title: string, points = POINTS): string {
  return detPlot({
    title,
    subtitle: 'n',
    xLabel: 'false accepts',
    yLabel: 'false rejects',
    series: [{ name: 'one', points }],
  });
}

/** Coordinates of the curve's path. */
function path(svg: string): number[][] {
  return [...(/<path d="([^"]+)"/.exec(svg)?.[1] ?? '').matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
}

describe('normal deviate', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959964],
    [0.01, -2.326348],
    [1e-4, -3.719016],
    [1e-6, -4.753424],
  ])('of %d is %d', (probability, deviate) => {
    expect(normalDeviate(probability)).toBeCloseTo(deviate, 6);
  });

  it('is none for certainties', () => {
    for (const probability of [0, 1, -0.1, NaN]) expect(() => normalDeviate(probability)).toThrow('no deviate');
  });
});

describe('trade-off plot', () => {
  it('draws falling curves within the frame, without the rates of 0 that have no place', () => {
    const points = path(plot('A title'));
    expect(points).toHaveLength(2);
    // The rate of 1e-2 lies right of 1e-3, and a miss rate of 1e-3 below one of 1e-2.
    expect(points[0]![0]!).toBeGreaterThan(points[1]![0]!);
    expect(points[0]![1]!).toBeGreaterThan(points[1]![1]!);
    for (const [x, y] of points) {
      expect(x).toBeGreaterThanOrEqual(92);
      expect(x).toBeLessThanOrEqual(728);
      expect(y).toBeGreaterThanOrEqual(84);
      expect(y).toBeLessThanOrEqual(520);
    }
  });

  it('has a title, axis names with units and nothing that could run', () => {
    const svg = plot('<script>&');
    expect(svg).toContain('&lt;script&gt;&amp;');
    expect(svg).not.toContain('<script');
    for (const text of ['false accepts', 'false rejects', '>0.1 %<', '>1 %<']) expect(svg).toContain(text);
  });

  it('says so when there is nothing to draw', () => {
    const svg = plot('Empty', []);
    expect(svg).toContain('Too few errors to draw a curve');
    expect(path(svg)).toEqual([]);
    expect(path(plot('One point', POINTS.slice(0, 1)))).toEqual([]);
  });
});
