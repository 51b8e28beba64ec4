import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptRate,
  bestThreshold,
  countAtLeast,
  detCurve,
  equalErrorRate,
  foldedAccuracy,
  scoreSets,
  thresholdAtFar,
} from '../../../src/main/comparison/roc.ts';

const similarity = fc.double({ min: -1, max: 1, noNaN: true });
const similarities = fc.array(similarity, { minLength: 1, maxLength: 200 });

describe('counting scores', () => {
  it('counts as a plain filter does, ties included', () => {
    fc.assert(
      fc.property(similarities, similarity, (values, threshold) => {
        const { genuine } = scoreSets(values, []);
        expect(countAtLeast(genuine, threshold)).toBe(values.filter((value) => value >= threshold).length);
        const tie = values[0]!;
        expect(countAtLeast(genuine, tie)).toBe(values.filter((value) => value >= tie).length);
      }),
    );
  });

  it('refuses what is no number', () => {
    expect(() => scoreSets([0.5, NaN], [])).toThrow('finite');
  });
});

describe('threshold at a rate', () => {
  it('lets exactly the allowed share through', () => {
    const { impostor } = scoreSets(
      [],
      Array.from({ length: 1_000 }, (_, i) => i / 1_000),
    );
    expect(thresholdAtFar(impostor, 0.01)).toBeCloseTo(0.99, 9);
    expect(acceptRate(impostor, thresholdAtFar(impostor, 0.01))).toBe(0.01);
    expect(countAtLeast(impostor, thresholdAtFar(impostor, 1e-4))).toBe(0);
  });

  it('never accepts more than asked for, rises as the rate falls, and is no higher than it has to be', () => {
    const rate = fc.double({ min: 1e-4, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(similarities, rate, rate, (values, a, b) => {
        const { impostor } = scoreSets([], values);
        const [strict, loose] = [Math.min(a, b), Math.max(a, b)];
        const threshold = thresholdAtFar(impostor, strict);
        expect(countAtLeast(impostor, threshold)).toBeLessThanOrEqual(Math.floor(strict * values.length + 1e-9));
        expect(threshold).toBeGreaterThanOrEqual(thresholdAtFar(impostor, loose));
        expect(countAtLeast(impostor, threshold - 0.002)).toBeGreaterThan(strict * values.length - 1e-6);
      }),
    );
  });

  it('needs impostors', () => {
    expect(() => thresholdAtFar(new Float64Array(0), 0.01)).toThrow('no impostor');
  });
});

describe('accuracy', () => {
  it('finds the threshold where most pairs are told right', () => {
    const sets = scoreSets([0.9, 0.8, 0.3], [0.1, 0.2, 0.5]);
    expect(bestThreshold(sets)).toEqual({ threshold: expect.closeTo(0.25, 9) as number, accuracy: 5 / 6 });
  });

  it('judges each fold with the threshold of the others', () => {
    const fold = (index: number, shift: number) => [
      { similarity: 0.8 + shift, same: true, fold: index },
      { similarity: 0.2 + shift, same: false, fold: index },
    ];
    const even = foldedAccuracy([...fold(1, 0), ...fold(2, 0.01), ...fold(3, -0.01)]);
    expect(even).toMatchObject({ mean: 1, deviation: 0 });
    // The last fold's impostor scores above the others' threshold of 0.5.
    const odd = foldedAccuracy([...fold(1, 0), ...fold(2, 0), ...fold(3, 0.4)]);
    expect(odd?.folds.map(({ accuracy }) => accuracy)).toEqual([1, 1, 0.5]);
    expect(odd?.mean).toBeCloseTo(5 / 6, 9);
    expect(foldedAccuracy(fold(1, 0))).toBeNull();
  });
});

describe('error curves', () => {
  it('puts the equal error rate where both errors meet', () => {
    const steps = Array.from({ length: 1_000 }, (_, i) => i / 1_000);
    const sets = scoreSets(
      steps.map((value) => value * 0.8 + 0.1),
      steps.map((value) => value * 0.8 - 0.1),
    );
    // Uniform on [0.1, 0.9] and [-0.1, 0.7]: both lose 0.3 of 0.8 at 0.4.
    expect(equalErrorRate(sets)).toBeCloseTo(0.375, 2);
    expect(equalErrorRate(scoreSets([0.9, 0.8], [0.1, 0.2]))).toBe(0);
  });

  it('falls in false accepts and rises in false rejects along the curve', () => {
    fc.assert(
      fc.property(similarities, similarities, (genuine, impostor) => {
        const curve = detCurve(scoreSets(genuine, impostor));
        for (const [i, point] of curve.entries()) {
          if (i === 0) continue;
          expect(point.threshold).toBeGreaterThan(curve[i - 1]!.threshold);
          expect(point.falseAcceptRate).toBeLessThanOrEqual(curve[i - 1]!.falseAcceptRate);
          expect(point.falseRejectRate).toBeGreaterThanOrEqual(curve[i - 1]!.falseRejectRate);
        }
      }),
    );
    expect(detCurve(scoreSets([], [0.1]))).toEqual([]);
  });
});
