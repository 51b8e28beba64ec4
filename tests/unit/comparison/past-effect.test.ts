import { describe, expect, it } from 'vitest';
import { effectOnPast, type PastComparison } from '../../../src/main/comparison/past-effect.ts';
import { createThresholdTable } from '../../../src/main/comparison/threshold-table.ts';
import type { ThresholdCurve } from '../../../src/shared/domain/comparison.ts';

const POINTS = [
  { cosine: 0.2, far: 1e-2 },
  { cosine: 0.3, far: 1e-3 },
  { cosine: 0.4, far: 1e-4 },
  { cosine: 0.5, far: 1e-5 },
];
const TABLE = createThresholdTable([
  { kind: 'live-live', points: POINTS },
  { kind: 'live-chip', points: POINTS },
] as unknown as readonly ThresholdCurve[]);

function past(...similarities: number[]): PastComparison[] {
  return similarities.map((similarity, at) => ({ startedAtMs: 1_000 + at, similarity, kind: 'live-chip' }));
}

describe('the effect of a false-accept rate on past comparisons', () => {
  it('counts each of them once at every choice, by the same table that decides', () => {
    const { rates, comparisons } = effectOnPast(past(0.1, 0.25, 0.35, 0.45, 0.9), TABLE);
    expect(comparisons).toBe(5);
    expect(rates).toEqual([
      { far: 1e-2, passed: 4, review: 0, refused: 1 },
      { far: 1e-3, passed: 3, review: 0, refused: 2 },
      { far: 1e-4, passed: 2, review: 1, refused: 2 },
      { far: 1e-5, passed: 1, review: 2, refused: 2 },
    ]);
  });

  it('puts every comparison into the histogram, also those at its ends', () => {
    const { histogram } = effectOnPast(past(-1, 1, 0.3), TABLE);
    expect(histogram.reduce((sum, n) => sum + n, 0)).toBe(3);
    expect([histogram[0], histogram.at(-1)]).toEqual([1, 1]);
  });

  it('leaves out pairs of another kind than the newest', () => {
    const mixed: PastComparison[] = [...past(0.9), { startedAtMs: 1, similarity: 0.9, kind: 'live-live' }];
    expect(effectOnPast(mixed, TABLE)).toMatchObject({ comparisons: 1, kind: 'live-chip', oldestAtMs: 1_000 });
  });

  it('says nothing of nothing', () => {
    expect(effectOnPast([], TABLE)).toMatchObject({ comparisons: 0, kind: null, oldestAtMs: null, newestAtMs: null });
  });
});
