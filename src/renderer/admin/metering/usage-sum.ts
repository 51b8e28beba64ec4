import type { MeterRow } from '../../../shared/domain/metering.ts';

export const FIGURES = ['calls', 'successful', 'passes', 'billed', 'unknown'] as const;

/** The sum of each figure over all rows. */
export function sumOf(rows: readonly MeterRow[]): Readonly<Record<(typeof FIGURES)[number], number>> {
  const sum = { calls: 0, successful: 0, passes: 0, billed: 0, unknown: 0 };
  for (const row of rows) for (const figure of FIGURES) sum[figure] += row[figure];
  return sum;
}
