import type { FaceBox } from '../../shared/ipc/kiosk-guidance.ts';
import type { Region } from './digital-zoom.ts';

/** ISO/IEC 7810 ID-1: 85.60 × 53.98 mm. */
export const CARD_ASPECT = 85.6 / 53.98;
/**
 * Pixels across the card that leave about 36 between the eyes of its portrait, whose head is 15 of its 85.6 mm. More
 * would bring the card nearer to the camera than most of them can focus.
 */
const WANTED_CARD_PIXELS = 480;
/** Of a large picture the frame takes at least this share, of a small one at most that. */
const LEAST_SHARE = 0.4;
const MOST_SHARE = 0.86;
/** Room around the frame in what is sent, as a share of its size: the card's edges have to be in the picture. */
const ROOM = 0.15;

/** Where a card should be held, in pixels of the camera's picture: in its middle. */
export function cardFrameIn(picture: { readonly width: number; readonly height: number }): Region {
  const most = MOST_SHARE * Math.min(picture.width, picture.height * CARD_ASPECT);
  const width = Math.min(most, Math.max(WANTED_CARD_PIXELS, LEAST_SHARE * picture.width));
  const height = width / CARD_ASPECT;
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height };
}

/** The part of the picture that is sent, in its pixels, and the frame in it, relative. */
export interface CardPicture {
  readonly part: Region;
  readonly frame: FaceBox;
}

export function cardPictureIn(picture: { readonly width: number; readonly height: number }): CardPicture {
  const card = cardFrameIn(picture);
  const left = Math.max(0, Math.floor(card.x - ROOM * card.width));
  const top = Math.max(0, Math.floor(card.y - ROOM * card.height));
  const right = Math.min(picture.width, Math.ceil(card.x + (1 + ROOM) * card.width));
  const bottom = Math.min(picture.height, Math.ceil(card.y + (1 + ROOM) * card.height));
  const part = { x: left, y: top, width: right - left, height: bottom - top };
  return {
    part,
    frame: {
      x: (card.x - left) / part.width,
      y: (card.y - top) / part.height,
      width: card.width / part.width,
      height: card.height / part.height,
    },
  };
}
