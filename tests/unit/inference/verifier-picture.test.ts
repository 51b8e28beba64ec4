import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { uprightAround, verifierPicture, wholePicture } from '../../../src/main/inference/verifier-picture.ts';

function noise(width: number, height: number): { width: number; height: number; rgb: Uint8Array } {
  const rgb = new Uint8Array(width * height * 3);
  let seed = 1;
  for (let i = 0; i < rgb.length; i++) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    rgb[i] = seed >> 16;
  }
  return { width, height, rgb };
}

describe('where a face is cut out', () => {
  it.each([
    ['in a wide picture', { x: 500, y: 200, width: 220, height: 280 }, { width: 1280, height: 720 }],
    ['at the left edge', { x: -10, y: 200, width: 220, height: 280 }, { width: 1280, height: 720 }],
    ['at the bottom right', { x: 1080, y: 460, width: 220, height: 280 }, { width: 1280, height: 720 }],
    ['in a small picture', { x: 220, y: 120, width: 160, height: 200 }, { width: 640, height: 480 }],
  ])('%s', (_where, face, frame) => {
    const cut = uprightAround(face, frame);
    expect(cut).not.toBeNull();
    const { x, y, width, height } = cut!;
    expect(width / height).toBeCloseTo(3 / 4, 2);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(frame.width);
    expect(y + height).toBeLessThanOrEqual(frame.height);
    const centreX = Math.min(Math.max(face.x + face.width / 2, width / 2), frame.width - width / 2);
    expect(Math.abs(x + width / 2 - centreX)).toBeLessThanOrEqual(1);
  });

  it('refuses a picture that has no upright part with the face', () => {
    expect(uprightAround({ x: 100, y: 0, width: 300, height: 120 }, { width: 1280, height: 120 })).toBeNull();
  });
});

describe('the file that is sent', () => {
  it.each([
    [1280, 720],
    [640, 480],
    [1920, 1080],
  ])('from %i × %i is within what every vendor takes', async (width, height) => {
    const face = { x: width / 2 - height / 6, y: height / 4, width: height / 3, height: height / 2.5 };
    const made = await verifierPicture(noise(width, height), face);
    if (!made.ok) throw new Error(made.error.code);
    const metadata = await sharp(made.value.jpeg).metadata();
    expect([metadata.format, metadata.width, metadata.height]).toEqual(['jpeg', made.value.width, made.value.height]);
    expect(made.value.width).toBeGreaterThanOrEqual(480);
    expect(made.value.height).toBeGreaterThanOrEqual(640);
    expect(made.value.width).toBeLessThanOrEqual(1080);
    expect(made.value.jpeg.length).toBeLessThanOrEqual(600_000);
  });

  it('is whole for a portrait', async () => {
    expect(await wholePicture(noise(102, 126))).toMatchObject({ width: 102, height: 126 });
  });
});
