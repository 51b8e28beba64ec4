import type { Frame } from '../../frame.ts';
import type { Quad } from '../contract.ts';
import { fromRectangle } from '../outline/homography.ts';
import { warped } from '../outline/perspective-warp.ts';

/** How a card is lit. */
export interface CardLight {
  /** Brightness that a tenth of the card is above, 0..255. */
  readonly bright: number;
  /** Part of the card that a reflection hides, 0..1. */
  readonly glare: number;
}

/** The size that light is judged at: a reflection is larger than a character. */
const WIDTH = 160;
const HEIGHT = 101;
/** A channel at this value is at the end of what the camera tells apart. */
const SATURATED = 250;
/** A reflection hides all around: a place counts with neighbours two pixels away in all directions. */
const REACH = 2;

/**
 * How the part of a picture inside of `quad` (its pixels) is lit. Brightness is (R + 2G + B) / 4; a reflection is where
 * all three channels are saturated.
 */
export function lightOf(picture: Frame, quad: Quad): CardLight {
  const { rgb } = warped(picture, fromRectangle(WIDTH, HEIGHT, quad), WIDTH, HEIGHT);
  const histogram = new Int32Array(256);
  const full = new Uint8Array(WIDTH * HEIGHT);
  for (let at = 0; at < full.length; at++) {
    const [red, green, blue] = [rgb[3 * at]!, rgb[3 * at + 1]!, rgb[3 * at + 2]!];
    const luma = (red + 2 * green + blue) >> 2;
    histogram[luma] = histogram[luma]! + 1;
    full[at] = Math.min(red, green, blue) >= SATURATED ? 1 : 0;
  }
  rgb.fill(0);
  return { bright: brightest(histogram, full.length), glare: hiddenShare(full) };
}

function brightest(histogram: Int32Array, count: number): number {
  let seen = 0;
  let value = 255;
  while (value > 0 && (seen += histogram[value]!) < 0.1 * count) value--;
  return value;
}

/** Places that are saturated together with the ones around them. */
function hiddenShare(full: Uint8Array): number {
  let hidden = 0;
  for (let y = REACH; y < HEIGHT - REACH; y++) {
    for (let x = REACH; x < WIDTH - REACH; x++) {
      const at = y * WIDTH + x;
      const step = REACH * WIDTH;
      if (full[at] && full[at - REACH] && full[at + REACH] && full[at - step] && full[at + step]) hidden++;
    }
  }
  return hidden / full.length;
}
