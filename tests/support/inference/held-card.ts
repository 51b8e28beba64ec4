import sharp from 'sharp';
import type { Frame } from '../../../src/main/inference/frame.ts';
import type { PixelBox } from '../../../src/shared/domain/liveness.ts';
import { media } from './media.ts';

/** A head and shoulders, for the card's photo: a still, and the part of it with a card's proportions, in its pixels. */
export interface CardFace {
  readonly file: string;
  readonly head: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

export interface HeldCard {
  /** Whose card; null for an empty scene. */
  readonly face: CardFace | null;
  /** Pixels across the card, of 800 that the picture is wide. The frame asks for 600. */
  readonly cardPixels: number;
  /** Degrees by which the card leans. */
  readonly lean: number;
  /** Gaussian blur, in pixels of the picture. */
  readonly blur: number;
  /** How much of the photo a white reflection covers, 0..1. */
  readonly glare: number;
  /** On which side of the card the photo is. */
  readonly photoAt: 'left' | 'right';
  /** A still that fills the background. */
  readonly behind: string | null;
}

export const GOOD_CARD: Omit<HeldCard, 'face'> = {
  cardPixels: 600,
  lean: 0,
  blur: 0,
  glare: 0,
  photoAt: 'right',
  behind: null,
};

const PICTURE = { width: 800, height: 540 } as const;
const ASPECT = 85.6 / 53.98;
/** The frame of `GOOD_CARD`, relative to the picture. */
export const HELD_FRAME: PixelBox = {
  x: 100 / PICTURE.width,
  y: (PICTURE.height - 600 / ASPECT) / 2 / PICTURE.height,
  width: 600 / PICTURE.width,
  height: 600 / ASPECT / PICTURE.height,
};

/** Draws what a camera sees of a card that is held up: a light card on something darker, photo and lines on it. */
export async function heldCard({ face, ...how }: HeldCard): Promise<Frame> {
  const background = how.behind
    ? sharp(media(how.behind)).resize(PICTURE.width, PICTURE.height, { fit: 'cover' })
    : sharp({ create: { ...PICTURE, channels: 3, background: '#6b6f76' } });
  const layers = face ? [await cardLayer(face, how)] : [];
  const flat = await background.removeAlpha().composite(layers).png().toBuffer();
  const blurred = how.blur > 0 ? sharp(flat).blur(how.blur) : sharp(flat);
  const rgb = await blurred.removeAlpha().toColourspace('srgb').raw().toBuffer();
  return { ...PICTURE, rgb: new Uint8Array(rgb) };
}

async function cardLayer(face: CardFace, how: Omit<HeldCard, 'face'>) {
  const mm = how.cardPixels / 85.6;
  const [width, height] = [how.cardPixels, Math.round(how.cardPixels / ASPECT)];
  const photo = { width: Math.round(26 * mm), height: Math.round(32 * mm) };
  const x = Math.round((how.photoAt === 'right' ? 55 : 4.6) * mm);
  const linesAt = how.photoAt === 'right' ? 6 : 36;
  const lines = [8, 15, 22, 29, 36].map(
    (y) => `<rect x="${linesAt * mm}" y="${y * mm}" width="${40 * mm}" height="${2.2 * mm}" fill="#5b6670"/>`,
  );
  const card = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" rx="${3.2 * mm}" fill="#dce6e4"/>${lines.join('')}</svg>`;
  const portrait = await sharp(media(face.file))
    .extract(face.head)
    .resize(photo.width, photo.height, { fit: 'fill' })
    .toBuffer();
  const shine = `<svg width="${photo.width}" height="${photo.height}"><rect width="${100 * how.glare}%" height="100%" fill="#ffffff"/></svg>`;
  const top = Math.round(8.5 * mm);
  const whole = await sharp(Buffer.from(card))
    .composite([
      { input: portrait, left: x, top },
      { input: Buffer.from(shine), left: x, top },
    ])
    .png()
    .toBuffer();
  const leaning = await sharp(whole)
    .rotate(how.lean, { background: '#00000000' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return {
    input: leaning.data,
    left: Math.round((PICTURE.width - leaning.info.width) / 2),
    top: Math.round((PICTURE.height - leaning.info.height) / 2),
  };
}
