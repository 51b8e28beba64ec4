import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Level } from '../../accuracy/documents/degradations/levels.ts';
import { openReader, type MeasuredReader } from '../../accuracy/documents/open-reader.ts';
import { summarise, type FieldRow, type GroupSummary } from '../../accuracy/documents/reading-summary.ts';
import { readTrial, type TrialOutcome } from '../../accuracy/documents/reading-trial.ts';

let reader: MeasuredReader;
beforeAll(async () => {
  reader = await openReader(1);
});
afterAll(() => reader.release());

async function measured(level: Level, seeds: readonly number[]): Promise<GroupSummary> {
  const outcomes: TrialOutcome[] = [];
  for (const seed of seeds) {
    for (const side of ['front', 'back'] as const) {
      outcomes.push((await readTrial(reader, { seed, side, level, cause: null })).outcome);
    }
  }
  return summarise(outcomes)[0]!;
}

function row({ fields }: GroupSummary, field: FieldRow['field']): FieldRow {
  return fields.find((one) => one.field === field)!;
}

describe('specimens of ID cards, photographed', () => {
  it('reads both sides of flat ones, with every number right', { timeout: 60_000 }, async () => {
    const group = await measured('none', [1, 3]);
    expect(group.sides.map(({ side, read }) => ({ side, read: read.hits }))).toEqual([
      { side: 'front', read: 2 },
      { side: 'back', read: 2 },
    ]);
    expect(row(group, 'number').exact).toMatchObject({ hits: 2, of: 2 });
    expect(row(group, 'validTo').exact).toMatchObject({ hits: 2, of: 2 });
  });

  it('finds and turns moderately bad ones, and gives no wrong number as a sure one', { timeout: 90_000 }, async () => {
    const group = await measured('moderate', [7, 9, 11]);
    expect(group.sides.reduce((sum, { read }) => sum + read.hits, 0)).toBeGreaterThanOrEqual(5);
    expect(row(group, 'number').wrongThoughSure.hits).toBe(0);
    expect(row(group, 'address').characters.hits / row(group, 'address').characters.of).toBeGreaterThan(0.9);
    expect(group.sides.every(({ cornerErrorMedian }) => (cornerErrorMedian ?? 0) < 0.02)).toBe(true);
  });
});
