import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, thresholdCurve, type KnownScore } from '../../../src/main/comparison/calibration.ts';
import { normalDeviate } from '../../../src/main/comparison/normal-deviate.ts';
import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';
import { createThresholdTable } from '../../../src/main/comparison/threshold-table.ts';
import { thresholdCurveSchema } from '../../../src/shared/domain/comparison.ts';

/** Normal quantiles: impostors around 0, genuine around 0.65, so that thresholds are known without simulation. */
function normalScores(genuine: number, impostor: number, subjects: number): KnownScore[] {
  const spread = (count: number, mean: number, deviation: number): number[] =>
    Array.from({ length: count }, (_, i) =>
      Math.max(-1, Math.min(1, mean + deviation * normalDeviate((i + 0.5) / count))),
    );
  return [
    ...spread(genuine, 0.65, 0.12).map((similarity, i) => ({ similarity, same: true, subject: `s${i % subjects}` })),
    ...spread(impostor, 0, 0.1).map((similarity) => ({ similarity, same: false, subject: 's0' })),
  ];
}

describe('calibration', () => {
  it('finds the thresholds of a known distribution and claims only what the counts support', () => {
    const result = calibrate(normalScores(2_000, 40_000, 200), 'live-chip', seededRandom(1));
    if (!result.ok) throw new Error(result.error.detail);
    const { rates, unsupported, warnings, ...counts } = result.value;
    expect(counts).toEqual({ kind: 'live-chip', genuineCount: 2_000, impostorCount: 40_000, subjectCount: 200 });
    expect(rates.map(({ far }) => far)).toEqual([0.5, 0.1, 0.05, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4]);
    // -0.1 times the normal deviate of the rate.
    for (const [far, threshold] of [
      [1e-2, 0.2326],
      [1e-3, 0.309],
      [1e-4, 0.3719],
    ] as const) {
      const rate = rates.find((one) => one.far === far)!;
      expect(Math.abs(rate.threshold - threshold)).toBeLessThan(0.004);
      expect(rate.measuredFar).toBeLessThanOrEqual(far);
      expect(rate.trueAcceptInterval.low).toBeLessThanOrEqual(rate.trueAcceptRate);
      expect(rate.trueAcceptInterval.high).toBeGreaterThanOrEqual(rate.trueAcceptRate);
    }
    expect(unsupported).toEqual([
      { far: 3e-5, impostorsNeeded: 100_000 },
      { far: 1e-5, impostorsNeeded: 300_000 },
    ]);
    expect(warnings).toHaveLength(2);
  });

  it('warns when the usual rate is out of reach, and when few or no subjects are known', () => {
    const few = calibrate(normalScores(500, 3_000, 20), 'live-chip', seededRandom(1));
    expect(few.ok && few.value.warnings.join('\n')).toMatch(/1e-4|0\.0001/);
    expect(few.ok && few.value.warnings.at(-2)).toContain('accepts nobody by itself');
    expect(few.ok && few.value.warnings.at(-1)).toContain('Only 20 subjects');
    const anonymous = normalScores(500, 3_000, 20).map((score) => ({ ...score, subject: null }));
    const unnamed = calibrate(anonymous, 'live-chip', seededRandom(1));
    expect(unnamed.ok && unnamed.value.subjectCount).toBeNull();
    expect(unnamed.ok && unnamed.value.warnings.at(-1)).toContain('No subjects are named');
  });

  it.each([
    ['too few impostors', normalScores(500, 299, 50), 'at least 100 and 300'],
    ['too few genuine scores', normalScores(99, 3_000, 50), 'at least 100 and 300'],
    ['labels the wrong way round', normalScores(500, 500, 50).map((s) => ({ ...s, same: !s.same })), 'column right'],
    [
      'scores that are all alike',
      normalScores(500, 500, 50).map((s) => ({ ...s, similarity: s.same ? 0.5 : 0.2 })),
      'too much alike',
    ],
  ])('refuses %s', (_, scores, detail) => {
    const result = calibrate(scores, 'live-chip', seededRandom(1));
    expect(result.ok ? null : result.error.code).toBe('request.invalid');
    expect(result.ok ? '' : result.error.detail).toContain(detail);
  });

  it('always gives a table that the manifest takes and that scores 60 and 80 at 1e-2 and 1e-3', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.double({ min: 0.05, max: 0.3, noNaN: true }),
        (seed, spread) => {
          const random = seededRandom(seed);
          const scores = Array.from({ length: 3_500 }, (_, i): KnownScore => {
            const similarity = (i < 200 ? 0.6 : 0) + spread * normalDeviate(Math.min(0.999999, random() + 1e-7));
            return { similarity: Math.max(-1, Math.min(1, similarity)), same: i < 200, subject: null };
          });
          const result = calibrate(scores, 'live-live', random);
          if (!result.ok) throw new Error(result.error.detail);
          const curve = thresholdCurve(result.value, 'made up');
          expect(thresholdCurveSchema.safeParse(curve).success).toBe(true);
          const table = createThresholdTable([curve, { ...curve, kind: 'live-chip' }]);
          for (const [far, score] of [
            [1e-2, 60],
            [1e-3, 80],
          ] as const) {
            expect(table.compare(table.thresholdFor('live-live', far), 'live-live').score).toBeCloseTo(score, 6);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
