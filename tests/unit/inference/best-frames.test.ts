import { expect, it } from 'vitest';
import { BEST_FRAMES_APART_MS, createBestFrames } from '../../../src/main/inference/best-frames.ts';

const frame = (capturedAtMs: number, quality: number, sharpness = 40) => ({
  jpeg: Uint8Array.of(quality, 7),
  capturedAtMs,
  quality,
  sharpness,
});
const added = (...frames: ReturnType<typeof frame>[]) => {
  const best = createBestFrames();
  for (const each of frames) best.add(each);
  return best;
};
const times = (best: ReturnType<typeof createBestFrames>, count: number) =>
  best.select(count).map(({ capturedAtMs }) => capturedAtMs);

it('gives the best first, of equals the sharper, of these the earlier', () => {
  const best = added(frame(0, 70), frame(400, 90, 30), frame(800, 90, 50), frame(1_200, 90, 50));
  expect(times(best, 10)).toEqual([800, 1_200, 400, 0]);
  expect(times(best, 2)).toEqual([800, 1_200]);
  expect(best.select(1)[0]).toEqual({ jpeg: Uint8Array.of(90, 7), quality: 90, capturedAtMs: 800 });
});

it('gives one picture of a moment, its best', () => {
  const best = added(frame(0, 80), frame(100, 95), frame(199, 90), frame(100 + BEST_FRAMES_APART_MS, 60));
  expect(times(best, 10)).toEqual([100, 300]);
});

it('gives ten pictures spread over a capture of forty', () => {
  const best = added(...Array.from({ length: 40 }, (_, i) => frame(i * 100, 50 + (i % 7))));
  const chosen = times(best, 10);
  expect(chosen.length).toBe(10);
  const sorted = chosen.toSorted((a, b) => a - b);
  const apart = sorted.slice(1).map((time, i) => time - sorted[i]!);
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(BEST_FRAMES_APART_MS);
});

it('zeroes what it lets go and, at the end, everything', () => {
  const best = createBestFrames();
  for (let i = 0; i < 100; i += 1) best.add(frame(i * 300, i));
  const kept = best.select(100);
  expect(kept.map(({ quality }) => quality)).toEqual(Array.from({ length: 64 }, (_, i) => 99 - i));
  best.wipe();
  expect(kept.every(({ jpeg }) => jpeg.every((byte) => byte === 0))).toBe(true);
  expect(best.select(10)).toEqual([]);
});

it('keeps its own copy of a picture that comes as a Node buffer', () => {
  const jpeg = Buffer.from([1, 2, 3]);
  const best = createBestFrames();
  best.add({ jpeg, capturedAtMs: 0, quality: 80, sharpness: 40 });
  jpeg.fill(0);
  expect([...best.select(1)[0]!.jpeg]).toEqual([1, 2, 3]);
});
