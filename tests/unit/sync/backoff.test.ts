import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BACKOFF_CAP_MS, backoffMs } from '../../../src/main/sync/backoff.ts';

it('doubles its ceiling from one second up to five minutes', () => {
  const ceilings = [1, 2, 3, 4, 9, 10, 100].map((failures) => backoffMs(failures, 1));
  expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
});

it('stays between zero and the cap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const delayMs = backoffMs(failures, random);
      expect(delayMs).toBeGreaterThanOrEqual(0);
      expect(delayMs).toBeLessThanOrEqual(BACKOFF_CAP_MS);
      expect(Number.isInteger(delayMs)).toBe(true);
    }),
  );
});
