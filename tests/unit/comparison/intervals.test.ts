import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  subjectBootstrapInterval,
  trialsNeededFor,
  upperErrorRate,
  wilsonInterval,
} from '../../../src/main/comparison/intervals.ts';
import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';

describe('Wilson interval', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is the published one for %i of %i', (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('holds the share, stays within 0 and 1 and narrows with more trials', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const hits = Math.round(share * trials);
        const { low, high } = wilsonInterval(hits, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / trials);
        expect(high).toBeGreaterThanOrEqual(hits / trials);
        const ten = wilsonInterval(hits * 10, trials * 10);
        expect(ten.high - ten.low).toBeLessThan(high - low);
      }),
    );
  });

  it('says nothing without trials and refuses what is no count', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    for (const [hits, trials] of [
      [2, 1],
      [-1, 5],
      [0.5, 5],
      [NaN, 5],
    ] as const) {
      expect(() => wilsonInterval(hits, trials)).toThrow('is no count');
    }
  });
});

describe('upper limit of an error rate', () => {
  it('follows the rule of three where no error was seen', () => {
    expect(upperErrorRate(0, 30_000)).toBeLessThanOrEqual(1e-4);
    expect(upperErrorRate(0, 29_000)).toBeGreaterThan(1e-4);
    expect(upperErrorRate(0, 200)).toBeCloseTo(0.0149, 4);
    expect(upperErrorRate(0, 0)).toBe(1);
  });

  it('asks for three trials per wanted error', () => {
    expect([1e-2, 1e-3, 1e-4, 1e-5].map(trialsNeededFor)).toEqual([300, 3_000, 30_000, 300_000]);
  });
});

describe('bootstrap over subjects', () => {
  it('is about as wide as the textbook interval when every subject has one trial', () => {
    const subjects = Array.from({ length: 400 }, (_, i) => ({ hits: i < 360 ? 1 : 0, trials: 1 }));
    const { low, high } = subjectBootstrapInterval(subjects, seededRandom(7));
    const half = 1.96 * Math.sqrt((0.9 * 0.1) / 400);
    expect(low).toBeGreaterThan(0.9 - half - 0.01);
    expect(low).toBeLessThan(0.9 - half + 0.01);
    expect(high).toBeGreaterThan(0.9 + half - 0.01);
    expect(high).toBeLessThan(0.9 + half + 0.01);
  });

  it('is wider when the errors are those of few people', () => {
    const alone = Array.from({ length: 1_000 }, (_, i) => ({ hits: i < 900 ? 1 : 0, trials: 1 }));
    const grouped = Array.from({ length: 20 }, (_, i) => ({ hits: i < 18 ? 50 : 0, trials: 50 }));
    const width = (of: readonly { hits: number; trials: number }[]): number => {
      const { low, high } = subjectBootstrapInterval(of, seededRandom(7));
      return high - low;
    };
    expect(width(grouped)).toBeGreaterThan(4 * width(alone));
  });

  it('claims no certainty from subjects without an error', () => {
    const flawless = Array.from({ length: 300 }, () => ({ hits: 10, trials: 10 }));
    expect(subjectBootstrapInterval(flawless, seededRandom(1))).toEqual({
      low: expect.closeTo(0.99, 3) as number,
      high: 1,
    });
    const hopeless = flawless.map(({ trials }) => ({ hits: 0, trials }));
    expect(subjectBootstrapInterval(hopeless, seededRandom(1))).toEqual({
      low: 0,
      high: expect.closeTo(0.01, 3) as number,
    });
  });

  it('gives the same numbers for the same seed, and falls back for one subject', () => {
    const subjects = [
      { hits: 3, trials: 4 },
      { hits: 1, trials: 4 },
    ];
    expect(subjectBootstrapInterval(subjects, seededRandom(1))).toEqual(
      subjectBootstrapInterval(subjects, seededRandom(1)),
    );
    expect(subjectBootstrapInterval([{ hits: 3, trials: 4 }], seededRandom(1))).toEqual(wilsonInterval(3, 4));
    expect(subjectBootstrapInterval([], seededRandom(1))).toEqual({ low: 0, high: 1 });
  });
});
