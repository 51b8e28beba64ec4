import { describe, expect, it } from 'vitest';
import {
  addSteps,
  mergeSteps,
  noStepTimes,
  readSteps,
  STEP_BUCKETS_MS,
  stepQuantileMs,
  writeSteps,
  type StepTimesByStage,
} from '../../../src/shared/domain/step-times.ts';

function timesOf(values: readonly number[]): StepTimesByStage {
  const times: StepTimesByStage = {};
  for (const card of values) addSteps(times, { card });
  return times;
}

describe('times of steps', () => {
  it('add up whatever the order, and over days as over one', () => {
    const values = [0, 4.6, 5, 5.4, 812, 1_500, 1_500.4, 61_000];
    const whole = timesOf(values);
    const parts = timesOf(values.slice(0, 3));
    mergeSteps(parts, timesOf(values.slice(3).toReversed()));
    expect(parts).toEqual(whole);
    expect(whole.card).toMatchObject({ count: 8, sumMs: 0 + 5 + 5 + 5 + 812 + 1_500 + 1_500 + 61_000 });
    expect(whole.card?.buckets.reduce((sum, count) => sum + count, 0)).toBe(8);
  });

  it('come back from their row as they were, and nothing else does', () => {
    const times = timesOf([3, 400]);
    addSteps(times, { commit: 2 });
    expect(readSteps(writeSteps(times))).toEqual(times);
    const bad = ['', '[1]', '{"card":[1]}', '{"other":[]}', writeSteps(times).replace('403', '-4')];
    expect([...bad, writeSteps(times).replace(':[1,', ':[1.5,')].map((text) => readSteps(text))).toEqual(
      Array(6).fill(null),
    );
  });

  it('have quantiles within the bucket that the true one lies in', () => {
    const values = Array.from({ length: 1_000 }, (_, index) => ((index * 7_919) % 1_000) * 9 + 30);
    const sorted = values.toSorted((a, b) => a - b);
    const { card } = timesOf(values);
    for (const share of [0.05, 0.5, 0.95, 1]) {
      const truth = sorted[Math.ceil(share * 1_000) - 1]!;
      const upper = STEP_BUCKETS_MS.find((end) => truth <= end)!;
      const lower = [0, ...STEP_BUCKETS_MS].findLast((end) => end < truth)!;
      const found = stepQuantileMs(card!, share)!;
      expect([found >= lower, found <= upper]).toEqual([true, true]);
    }
    expect(stepQuantileMs(noStepTimes(), 0.5)).toBeNull();
    expect(stepQuantileMs(timesOf([90_000]).card!, 0.5)).toBe(60_000);
  });
});
