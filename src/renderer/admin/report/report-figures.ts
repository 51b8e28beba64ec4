import type { DayCount } from '../../../shared/ipc/admin.ts';

export type Counts = Omit<DayCount, 'day'>;

/** Sums over days. */
export function totals(days: readonly Counts[]): Counts {
  const sum = (pick: (day: Counts) => number): number => days.reduce((total, day) => total + pick(day), 0);
  return {
    submitted: sum((day) => day.submitted),
    passed: sum((day) => day.passed),
    failed: sum((day) => day.failed),
    review: sum((day) => day.review),
    error: sum((day) => day.error),
  };
}

/** Passes as a share of all submissions, 0..1; null when nothing was submitted, which is not the same as 0. */
export function passRate(counts: Counts): number | null {
  return counts.submitted === 0 ? null : counts.passed / counts.submitted;
}
