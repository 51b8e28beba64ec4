import type { PhotoLibrary } from '../../../shared/domain/photo-decoding.ts';
import { PORTRAIT_HEIGHT, PORTRAIT_WIDTH, RAW_BYTES } from './picture-size.ts';

export interface PixelOrder {
  readonly channels: 'rgb' | 'bgr';
  readonly rows: 'top-down' | 'bottom-up';
}

/** Corners that show the background above and the clothing below: a sixth of the width, a tenth of the height. */
const CORNER_WIDTH = 17;
const CORNER_HEIGHT = 12;
/** Difference of mean brightness (of 255) between upper and lower corners that speaks for an order of the rows. */
const CLEAR_ROWS = 25;
/** Mean of red minus blue (of 255) in the middle of the face that speaks for an order of the colours. */
const CLEAR_CHANNELS = 6;
/** So many agreeing photos outweigh any later odd one. */
const MOST_VOTES = 5;

/**
 * Finds out the order of rows and colours of a library's raw pixels: a card portrait has a white background above
 * and clothing below, and skin is redder than blue whatever its tone. Photos that are clear about it vote; a library
 * never changes its order, so the votes decide for the unclear ones. Until there is a vote, the photo's own slight
 * lean decides. The bounds come from what the pictures show, not from measured portraits.
 */
export class PixelOrderVotes {
  #topDown = 0;
  #rgb = 0;

  /** @param pixels 38,556 bytes as the library wrote them. */
  orderOf(pixels: Uint8Array, asked: Pick<PhotoLibrary, 'channels' | 'rows'>): PixelOrder {
    const brighterFirstRows = cornerBrightness(pixels, 0) - cornerBrightness(pixels, PORTRAIT_HEIGHT - CORNER_HEIGHT);
    const warmerFirstChannel = firstMinusLastChannel(pixels);
    this.#topDown = voted(this.#topDown, brighterFirstRows, CLEAR_ROWS);
    this.#rgb = voted(this.#rgb, warmerFirstChannel, CLEAR_CHANNELS);
    const topDown = (this.#topDown || brighterFirstRows) >= 0;
    const rgb = (this.#rgb || warmerFirstChannel) >= 0;
    return {
      rows: asked.rows === 'auto' ? (topDown ? 'top-down' : 'bottom-up') : asked.rows,
      channels: asked.channels === 'auto' ? (rgb ? 'rgb' : 'bgr') : asked.channels,
    };
  }
}

/** @returns RGB, rows from the top. */
export function orderedPixels(pixels: Uint8Array, { rows, channels }: PixelOrder): Uint8Array {
  const rgb = new Uint8Array(RAW_BYTES);
  const red = channels === 'rgb' ? 0 : 2;
  for (let y = 0; y < PORTRAIT_HEIGHT; y++) {
    const row = rows === 'top-down' ? y : PORTRAIT_HEIGHT - 1 - y;
    for (let x = 0; x < PORTRAIT_WIDTH; x++) {
      const from = 3 * (row * PORTRAIT_WIDTH + x);
      const to = 3 * (y * PORTRAIT_WIDTH + x);
      rgb[to] = pixels[from + red]!;
      rgb[to + 1] = pixels[from + 1]!;
      rgb[to + 2] = pixels[from + 2 - red]!;
    }
  }
  return rgb;
}

function voted(votes: number, evidence: number, clear: number): number {
  if (Math.abs(evidence) < clear) return votes;
  return Math.max(-MOST_VOTES, Math.min(MOST_VOTES, votes + Math.sign(evidence)));
}

function cornerBrightness(pixels: Uint8Array, firstRow: number): number {
  let sum = 0;
  for (let y = firstRow; y < firstRow + CORNER_HEIGHT; y++) {
    for (let x = 0; x < CORNER_WIDTH; x++) {
      for (const column of [x, PORTRAIT_WIDTH - 1 - x]) {
        const at = 3 * (y * PORTRAIT_WIDTH + column);
        sum += pixels[at]! + pixels[at + 1]! + pixels[at + 2]!;
      }
    }
  }
  return sum / (CORNER_WIDTH * CORNER_HEIGHT * 2 * 3);
}

/** Over the middle third, which is the face however the rows run. */
function firstMinusLastChannel(pixels: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.round(PORTRAIT_HEIGHT / 3); y < Math.round((PORTRAIT_HEIGHT * 2) / 3); y++) {
    for (let x = Math.round(PORTRAIT_WIDTH / 3); x < Math.round((PORTRAIT_WIDTH * 2) / 3); x++) {
      const at = 3 * (y * PORTRAIT_WIDTH + x);
      sum += pixels[at]! - pixels[at + 2]!;
      count++;
    }
  }
  return sum / count;
}
