import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineSimilarity } from '../../../src/main/comparison/similarity.ts';
import { createThresholdTable } from '../../../src/main/comparison/threshold-table.ts';
import { PAIR_KINDS, type ThresholdCurve } from '../../../src/shared/domain/comparison.ts';

const CURVES: readonly ThresholdCurve[] = [
  {
    kind: 'live-live',
    measured: 'made up',
    points: [
      { far: 1e-2, cosine: 0.25 },
      { far: 1e-3, cosine: 0.35 },
      { far: 1e-4, cosine: 0.4 },
      { far: 1e-5, cosine: 0.5 },
    ],
  },
  {
    kind: 'live-chip',
    measured: 'made up, not measured down to 1e-5',
    points: [
      { far: 1e-2, cosine: 0.2 },
      { far: 1e-3, cosine: 0.33 },
      { far: 1e-4, cosine: 0.4 },
    ],
  },
];
const table = createThresholdTable(CURVES);

describe('threshold table', () => {
  it('gives the measured cosine at a measured rate and interpolates in the logarithm between two', () => {
    expect(table.thresholdFor('live-live', 1e-4)).toBe(0.4);
    expect(table.thresholdFor('live-live', 10 ** -3.5)).toBeCloseTo(0.375, 10);
    expect(table.thresholdFor('live-chip', 1e-3)).toBe(0.33);
  });

  it('accepts nothing at a rate that was never measured', () => {
    expect(table.thresholdFor('live-chip', 1e-5)).toBe(Number.POSITIVE_INFINITY);
    expect(table.decide(1, 'live-chip', 1e-5)).toBe('grey');
  });

  it('scores 60, 80, 90 and 95 at rates of 1e-2 to 1e-5', () => {
    const scores = [0.25, 0.35, 0.4, 0.5].map((similarity) => table.compare(similarity, 'live-live').score);
    expect(scores.map((score) => Math.round(score * 1e6) / 1e6)).toEqual([60, 80, 90, 95]);
    expect(table.compare(1, 'live-live').score).toBe(100);
    expect(table.compare(-1, 'live-live').score).toBe(0);
  });

  it('never claims a rate below the lowest measured one', () => {
    expect(table.compare(0.99, 'live-live').far).toBe(1e-5);
    expect(table.compare(0.99, 'live-chip').far).toBe(1e-4);
  });

  it('leaves the band between the rate of 1e-3 and the stricter rate of the scene to a clerk', () => {
    const outcomes = [0.329, 0.33, 0.399, 0.4].map((similarity) => table.decide(similarity, 'live-chip', 1e-4));
    expect(outcomes).toEqual(['no-match', 'grey', 'grey', 'match']);
  });

  it('has no grey band when the scene itself asks for no more than 1e-3', () => {
    expect([0.2, 0.199].map((similarity) => table.decide(similarity, 'live-chip', 1e-2))).toEqual([
      'match',
      'no-match',
    ]);
  });

  it('rises in score and falls in rate with similarity', () => {
    const similarity = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(similarity, similarity, fc.constantFrom(...PAIR_KINDS), (a, b, kind) => {
        const lower = table.compare(Math.min(a, b), kind);
        const upper = table.compare(Math.max(a, b), kind);
        expect(upper.score).toBeGreaterThanOrEqual(lower.score);
        expect(upper.far).toBeLessThanOrEqual(lower.far);
      }),
    );
  });

  it('accepts a pair exactly when its own rate is at most the one asked for', () => {
    const similarity = fc.double({ min: -1, max: 1, noNaN: true });
    const exponent = fc.double({ min: -4, max: -0.01, noNaN: true });
    fc.assert(
      fc.property(similarity, exponent, (value, power) => {
        const far = 10 ** power;
        const own = table.compare(value, 'live-live').far;
        fc.pre(Math.abs(own / far - 1) > 1e-6);
        expect(table.decide(value, 'live-live', far) === 'match').toBe(own < far);
      }),
    );
  });

  it('needs a curve for both kinds of pair', () => {
    expect(() => createThresholdTable(CURVES.slice(0, 1))).toThrow('live-chip');
  });
});

describe('cosine similarity', () => {
  it('is the dot product of unit vectors', () => {
    expect(cosineSimilarity(Float32Array.of(1, 0), Float32Array.of(1, 0))).toBe(1);
    expect(cosineSimilarity(Float32Array.of(1, 0), Float32Array.of(0, -1))).toBeCloseTo(0, 12);
  });

  it('refuses embeddings of two different models', () => {
    expect(() => cosineSimilarity(new Float32Array(512), new Float32Array(192))).toThrow("can't be compared");
  });
});
