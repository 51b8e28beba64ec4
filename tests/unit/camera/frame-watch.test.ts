import { describe, expect, it } from 'vitest';
import { measureTiming } from '../../../src/main/camera/frame-timing.ts';
import { createFrameWatch } from '../../../src/main/camera/frame-watch.ts';

/** A picture with a gradient, so that it isn't flat, and a number in its first bytes. */
function picture(number: number): Uint8Array {
  const rgb = Uint8Array.from({ length: 3 * 40 * 30 }, (_, i) => i % 200);
  rgb[0] = number % 256;
  rgb[1] = Math.floor(number / 256);
  return rgb;
}

/** A device's jitter, always the same one. */
const jitterAt = (i: number): number => ((i * 7919) % 13) * 0.1;

function evidenceOf(numbers: readonly number[], everyMs = 33) {
  const watch = createFrameWatch();
  numbers.forEach((number, i) => watch.see({ rgb: picture(number), capturedAtMs: i * everyMs + jitterAt(i) }));
  const { longestRun, returned, signs } = watch.evidence();
  return { longestRun, returned, signs };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('the raw frames of an attempt', () => {
  it('are a sensor’s when none comes twice', () => {
    expect(evidenceOf(upTo(90))).toEqual({ longestRun: 0, returned: 0, signs: [] });
  });

  it('may repeat for a moment: a driver keeps its rate in the dark that way', () => {
    const doubled = upTo(45).flatMap((i) => [i, i]);
    expect(evidenceOf(doubled)).toEqual({ longestRun: 1, returned: 0, signs: [] });
    expect(evidenceOf([...upTo(40), 40, 40, 40, 40, 40]).signs).toEqual([]);
  });

  it('are a still when one stands for a quarter of a second', () => {
    expect(evidenceOf([...upTo(20), ...Array<number>(12).fill(20)])).toEqual({
      longestRun: 11,
      returned: 0,
      signs: ['repeated-frames'],
    });
  });

  it('are a loop when earlier ones come back', () => {
    expect(evidenceOf([...upTo(40), ...upTo(40)])).toEqual({
      longestRun: 0,
      returned: 40,
      signs: ['repeated-frames'],
    });
    expect(evidenceOf([...upTo(40), 3]).signs).toEqual([]);
  });

  it('say nothing while the lens is covered', () => {
    const watch = createFrameWatch();
    for (let i = 0; i < 60; i += 1) {
      watch.see({ rgb: new Uint8Array(3 * 40 * 30).fill(3), capturedAtMs: i * 33 + jitterAt(i) });
    }
    expect(watch.evidence()).toMatchObject({ frames: 60, longestRun: 0, signs: [] });
  });
});

describe('the times of frames', () => {
  it('have the jitter of a device, or none', () => {
    const device = upTo(90).map((i) => i * 33.3 + jitterAt(i));
    expect(measureTiming(device)).toMatchObject({ frames: 90, gaps: 0, even: false });
    const computed = upTo(90).map((i) => Math.round((i * 10_000) / 30) / 10);
    expect(measureTiming(computed)).toMatchObject({ even: true });
    expect(measureTiming(upTo(10))).toBeNull();
  });

  it('tell dropped frames', () => {
    const dropped = upTo(90)
      .filter((i) => i % 10 !== 5)
      .map((i) => i * 33.3);
    expect(measureTiming(dropped)!.gaps).toBeCloseTo(0.11, 1);
  });
});
