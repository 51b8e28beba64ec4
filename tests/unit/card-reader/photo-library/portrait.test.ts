import { describe, expect, test } from 'vitest';
import { orderedPixels, PixelOrderVotes } from '../../../../src/main/card-reader/photo-library/pixel-order.ts';
import { implausibility } from '../../../../src/main/card-reader/photo-library/plausible-portrait.ts';
import { readPortraitBmp, writePortraitBmp } from '../../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import { portraitFromPicture } from '../../../../src/main/card-reader/photo-library/portrait-from-picture.ts';
import { BMP_BYTES, RAW_BYTES } from '../../../../src/main/card-reader/photo-library/picture-size.ts';
import { decodeBmp } from '../../../../src/main/inference/bmp-codec.ts';
import { drawnPortrait, testBlock } from '../../../support/card-reader/photo-library/drawn-portrait.ts';

const AUTO = { channels: 'auto', rows: 'auto' } as const;
const drawing = drawnPortrait(testBlock());
const ORDERS = (['rgb', 'bgr'] as const).flatMap((channels) =>
  (['top-down', 'bottom-up'] as const).map((rows) => ({ channels, rows })),
);

/** A drawing whose every pixel is changed. */
function changed(change: (pixel: readonly number[], x: number, y: number) => readonly number[]): Uint8Array {
  const rgb = drawing.slice();
  for (let i = 0; i < RAW_BYTES; i += 3) {
    rgb.set(change([...drawing.subarray(i, i + 3)], (i / 3) % 102, Math.floor(i / 3 / 102)), i);
  }
  return rgb;
}

describe('the portrait’s bitmap', () => {
  test('has the size that vendors’ have, and is what the face models read', () => {
    const bmp = writePortraitBmp(drawing);
    expect(bmp).toHaveLength(38_862);
    expect(readPortraitBmp(bmp)).toEqual({ ok: true, value: drawing });
    expect(decodeBmp(bmp, 100_000)).toEqual({ width: 102, height: 126, rgb: drawing });
  });

  test('may have any padding, and its rows from the top', () => {
    const bmp = writePortraitBmp(drawing);
    for (let row = 0; row < 126; row++) bmp.fill(0xff, 54 + 308 * row + 306, 54 + 308 * row + 308);
    expect(readPortraitBmp(bmp)).toEqual({ ok: true, value: drawing });
    new DataView(bmp.buffer).setInt32(22, -126, true);
    expect(readPortraitBmp(bmp)).toEqual({
      ok: true,
      value: orderedPixels(drawing, { rows: 'bottom-up', channels: 'rgb' }),
    });
  });

  test.each([
    ['magic', 0, 0x50],
    ['pixelsAt', 10, 55],
    ['infoBytes', 14, 12],
    ['width', 18, 103],
    ['height', 22, 125],
    ['bits', 28, 32],
    ['compression', 30, 1],
  ])('another %s is refused', (name, at, value) => {
    const bmp = writePortraitBmp(drawing);
    bmp[at] = value;
    const read = readPortraitBmp(bmp);
    expect(read).toMatchObject({ error: { code: 'decoder.implausible' } });
    expect(read.ok ? '' : read.error.detail).toContain(name);
  });

  test('another length is refused', () => {
    for (const length of [0, 1, 54, BMP_BYTES - 1, BMP_BYTES + 1]) {
      expect(readPortraitBmp(new Uint8Array(length))).toMatchObject({ error: { code: 'decoder.implausible' } });
    }
  });
});

describe('the order of raw pixels', () => {
  test.each(ORDERS)('is found out: $channels, $rows', (order) => {
    const raw = orderedPixels(drawing, order);
    expect(new PixelOrderVotes().orderOf(raw, AUTO)).toEqual(order);
    expect(orderedPixels(raw, order)).toEqual(drawing);
  });

  test('skin of any tone is redder than blue', () => {
    for (const tone of [
      [245, 215, 195],
      [200, 150, 120],
      [120, 80, 60],
      [60, 42, 34],
    ] as const) {
      const face = changed((pixel) => (pixel[0]! > 190 && pixel[0]! < 220 && pixel[2]! < 160 ? tone : pixel));
      for (const order of ORDERS) {
        expect(new PixelOrderVotes().orderOf(orderedPixels(face, order), AUTO)).toEqual(order);
      }
    }
  });

  test('an unclear photo follows the clear ones before it', () => {
    const white = changed((pixel, _, y) => (y > 96 ? [240, 240, 242] : pixel));
    const grey = changed(([r = 0, g = 0, b = 0]) => Array<number>(3).fill(Math.round((r + g + b) / 3)));
    const odd = changed((pixel, _, y) => (y > 96 ? [250, 250, 250] : y < 20 ? [60, 60, 60] : pixel));
    for (const order of ORDERS) {
      const votes = new PixelOrderVotes();
      for (let i = 0; i < 3; i++) votes.orderOf(orderedPixels(drawing, order), AUTO);
      for (const unclear of [white, grey, odd]) {
        expect(votes.orderOf(orderedPixels(unclear, order), AUTO)).toEqual(order);
      }
    }
  });

  test('a setting is stronger than any photo', () => {
    for (const order of ORDERS) {
      const set = new PixelOrderVotes();
      for (const other of ORDERS) expect(set.orderOf(orderedPixels(drawing, other), order)).toEqual(order);
      expect(new PixelOrderVotes().orderOf(drawing, { ...order, rows: 'auto' })).toEqual({
        ...order,
        rows: 'top-down',
      });
    }
  });
});

describe('a portrait', () => {
  test.each([
    ['as drawn', drawing],
    ['with the other order', orderedPixels(drawing, { channels: 'bgr', rows: 'bottom-up' })],
    ['darker', changed((pixel) => pixel.map((value) => value * 0.5))],
    ['paler', changed((pixel) => pixel.map((value) => 160 + value * 0.35))],
    ['grey', changed(([, g = 0]) => [g, g, g])],
  ])('%s is one', (_, rgb) => {
    expect(implausibility(rgb)).toBeNull();
  });

  test.each([
    ['an empty buffer', new Uint8Array(RAW_BYTES)],
    ['white', new Uint8Array(RAW_BYTES).fill(255)],
    ['grey with a little noise', new Uint8Array(RAW_BYTES).map((_, i) => 120 + (i % 7))],
    ['noise', new Uint8Array(RAW_BYTES).map((_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 13) & 0xff)],
    ['a few bytes only', new Uint8Array(RAW_BYTES).fill(200, 0, 300)],
    ['black and white halves', new Uint8Array(RAW_BYTES).fill(255, RAW_BYTES / 2)],
  ])('%s is none', (_, rgb) => {
    expect(implausibility(rgb)?.code).toBe('decoder.implausible');
  });

  test('of a bitmap keeps the bitmap’s own order whatever is set', () => {
    const asked = { channels: 'bgr', rows: 'bottom-up' } as const;
    const picture = { form: 'bmp', bytes: writePortraitBmp(drawing) } as const;
    expect(portraitFromPicture(picture, asked, new PixelOrderVotes())).toEqual({
      ok: true,
      value: { image: writePortraitBmp(drawing), mediaType: 'image/bmp' },
    });
  });
});
