import font from '../../../resources/fonts/ocr-b-outlines.json' with { type: 'json' };
import { portraitIn } from './simulated-card.ts';
import { insideOf, writeAll } from './simulated-id-card.ts';
import { passportContents, passportZone, type PlacedText } from './simulated-papers-text.ts';
import type { SimulatedPapers } from './simulated-papers.ts';
import type { FacePhoto } from './simulated-photo.ts';

/** The photo page of a passport (ICAO Doc 9303 part 4, TD3): 125 × 88 mm. */
export const PASSPORT_MM = { width: 125, height: 88 } as const;
const PIXELS_PER_MM = 9.6;
const PHOTO_MM = { x: 6, y: 16, width: 35, height: 45 } as const;
/** Ten characters an inch; the lower line's base is 9.4 mm above the edge, the upper one's 6.35 mm higher. */
const ZONE = { x: 6, pitchMm: 2.54, lowerY: 78.6, upperY: 72.2 } as const;

/** The photo page of a passport of Utopia, marked as a specimen. */
export function drawPassportPage(papers: SimulatedPapers, photo: FacePhoto): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(PASSPORT_MM.width * PIXELS_PER_MM);
  canvas.height = Math.round(PASSPORT_MM.height * PIXELS_PER_MM);
  const paint = canvas.getContext('2d');
  if (!paint) return null;
  paint.scale(PIXELS_PER_MM, PIXELS_PER_MM);
  paint.fillStyle = '#e9ecea';
  paint.beginPath();
  paint.roundRect(0, 0, PASSPORT_MM.width, PASSPORT_MM.height, 3);
  paint.fill();
  paint.fillStyle = '#f3f3ef';
  paint.fillRect(0, 65, PASSPORT_MM.width, 17.5);
  const { x, y, width, height } = insideOf(portraitIn(photo.face.points), photo.face);
  paint.drawImage(photo.picture, x, y, width, height, PHOTO_MM.x, PHOTO_MM.y, PHOTO_MM.width, PHOTO_MM.height);
  writeAll(paint, pageTexts(papers));
  drawZone(paint, passportZone(papers));
  return canvas;
}

/** Every character in its own column and in OCR-B, as the standard has it. */
function drawZone(paint: CanvasRenderingContext2D, [upper = '', lower = '']: readonly string[]): void {
  const outlines: Readonly<Record<string, string>> = font.outlines;
  const scale = ZONE.pitchMm / font.advance;
  paint.fillStyle = '#14130f';
  const line = (text: string, y: number): void => {
    for (const [column, character] of [...text].entries()) {
      paint.save();
      paint.translate(ZONE.x + ZONE.pitchMm * column, y);
      paint.scale(scale, scale);
      paint.fill(new Path2D(outlines[character] ?? ''));
      paint.restore();
    }
  };
  line(upper, ZONE.upperY);
  line(lower, ZONE.lowerY);
}

function pageTexts(papers: SimulatedPapers): readonly PlacedText[] {
  const contents = passportContents(papers);
  const rows: readonly (readonly [caption: string, value: string])[] = [
    ['Surname', contents.surname],
    ['Given names', contents.givenNames],
    ['Nationality', 'UTOPIAN'],
    ['Date of birth', contents.birthDate],
    ['Sex', contents.sex === 'male' ? 'M' : 'F'],
    ['Date of expiry', contents.expiryDate],
  ];
  return [
    { text: 'PASSPORT', x: 6, y: 10, heightMm: 4, kind: 'value', weight: 600 },
    { text: 'UTOPIA', x: 46, y: 10, heightMm: 4, kind: 'value', weight: 600 },
    { text: contents.documentNumber, x: 96, y: 10, heightMm: 4, kind: 'value', weight: 600 },
    { text: '样本 SPECIMEN', x: 92, y: 60, heightMm: 3, kind: 'mark' },
    ...rows.flatMap(([caption, value], row): readonly PlacedText[] => [
      { text: caption, x: 46, y: 18 + 7.8 * row, heightMm: 2.1, kind: 'caption' },
      { text: value, x: 46, y: 21.8 + 7.8 * row, heightMm: 3.3, kind: 'value', weight: 500 },
    ]),
  ];
}
