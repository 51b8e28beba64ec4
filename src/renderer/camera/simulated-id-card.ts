import { CARD_ASPECT } from './card-frame.ts';
import type { Region } from './digital-zoom.ts';
import { portraitIn } from './simulated-card.ts';
import { papersOnFront, papersOnBack, type PlacedText } from './simulated-papers-text.ts';
import type { SimulatedPapers } from './simulated-papers.ts';
import type { FacePhoto } from './simulated-photo.ts';

/** An ID-1 card as a printer of 300 dots an inch would make it. */
export const ID_CARD_PIXELS = { width: 1012, height: Math.round(1012 / CARD_ASPECT) } as const;
export const PIXELS_PER_MM = ID_CARD_PIXELS.width / 85.6;
const CORNER_MM = 3.2;
const PHOTO_MM = { x: 54, y: 7.5, width: 25, height: 31 } as const;
/** Over how much a portrait fades out, and how: slowly first, so that no edge is left. */
const FADE_MM = 4;
const FADE = [
  [0, 0],
  [0.25, 0.15],
  [0.75, 0.85],
  [1, 1],
] as const;
const SANS = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';
const FIGURES = '"OCR-B", "Noto Sans Mono", "DejaVu Sans Mono", "Consolas", monospace';
const INK = { value: '#14130f', caption: '#3f6f9c', mark: '#b3463b' } as const;

type Paint = CanvasRenderingContext2D;

/** The photo side of a resident's card of somebody who doesn't exist, marked as a specimen. */
export function drawIdCardFront(papers: SimulatedPapers, photo: FacePhoto): HTMLCanvasElement | null {
  const drawn = blankCard();
  if (!drawn) return null;
  const { canvas, paint } = drawn;
  writeAll(paint, papersOnFront(papers));
  const { x, y, width, height } = insideOf(portraitIn(photo.face.points), photo.face);
  const print = fadedPrint(photo, { x, y, width, height });
  if (!print) return null;
  paint.drawImage(print, PHOTO_MM.x, PHOTO_MM.y, PHOTO_MM.width, PHOTO_MM.height);
  return canvas;
}

/** The side with the emblem; in its place stands a star on a disc in its colours, for nobody may copy the real one. */
export function drawIdCardBack(papers: SimulatedPapers): HTMLCanvasElement | null {
  const drawn = blankCard();
  if (!drawn) return null;
  const { canvas, paint } = drawn;
  drawEmblem(paint, 14, 14);
  writeAll(paint, papersOnBack(papers));
  return canvas;
}

/** A part of a photo that fades out towards its edges: a portrait is printed into the card's lines, without a frame. */
function fadedPrint(photo: FacePhoto, { x, y, width, height }: Region): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(PHOTO_MM.width * PIXELS_PER_MM);
  canvas.height = Math.round(PHOTO_MM.height * PIXELS_PER_MM);
  const paint = canvas.getContext('2d');
  if (!paint) return null;
  paint.drawImage(photo.picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
  paint.globalCompositeOperation = 'destination-in';
  for (const [toX, toY, length] of [
    [canvas.width, 0, canvas.width],
    [0, canvas.height, canvas.height],
  ] as const) {
    const edge = (FADE_MM * PIXELS_PER_MM) / length;
    const fade = paint.createLinearGradient(0, 0, toX, toY);
    for (const [at, alpha] of FADE) {
      fade.addColorStop(at * edge, `rgb(0 0 0 / ${alpha})`);
      fade.addColorStop(1 - at * edge, `rgb(0 0 0 / ${alpha})`);
    }
    paint.fillStyle = fade;
    paint.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

/** The same part of a picture, made smaller about its upper middle where the picture ends: a print has no empty edge. */
export function insideOf(part: Region, picture: { readonly width: number; readonly height: number }): Region {
  const y = Math.max(0, part.y);
  const scale = Math.min(1, (picture.height - y) / part.height, picture.width / part.width);
  const [width, height] = [part.width * scale, part.height * scale];
  const x = Math.min(Math.max(0, part.x + (part.width - width) / 2), picture.width - width);
  return { x, y, width, height };
}

/** Writes texts, in millimetres. */
export function writeAll(paint: Paint, texts: readonly PlacedText[]): void {
  paint.textBaseline = 'alphabetic';
  for (const { text, x, y, heightMm, kind, spread = 0, weight = 400 } of texts) {
    paint.fillStyle = INK[kind === 'caption' || kind === 'mark' ? kind : 'value'];
    paint.font = `${weight} ${heightMm}px ${kind === 'figures' ? FIGURES : SANS}`;
    paint.letterSpacing = `${spread}px`;
    paint.fillText(text, x, y);
  }
}

/** A card without text, its paper drawn with fine waves; the drawing is in millimetres from here on. */
function blankCard(): { readonly canvas: HTMLCanvasElement; readonly paint: Paint } | null {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, ID_CARD_PIXELS);
  const paint = canvas.getContext('2d');
  if (!paint) return null;
  paint.scale(PIXELS_PER_MM, PIXELS_PER_MM);
  const height = 85.6 / CARD_ASPECT;
  paint.beginPath();
  paint.roundRect(0, 0, 85.6, height, CORNER_MM);
  paint.clip();
  const paper = paint.createLinearGradient(0, 0, 85.6, height);
  paper.addColorStop(0, '#c3dcea');
  paper.addColorStop(0.5, '#f0dfe4');
  paper.addColorStop(1, '#c6e3d8');
  paint.fillStyle = paper;
  paint.fillRect(0, 0, 85.6, height);
  drawWaves(paint, height);
  return { canvas, paint };
}

function drawWaves(paint: Paint, height: number): void {
  paint.lineWidth = 0.09;
  for (let line = -2; line < height + 4; line += 1.1) {
    paint.strokeStyle = line % 2.2 < 1.1 ? 'rgb(70 130 180 / 45%)' : 'rgb(205 95 130 / 38%)';
    paint.beginPath();
    for (let x = 0; x <= 86; x += 1) {
      const y = line + 1.2 * Math.sin(x / 7 + line / 5) + 0.6 * Math.sin(x / 2.7);
      if (x === 0) paint.moveTo(x, y);
      else paint.lineTo(x, y);
    }
    paint.stroke();
  }
}

function drawEmblem(paint: Paint, x: number, y: number): void {
  paint.fillStyle = '#b8493d';
  paint.beginPath();
  paint.arc(x, y, 8, 0, 2 * Math.PI);
  paint.fill();
  drawStar(paint, x, y, 5.5);
}

function drawStar(paint: Paint, x: number, y: number, radius: number): void {
  paint.fillStyle = '#e6b95c';
  paint.beginPath();
  for (let point = 0; point < 10; point++) {
    const reach = point % 2 === 0 ? radius : 0.42 * radius;
    const angle = (Math.PI * point) / 5 - Math.PI / 2;
    paint.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  paint.fill();
}
