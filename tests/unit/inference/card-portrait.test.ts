import { describe, expect, it } from 'vitest';
import { findCardEdges, type GreyPicture } from '../../../src/main/inference/card-edges.ts';
import { createCardPortraitWatch, STEADY_SIGHTS } from '../../../src/main/inference/card-portrait-watch.ts';
import { cutOut, isTilted, mayBeOnCard } from '../../../src/main/inference/card-portrait.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';

const SIZE = { width: 320, height: 216 };
const FRAME = { x: 40, y: 32, width: 240, height: 152 };

/** A light rectangle on a darker ground, turned by `degrees` about the middle, with noise of a sensor. */
function card(degrees: number, luma = { card: 220, ground: 100 }, wide = 240, high = 152): GreyPicture {
  const random = seededRandom(7);
  const turn = (degrees * Math.PI) / 180;
  const values = Float32Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
    const [x, y] = [(i % SIZE.width) - SIZE.width / 2, Math.floor(i / SIZE.width) - SIZE.height / 2];
    const across = Math.abs(x * Math.cos(turn) + y * Math.sin(turn));
    const down = Math.abs(y * Math.cos(turn) - x * Math.sin(turn));
    return (across < wide / 2 && down < high / 2 ? luma.card : luma.ground) + 6 * (random() - 0.5);
  });
  return { ...SIZE, luma: values };
}

describe('the edges of a card', () => {
  it('are found all four, level, where the card lies in its frame', () => {
    expect(findCardEdges(card(0), FRAME)).toEqual({
      top: { slope: 0 },
      bottom: { slope: 0 },
      left: { slope: 0 },
      right: { slope: 0 },
    });
  });

  it('lean with the card', () => {
    const edges = findCardEdges(card(6), FRAME);
    expect(edges.top!.slope).toBeCloseTo(0.105, 1);
    expect([isTilted(edges), isTilted(findCardEdges(card(2), FRAME))]).toEqual([true, false]);
  });

  it('are not there on a plain ground, in noise, or far from the frame', () => {
    const none = { top: null, bottom: null, left: null, right: null };
    expect(findCardEdges(card(0, { card: 100, ground: 100 }), FRAME)).toEqual(none);
    expect(findCardEdges(card(0, { card: 220, ground: 100 }, 140, 90), FRAME)).toEqual(none);
  });
});

describe('a face on a card', () => {
  const on = (x: number, height: number) =>
    mayBeOnCard({ x: FRAME.x + x * FRAME.width - 20, y: 80, width: 40, height: height * FRAME.height }, FRAME);

  it('is a third of the card high and off its middle', () => {
    expect([on(0.78, 0.4), on(0.2, 0.4)]).toEqual([true, true]);
    expect([on(0.5, 0.4), on(0.78, 0.8), on(0.78, 0.1), on(1.1, 0.4)]).toEqual([false, false, false, false]);
  });
});

describe('the pictures of a card that agree', () => {
  const face = { x: 100, y: 50, width: 60, height: 80 };
  const portrait = (value: number): Frame => ({ width: 1, height: 1, rgb: new Uint8Array(3).fill(value) });

  it('give the sharpest portrait with the last of them, and zero the others', () => {
    const watch = createCardPortraitWatch();
    const portraits = [portrait(1), portrait(2), portrait(3)];
    const seen = [10, 30, 20].map((sharpness, i) => watch.see({ face, sharpness, portrait: portraits[i]! }));
    expect(seen.map(({ progress }) => progress)).toEqual([1 / STEADY_SIGHTS, 2 / STEADY_SIGHTS, 1]);
    expect(seen.map((one) => one.portrait)).toEqual([null, null, portraits[1]]);
    expect(portraits.map(({ rgb }) => rgb[0])).toEqual([0, 2, 0]);
  });

  it('begin anew after one that was not good, or that moved', () => {
    const watch = createCardPortraitWatch();
    const good = () => watch.see({ face, sharpness: 1, portrait: portrait(9) }).progress;
    good();
    good();
    expect(watch.see(null)).toEqual({ progress: 0, portrait: null });
    expect(good()).toBeCloseTo(1 / STEADY_SIGHTS);
    good();
    const moved = { ...face, x: face.x + 20 };
    expect(watch.see({ face: moved, sharpness: 1, portrait: portrait(9) }).progress).toBeCloseTo(1 / STEADY_SIGHTS);
  });

  it('leave nothing behind', () => {
    const watch = createCardPortraitWatch();
    const kept = portrait(9);
    watch.see({ face, sharpness: 1, portrait: kept });
    watch.wipe();
    expect([...kept.rgb]).toEqual([0, 0, 0]);
  });

  it('are cut out pixel by pixel', () => {
    const rgb = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i);
    expect(cutOut({ width: 4, height: 3, rgb }, { x: 1, y: 1, width: 2, height: 2 })).toEqual({
      width: 2,
      height: 2,
      rgb: Uint8Array.from([15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32]),
    });
  });
});
