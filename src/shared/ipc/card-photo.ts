import { z } from 'zod';

/**
 * Why no portrait was taken from the picture of a card, most important first: there is no card in the frame, or what
 * is there isn't one's portrait; too few pixels; an own face beside the card's; the card is askew; a reflection lies
 * on the portrait; the picture is not sharp.
 */
export const CARD_PHOTO_HINTS = ['no-card', 'several-faces', 'too-small', 'tilted', 'glare', 'blurred'] as const;
export type CardPhotoHint = (typeof CARD_PHOTO_HINTS)[number];

/** What the screen says: what to change, or that the picture is good. */
export type CardPhotoPrompt = CardPhotoHint | 'hold-still';

/** The answer to a picture of the card, for drawing only. */
export interface CardPhotoGuidance {
  /** Null while the picture is good. */
  readonly hint: CardPhotoHint | null;
  /** 0..1: how many good pictures in a row there are, towards the one that is used. */
  readonly progress: number;
}

const share = z.number().min(0).max(1);

/** The part of the camera's picture in which the card is expected, as a JPEG file, and where the card should lie in it. */
export const cardPhotoFrameSchema = z.strictObject({
  certifyId: z.string(),
  jpeg: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= 100_000, { message: 'a frame is 1..100,000 bytes' }),
  /** The frame on the screen, relative to the picture. */
  frame: z.strictObject({ x: share, y: share, width: share.positive(), height: share.positive() }),
  capturedAtMs: z.number().finite().nonnegative(),
});
