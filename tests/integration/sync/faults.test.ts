import { expect, it } from 'vitest';
import { runFaults, seededRandom } from '../../support/fault-run.ts';

it('has each effect once on a line that loses, doubles and disorders 30 % each', { timeout: 60_000 }, async () => {
  const counts = await runFaults({ records: 120, questions: 12, share: 0.3, random: seededRandom(7) });
  console.log(JSON.stringify(counts));
  const { line, ...effects } = counts;
  expect(effects).toEqual({
    server: { records: 132, sessions: 12, decisions: 12 },
    billed: { calls: 12, mostForOne: 1 },
    left: { records: 0, questions: 0 },
    erased: 12,
    auditHolds: true,
    seconds: expect.any(Number) as number,
  });
  for (const kind of ['dropped', 'duplicated', 'delayed'] as const) {
    expect(line[kind] / line.requests).toBeGreaterThan(0.2);
  }
});
