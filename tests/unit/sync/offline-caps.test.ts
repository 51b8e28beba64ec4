import { describe, expect, it } from 'vitest';
import { DEFAULT_CAPS, isNearlyFull, refusalOf, type Backlog } from '../../../src/main/sync/offline-caps.ts';
import { failure } from '../../../src/shared/reasons.ts';

const EMPTY: Backlog = { enrolled: true, count: 0, oldestAgeMs: null, bytes: 0 };
const HOUR_MS = 3_600_000;

describe('the caps', () => {
  it('are 500 certifications, 72 hours and 2 GB', () => {
    expect(DEFAULT_CAPS).toEqual({ maxCount: 500, maxAgeMs: 72 * HOUR_MS, maxBytes: 2_000_000_000 });
  });

  const rows = [
    ['nothing', {}, null, false],
    ['just below the warning', { count: 399, oldestAgeMs: 57.5 * HOUR_MS, bytes: 1_599_999_999 }, null, false],
    ['many', { count: 400 }, null, true],
    ['old', { oldestAgeMs: 57.6 * HOUR_MS }, null, true],
    ['large', { bytes: 1_600_000_000 }, null, true],
    ['one below each cap', { count: 499, oldestAgeMs: 72 * HOUR_MS - 1, bytes: 1_999_999_999 }, null, true],
    ['too many', { count: 500 }, failure('outbox.full', 'count'), true],
    ['too large', { bytes: 2_000_000_000 }, failure('outbox.full', 'bytes'), true],
    ['too old', { oldestAgeMs: 72 * HOUR_MS }, failure('outbox.too-old'), true],
    ['a clock that was set back', { count: 1, oldestAgeMs: -400 * 24 * HOUR_MS }, null, false],
    ['a device of its own', { enrolled: false, count: 9_999, oldestAgeMs: 9_999 * HOUR_MS }, null, false],
  ] as const;
  it.each(rows)('with %s waiting', (_, changes, refusal, nearlyFull) => {
    const backlog = { ...EMPTY, ...changes };
    expect(refusalOf(DEFAULT_CAPS, backlog)).toEqual(refusal);
    expect(isNearlyFull(DEFAULT_CAPS, backlog)).toBe(nearlyFull);
  });
});
