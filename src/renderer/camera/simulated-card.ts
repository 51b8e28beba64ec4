import { CARD_ASPECT } from './card-frame.ts';
import type { Region } from './digital-zoom.ts';
import type { FacePhoto } from './simulated-photo.ts';

/** Millimetres of a card: its photo, and the lines of its text. */
const CARD_MM = { width: 85.6, photo: { x: 55, y: 8.5, width: 26, height: 32 }, textX: 6 } as const;
const LINES_MM = [
  { y: 8, width: 22 },
  { y: 15, width: 30 },
  { y: 22, width: 34 },
  { y: 29, width: 44 },
  { y: 34, width: 38 },
  { y: 45, width: 52 },
] as const;
/** Of the picture's width, a little more than the frame asks for. */
const CARD_SHARE = 0.88;
/** The photo around the mesh of a face, which ends at the hairline: how much higher, and how much of that above. */
const PHOTO_HEIGHT = 1.7;
const PHOTO_ABOVE = 0.32;

/** What the camera sees when a person holds their card before their face: a drawn card with the person's portrait. */
export function drawHeldCard({ face, picture }: FacePhoto): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  canvas.width = face.width;
  canvas.height = face.height;
  const paint = canvas.getContext('2d', { alpha: false });
  if (!paint) return null;
  const width = CARD_SHARE * face.width;
  const height = width / CARD_ASPECT;
  paint.drawImage(picture, 0, 0);
  paint.translate((face.width - width) / 2, (face.height - height) / 2);
  paint.scale(width / CARD_MM.width, width / CARD_MM.width);
  paint.fillStyle = '#dce6e4';
  paint.beginPath();
  paint.roundRect(0, 0, CARD_MM.width, CARD_MM.width / CARD_ASPECT, 3.2);
  paint.fill();
  paint.fillStyle = '#5b6670';
  for (const { y, width: length } of LINES_MM) paint.fillRect(CARD_MM.textX, y, length, 2.2);
  const { photo } = CARD_MM;
  paint.fillStyle = '#f2f4f3';
  paint.fillRect(photo.x, photo.y, photo.width, photo.height);
  const from = portraitIn(face.points);
  const { x, y, width: across, height: down } = from;
  paint.drawImage(picture, x, y, across, down, photo.x, photo.y, photo.width, photo.height);
  return canvas;
}

/** The part of a person's photo that becomes the portrait, in its pixels. */
export function portraitIn(points: readonly number[]): Region {
  const xs = points.filter((_, at) => at % 3 === 0);
  const ys = points.filter((_, at) => at % 3 === 1);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const height = PHOTO_HEIGHT * (bottom - top);
  const width = (height * CARD_MM.photo.width) / CARD_MM.photo.height;
  const middle = (Math.min(...xs) + Math.max(...xs)) / 2;
  return { x: middle - width / 2, y: top - PHOTO_ABOVE * (bottom - top), width, height };
}
