import type { ReadField } from '../../../../../src/shared/domain/document-reading.ts';
import type { JudgedDocument, Quad, ReadLine } from '../../../../../src/main/inference/documents/contract.ts';
import type { Frame } from '../../../../../src/main/inference/frame.ts';

export const WIDTH = 1012;
export const HEIGHT = 638;
type Rgb = readonly [number, number, number];

/** What is done to each pixel of the drawn card. */
export type Change = (colour: Rgb, x: number, y: number) => Rgb;

const FACE = { x: 700, y: 170, width: 140, height: 170 };
const PORTRAIT = { left: 660, right: 900, top: 110, bottom: 440 };

/** Noise of −1..1 that depends on the place alone. */
export function noiseAt(x: number, y: number): number {
  let hash = Math.imul(Math.floor(x) + 7919, 0x27d4eb2d) ^ Math.imul(Math.floor(y) + 104_729, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash ^= hash >>> 13;
  return (hash >>> 0) / 2 ** 31 - 1;
}

function ground(x: number, y: number): Rgb {
  const swing = 30 * Math.sin(x / 90) + 11 * Math.sin(x / 37) + 9 * Math.sin(y / 31 + x / 120);
  const line = (period: number, shift: number): number =>
    0.5 + 0.5 * Math.sin(((y + shift + swing) * 6.283) / period + 2.5 * Math.sin(y / 43 + x / 61));
  const [red, blue] = [line(13, 0), line(16, x / 5)];
  const noise = 3 * noiseAt(x, y);
  return [226 - 30 * blue + noise, 224 - 30 * red - 18 * blue + noise, 228 - 26 * red + noise];
}

/** Strokes two pixels wide, as in print, in the rows of the fields. */
function isText(x: number, y: number): boolean {
  const row = [90, 160, 230, 300, 345, 540].find((top) => y >= top && y < top + 28);
  if (row === undefined || x < 90 || x > (row === 540 ? 840 : 480)) return false;
  const [u, v] = [(x - 90) % 26, y - row];
  // No two characters alike: strokes at places of their own.
  const stroke = (nth: number): number => 3 + 7 * (noiseAt(Math.floor((x - 90) / 26), row * 10 + nth) + 1);
  const upright = [0, 1].some((nth) => Math.abs(u - stroke(nth)) < 1.6);
  return u < 20 && (upright || [2, 3].some((nth) => Math.abs(v - 4 - 1.3 * stroke(nth)) < 1.6));
}

function card(x: number, y: number): Rgb {
  if (isText(x, y)) return [26, 26, 28];
  const { left, right, top, bottom } = PORTRAIT;
  const inside = Math.min(x - left, right - x, y - top, bottom - y);
  if (inside <= 0) return ground(x, y);
  const shade = 12 * Math.sin(x / 60) + 10 * Math.sin(y / 45) + 1.5 * noiseAt(x, y);
  const skin: Rgb = [196 + shade, 150 + shade, 122 + shade];
  const share = Math.min(1, inside / 26);
  const paper = ground(x, y);
  return [0, 1, 2].map((k) => paper[k]! * (1 - share) + skin[k]! * share) as unknown as Rgb;
}

/** A card-like picture edge to edge: fine coloured waves, rows of strokes, a portrait that fades into the ground. */
export function drawnCard(change: Change = (colour) => colour): Frame {
  const rgb = new Uint8ClampedArray(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rgb.set(change(card(x, y), x, y), (y * WIDTH + x) * 3);
  }
  return { width: WIDTH, height: HEIGHT, rgb: new Uint8Array(rgb.buffer) };
}

/** A picture after a mean over `across × down` pixels. */
export function smeared({ width, height, rgb }: Frame, across: number, down: number): Frame {
  const out = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let j = 0; j < down; j++) {
          for (let i = 0; i < across; i++) {
            const [px, py] = [Math.min(width - 1, x + i), Math.min(height - 1, y + j)];
            sum += rgb[(py * width + px) * 3 + k]!;
          }
        }
        out[(y * width + x) * 3 + k] = Math.round(sum / across / down);
      }
    }
  }
  return { width, height, rgb: out };
}

export function sureField(text: string, y: number, width = 380): ReadField {
  const box = { x: 90 / WIDTH, y: (y - 5) / HEIGHT, width: width / WIDTH, height: 38 / HEIGHT };
  return { text, confidence: 0.99, doubt: null, box };
}

export function lineOf(text: string): ReadLine {
  const quad: Quad = [
    [90, 90],
    [470, 90],
    [470, 120],
    [90, 120],
  ];
  return { region: { quad, score: 0.9 }, text, characters: [] };
}

const FRONT = ['姓名', '性别男民族汉', '出生1990年1月1日', '住址样本路', '公民身份号码11010119900101001X'];

/** A front that was read well; the picture is the whole source. */
export function judgedFront(picture: Frame, changes: Partial<JudgedDocument> = {}): JudgedDocument {
  return {
    page: 'id-card-front',
    card: { picture, size: 'ID-1', source: picture, quad: null, cut: 0, sourceWidth: WIDTH },
    lines: FRONT.map(lineOf),
    fields: {
      name: sureField('样本', 90),
      birthDate: sureField('1990-01-01', 230),
      address: sureField('样本路', 300),
      number: sureField('11010119900101001X', 540, 750),
    },
    face: FACE,
    today: '2026-06-15',
    ...changes,
  };
}
