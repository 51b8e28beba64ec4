import type { Frame } from '../../frame.ts';
import {
  CARD_SIZES_MM,
  RECTIFIED_WIDTH,
  type CardSize,
  type FoundCard,
  type Quad,
  type RectifiedCard,
} from '../contract.ts';
import { wholeSize } from './find-cards.ts';
import { distanceBetween, fromRectangle } from './homography.ts';
import { warped } from './perspective-warp.ts';
import { proportionFit } from './proportion.ts';

/** The same dots per millimetre for every size, but no more pixels than this. */
const WIDEST = 1480;

/** Width and height of a rectified card that lies. */
export function rectifiedSize(size: CardSize): { readonly width: number; readonly height: number } {
  const { width, height } = CARD_SIZES_MM[size];
  const across = Math.min(WIDEST, Math.round((width * RECTIFIED_WIDTH) / CARD_SIZES_MM['ID-1'].width));
  return { width: across, height: Math.round((across * height) / width) };
}

/** Cuts a card out of its picture and takes the perspective away. It keeps lying or standing as it does in the picture. */
export function rectifyCard(picture: Frame, found: FoundCard): Promise<RectifiedCard> {
  const { quad, size, cut } = found;
  const { lying } = proportionFit(quad, picture, [size]);
  const long = rectifiedSize(size);
  const [width, height] = lying ? [long.width, long.height] : [long.height, long.width];
  const sourceWidth = lying ? meanLength(quad, 0) : meanLength(quad, 1);
  const rectified = warped(picture, fromRectangle(width, height, quad), width, height);
  return Promise.resolve({ picture: rectified, size, source: picture, quad, cut, sourceWidth });
}

/** Takes the whole picture as a card: a scan or a file cropped to it. Of a picture of no card's proportion, as ID-1. */
export function wholeAsCard(picture: Frame): Promise<RectifiedCard> {
  const size = wholeSize(picture) ?? 'ID-1';
  const long = rectifiedSize(size);
  const lying = picture.width >= picture.height;
  const [width, height] = lying ? [long.width, long.height] : [long.height, long.width];
  const corners: Quad = [
    [0, 0],
    [picture.width, 0],
    [picture.width, picture.height],
    [0, picture.height],
  ];
  const rectified = warped(picture, fromRectangle(width, height, corners), width, height);
  const sourceWidth = Math.max(picture.width, picture.height);
  return Promise.resolve({ picture: rectified, size, source: picture, quad: null, cut: 0, sourceWidth });
}

/** A picture turned clockwise by quarter turns; the same one for 0. */
export function turned(frame: Frame, quarterTurns: number): Frame {
  const turns = ((quarterTurns % 4) + 4) % 4;
  if (turns === 0) return frame;
  const { width, height, rgb } = frame;
  const [across, down] = turns === 2 ? [width, height] : [height, width];
  const out = new Uint8Array(rgb.length);
  const [start, perX, perY] =
    turns === 1
      ? [(height - 1) * width, -width, 1]
      : turns === 2
        ? [width * height - 1, -1, -width]
        : [width - 1, width, -1];
  let to = 0;
  for (let y = 0; y < down; y++) {
    let from = 3 * (start + perY * y);
    for (let x = 0; x < across; x++, to = (to + 3) | 0, from = (from + 3 * perX) | 0) {
      out[to] = rgb[from]!;
      out[to + 1] = rgb[from + 1]!;
      out[to + 2] = rgb[from + 2]!;
    }
  }
  return { width: across, height: down, rgb: out };
}

/** A quadrilateral of the source as seen from the turned, rectified card: the card's corner that is upper left comes first. */
export function turnedQuad(quad: Quad, quarterTurns: number): Quad {
  const first = (4 - (((quarterTurns % 4) + 4) % 4)) % 4;
  return [quad[first]!, quad[(first + 1) % 4]!, quad[(first + 2) % 4]!, quad[(first + 3) % 4]!];
}

function meanLength(quad: Quad, first: 0 | 1): number {
  const opposite = first === 0 ? distanceBetween(quad[2], quad[3]) : distanceBetween(quad[3], quad[0]);
  return (distanceBetween(quad[first], quad[first + 1]!) + opposite) / 2;
}
