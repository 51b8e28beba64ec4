import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { createPyramid, halveInto } from '../../../src/main/inference/pyramid.ts';

/** Pseudo-random bytes, the same in every run, `offset` bytes into their buffer. */
function noise(width: number, height: number, offset = 0): Frame {
  const rgb = new Uint8Array(new ArrayBuffer(width * height * 3 + offset), offset);
  let state = 1;
  for (let i = 0; i < rgb.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    rgb[i] = state >>> 24;
  }
  return { width, height, rgb };
}

function halved(frame: Frame): number[] {
  const out = new Uint8Array((frame.width >> 1) * (frame.height >> 1) * 3);
  halveInto(frame, out);
  return Array.from(out);
}

/** The definition, pixel by pixel. */
function expectedHalves({ rgb, width, height }: Frame): number[] {
  const means: number[] = [];
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      for (let k = 0; k < 3; k++) {
        const at = (dx: number, dy: number): number => rgb[((y + dy) * width + x + dx) * 3 + k]!;
        means.push(Math.floor((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) / 4));
      }
    }
  }
  return means;
}

describe('pyramid', () => {
  it.each([
    ['whole words', noise(16, 6)],
    ['whole words and an odd height', noise(8, 5)],
    ['an odd width', noise(7, 6)],
    ['a width of two', noise(6, 4)],
    ['bytes that begin between words', noise(8, 4, 1)],
    ['one pixel', noise(1, 1)],
  ])('halves %s to the mean of four pixels', (_, frame) => {
    expect(halved(frame)).toEqual(expectedHalves(frame));
  });

  it('goes as far down as a reduction of at least 1 allows', () => {
    const frame = noise(64, 64);
    const sides = [0.5, 1, 1.99, 2, 3.9, 4, 8].map((reduction) => {
      const { frame: level, factor } = createPyramid().levelFor(frame, reduction);
      return [level.width, factor];
    });
    expect(sides).toEqual([
      [64, 1],
      [64, 1],
      [64, 1],
      [32, 2],
      [32, 2],
      [16, 4],
      [8, 8],
    ]);
  });

  it('starts anew with another frame and after it was wiped', () => {
    const pyramid = createPyramid();
    const level = (frame: Frame): number[] => {
      const { rgb } = pyramid.levelFor(frame, 2).frame;
      return Array.from(rgb.subarray(0, 48));
    };
    const [first, second] = [noise(8, 8), noise(8, 8, 2)];
    second.rgb.reverse();
    expect(level(first)).toEqual(expectedHalves(first));
    expect(level(second)).toEqual(expectedHalves(second));
    const kept = pyramid.levelFor(second, 2).frame.rgb;
    pyramid.wipe();
    expect(Math.max(...kept)).toBe(0);
    expect(level(second)).toEqual(expectedHalves(second));
  });
});
