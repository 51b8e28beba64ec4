import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/main/inference/frame.ts';
import type { ModelInput } from '../../../src/main/inference/model-manifest.ts';
import { createSampler } from '../../../src/main/inference/resize.ts';
import { fillTensor } from '../../../src/main/inference/tensor.ts';

function frameOf(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly [number, number, number],
): Frame {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set(pixel(x, y), (y * width + x) * 3);
  return { width, height, rgb };
}

function sampled(frame: Frame, width: number, height: number, part = { x: 0, y: 0, ...sizeOf(frame) }): Float32Array {
  const out = new Float32Array(width * height * 3);
  createSampler().sample(frame, part, width, height, out);
  return out;
}

function sizeOf({ width, height }: Frame) {
  return { width, height };
}

const red = (values: Float32Array): number[] => Array.from(values).filter((_, i) => i % 3 === 0);

describe('sampler', () => {
  it('copies at the same size', () => {
    const frame = frameOf(5, 4, (x, y) => [x * 50, y * 60, 7]);
    expect(Array.from(sampled(frame, 5, 4))).toEqual(Array.from(frame.rgb));
  });

  it('keeps a flat picture flat at any size', () => {
    const frame = frameOf(173, 131, () => [200, 100, 3]);
    for (const [width, height] of [
      [320, 240],
      [64, 64],
      [97, 113],
      [7, 5],
    ] as const) {
      const values = sampled(frame, width, height);
      expect(Math.max(...red(values))).toBeCloseTo(200, 2);
      expect(Math.min(...red(values))).toBeCloseTo(200, 2);
    }
  });

  it('takes the mean of the pixels that it reduces', () => {
    const frame = frameOf(8, 8, (x, y) => [(x + y) % 2 === 0 ? 255 : 0, 0, 0]);
    expect(red(sampled(frame, 2, 2)).map(Math.round)).toEqual([128, 128, 128, 128]);
  });

  it('keeps a ramp where it is, whatever the reduction', () => {
    const frame = frameOf(240, 8, (x) => [x, 0, 0]);
    for (const width of [120, 80, 60, 24]) {
      const scale = 240 / width;
      const middle = red(sampled(frame, width, 8)).slice(width * 3, width * 4);
      const expected = middle.map((_, i) => (i + 0.5) * scale - 0.5);
      const inner = middle.map((value, i) => Math.abs(value - expected[i]!)).slice(2, -2);
      expect(Math.max(...inner)).toBeLessThan(0.75);
    }
  });

  it('interpolates between pixel centres when it enlarges', () => {
    const frame = frameOf(2, 1, (x) => [x * 100, 0, 0]);
    expect(red(sampled(frame, 4, 1)).map(Math.round)).toEqual([0, 25, 75, 100]);
  });

  it('repeats the last pixel outside of the frame', () => {
    const frame = frameOf(4, 4, (x) => [x * 10, 0, 0]);
    expect(red(sampled(frame, 3, 1, { x: 3, y: 0, width: 3, height: 1 })).map(Math.round)).toEqual([30, 30, 30]);
    expect(red(sampled(frame, 2, 1, { x: -8, y: -8, width: 2, height: 1 })).map(Math.round)).toEqual([0, 0]);
  });

  it('gives the same for a second frame as a fresh sampler does', () => {
    const large = frameOf(64, 48, (x, y) => [x * 3, y * 5, 9]);
    const small = frameOf(48, 64, (x, y) => [255 - x, y, x]);
    const sampler = createSampler();
    const out = new Float32Array(16 * 12 * 3);
    sampler.sample(large, { x: 0, y: 0, width: 64, height: 48 }, 16, 12, out);
    sampler.sample(small, { x: 0, y: 0, width: 48, height: 64 }, 16, 12, out);
    expect(Array.from(out)).toEqual(Array.from(sampled(small, 16, 12)));
  });

  it.each([
    ['enlarged', { x: 3.25, y: 2.5, width: 11, height: 9.75 }, 24, 20],
    ['reduced by less than 2', { x: 0, y: 1, width: 39, height: 27 }, 23, 15],
    ['over every edge', { x: -6, y: -5, width: 52, height: 40 }, 37, 29],
    ['at another size on one axis only', { x: 4, y: 4, width: 20, height: 20 }, 20, 13],
  ])('mixes the four nearest pixels of a part that is %s', (_, part, width, height) => {
    const frame = frameOf(40, 30, (x, y) => [(x * 37 + y * 91) % 256, (x * y) % 256, 255 - x]);
    const values = sampled(frame, width, height, part);
    const differences = Array.from(values, (value, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      const fromX = part.x + ((x + 0.5) * part.width) / width - 0.5;
      const fromY = part.y + ((y + 0.5) * part.height) / height - 0.5;
      return Math.abs(value - bilinear(frame, fromX, fromY, i % 3));
    });
    expect(differences.length).toBe(width * height * 3);
    // A weight is at most half of 1/2,048 off, so a value at most 255/2,048 on both axes together.
    expect(Math.max(...differences)).toBeLessThan(0.13);
  });

  it.each([
    ['blue first', 'bgr', [1, 3, 16, 20]],
    ['red first', 'rgb', [1, 3, 16, 20]],
    ['copied', 'bgr', [1, 3, 24, 32]],
    ['reduced over its area', 'rgb', [1, 3, 9, 32]],
    ['grey', 'grey', [1, 1, 16, 20]],
  ] as const)('fills a model’s input as if it were drawn and converted after: %s', (_, colour, shape) => {
    const channels = shape[1] === 1 ? 1 : 3;
    const input: ModelInput = {
      name: 'input',
      colour,
      shape: [...shape],
      mean: [123.7, 116.3, 103.5].slice(0, channels),
      deviation: [58.4, 57.1, 57.4].slice(0, channels),
    };
    const frame = frameOf(40, 30, (x, y) => [(x * 37 + y * 91) % 256, (x * y) % 256, 255 - x]);
    const part = { x: 5, y: 2, width: 32, height: 24 };
    const [, , height, width] = shape;
    const tensor = new Float32Array(channels * height * width);
    createSampler().fill(frame, part, { input, tensor });
    const expected = new Float32Array(tensor.length);
    fillTensor(sampled(frame, width, height, part), input, expected);
    expect(Math.max(...tensor.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-5);
    expect(new Set(tensor).size).toBeGreaterThan(20);
  });
});

/** The definition, in floating point; beyond the edge the last pixel is repeated. */
function bilinear({ rgb, width, height }: Frame, x: number, y: number, channel: number): number {
  const at = (column: number, row: number): number => {
    const [inside, down] = [Math.min(width - 1, Math.max(0, column)), Math.min(height - 1, Math.max(0, row))];
    return rgb[(down * width + inside) * 3 + channel]!;
  };
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const upper = at(left, top) * (1 - x + left) + at(left + 1, top) * (x - left);
  const lower = at(left, top + 1) * (1 - x + left) + at(left + 1, top + 1) * (x - left);
  return upper * (1 - y + top) + lower * (y - top);
}
