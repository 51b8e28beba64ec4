import { expect, it } from 'vitest';
import { createFrameRate } from '../../../../src/renderer/camera/frame-rate.ts';

it('knows no rate before two frames', () => {
  const rate = createFrameRate();
  expect(rate.now()).toEqual({ perSecond: null, dropped: 0 });
  rate.see({ nowMs: 0, presented: 1 });
  expect(rate.now().perSecond).toBeNull();
});

it('counts what came over the last seconds, and what was dropped since the beginning', () => {
  const rate = createFrameRate();
  for (let n = 0; n < 30; n++) rate.see({ nowMs: n * 100, presented: n + 1 });
  expect(rate.now()).toEqual({ perSecond: 10, dropped: 0 });
  rate.see({ nowMs: 3_000, presented: 34 });
  const now = rate.now();
  expect(now.dropped).toBe(3);
  expect(now.perSecond).toBeCloseTo(11.5, 1);
});
