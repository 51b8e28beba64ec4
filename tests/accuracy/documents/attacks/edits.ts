import sharp from 'sharp';
import type { CardBox } from '../../../../src/shared/domain/document-reading.ts';
import { RECTIFIED_WIDTH, type Quad } from '../../../../src/main/inference/documents/contract.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import { cutOut, homography, throughJpeg, type Photo } from './camera.ts';
import type { FlatCard } from './flat-card.ts';

export const EDITS = ['number', 'same-font', 'name', 'portrait', 'patch'] as const;
export type Edit = (typeof EDITS)[number];

const WIDTH = RECTIFIED_WIDTH;
const HEIGHT = 638;

interface Overlay {
  readonly rgba: Uint8Array;
}

/** A photograph that somebody changed on a computer and saved again. */
export async function edited(
  photo: Photo,
  card: FlatCard,
  other: FlatCard,
  edit: Edit,
  random: Seeded,
): Promise<Photo> {
  const overlay = await overlayOf(photo, card, other, edit, random);
  const frame = pasted(photo, overlay);
  return { ...photo, frame: await throughJpeg(frame, Math.round(random.between(84, 96))) };
}

function overlayOf(photo: Photo, card: FlatCard, other: FlatCard, edit: Edit, random: Seeded): Promise<Overlay> {
  if (edit === 'portrait') return otherPortrait(card, other, random);
  const field =
    card.page === 'id-card-back'
      ? 'validTo'
      : edit === 'name' || (edit === 'patch' && random.chance(0.4))
        ? 'name'
        : 'number';
  const { text, box } = card.fields[field]!;
  const flat = cutOut(photo, WIDTH, HEIGHT);
  const printed = field === 'validTo' ? text.replaceAll('-', '.') : text;
  const characters = [...printed];
  const from = edit === 'name' ? 0 : Math.floor(random.between(characters.length * 0.35, characters.length * 0.72));
  const part: CardBox = {
    x: box.x + (box.width * from) / characters.length,
    y: box.y,
    width: (box.width * (characters.length - from)) / characters.length,
    height: box.height,
  };
  const ground = groundColour(flat.rgb, part);
  return written({
    characters:
      edit === 'patch'
        ? []
        : characters.slice(from).map((char) => (/\d/.test(char) ? String(Math.floor(random.between(0, 10))) : char)),
    part,
    ground,
    size: (box.height * HEIGHT) / 1.1,
    random,
    font:
      edit === 'same-font'
        ? 'Noto Sans CJK SC'
        : random.pick(['Noto Serif CJK SC', 'DejaVu Sans', 'Liberation Sans', 'Noto Sans CJK SC']),
    scale: edit === 'same-font' ? 1 : random.between(0.88, 1.12),
  });
}

interface Written {
  readonly characters: readonly string[];
  readonly part: CardBox;
  readonly ground: readonly [number, number, number];
  readonly size: number;
  readonly random: Seeded;
  readonly font: string;
  readonly scale: number;
}

/** New characters on a patch in the ground's colour. */
async function written({ characters, part, ground, size, random, font, scale }: Written): Promise<Overlay> {
  const [x, y, width, height] = [part.x * WIDTH, part.y * HEIGHT, part.width * WIDTH, part.height * HEIGHT];
  const ink = random.pick(['#000000', '#101010', '#1c1c1c']);
  const advance = width / Math.max(1, characters.length);
  const texts = characters
    .map(
      (char, i) =>
        `<text x="${x + (i + 0.46) * advance}" y="${y + 0.8 * height}" text-anchor="middle" font-size="${size * scale}" font-family="${font}" fill="${ink}">${char}</text>`,
    )
    .join('');
  const patch = `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="rgb(${ground.map(Math.round).join(',')})"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${patch}${texts}</svg>`;
  return { rgba: await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer() };
}

/** Somebody else's portrait in the place of the printed one, its rectangle a little feathered. */
async function otherPortrait(card: FlatCard, other: FlatCard, random: Seeded): Promise<Overlay> {
  const source = await sharp(other.picture.rgb, {
    raw: { width: other.picture.width, height: other.picture.height, channels: 3 },
  })
    .resize(WIDTH, HEIGHT, { fit: 'fill' })
    .modulate({ brightness: random.between(0.75, 0.95), saturation: random.between(0.9, 1.25) })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  const face = card.face!;
  const [grow, down] = [face.width * random.between(0.35, 0.6), face.height * random.between(0.5, 0.8)];
  const left = (face.x - grow) * WIDTH;
  const right = (face.x + face.width + grow) * WIDTH;
  const top = (face.y - face.height * 0.3) * HEIGHT;
  const bottom = (face.y + face.height + down) * HEIGHT;
  const feather = random.between(0.5, 3);
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const inside = Math.min(x - left, right - x, y - top, bottom - y);
      const at = y * WIDTH + x;
      for (let k = 0; k < 3; k++) rgba[4 * at + k] = source[3 * at + k]!;
      rgba[4 * at + 3] = 255 * Math.min(1, Math.max(0, inside / feather));
    }
  }
  return { rgba };
}

/** What an editor would pick with the pipette: the mean of the brighter half of what surrounds the field. */
function groundColour(rgb: Uint8Array, part: CardBox): readonly [number, number, number] {
  const pixels: (readonly [number, number, number])[] = [];
  const [left, right] = [Math.round(part.x * WIDTH), Math.round(Math.min(1, part.x + part.width) * WIDTH)];
  const [top, bottom] = [Math.round(part.y * HEIGHT), Math.round((part.y + part.height) * HEIGHT)];
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right - 1; x += 2) {
      const at = (y * WIDTH + x) * 3;
      pixels.push([rgb[at]!, rgb[at + 1]!, rgb[at + 2]!]);
    }
  }
  pixels.sort((a, b) => b[1] - a[1]);
  const bright = pixels.slice(0, Math.max(1, Math.floor(pixels.length / 2)));
  const mean = (k: 0 | 1 | 2): number => bright.reduce((sum, pixel) => sum + pixel[k], 0) / bright.length;
  return [mean(0), mean(1), mean(2)];
}

function pasted({ frame, corners }: Photo, { rgba }: Overlay): Photo['frame'] {
  const flat: Quad = [
    [0, 0],
    [WIDTH, 0],
    [WIDTH, HEIGHT],
    [0, HEIGHT],
  ];
  const map = homography(corners, flat);
  const rgb = Uint8Array.from(frame.rgb);
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const w = map[6]! * (x + 0.5) + map[7]! * (y + 0.5) + 1;
      const u = (map[0]! * (x + 0.5) + map[1]! * (y + 0.5) + map[2]!) / w - 0.5;
      const v = (map[3]! * (x + 0.5) + map[4]! * (y + 0.5) + map[5]!) / w - 0.5;
      if (u < 0 || v < 0 || u >= WIDTH - 1 || v >= HEIGHT - 1) continue;
      const at = (v | 0) * WIDTH + (u | 0);
      const [fx, fy] = [u - (u | 0), v - (v | 0)];
      const weights = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy] as const;
      const places = [at, at + 1, at + WIDTH, at + WIDTH + 1] as const;
      const alpha = places.reduce((sum, place, i) => sum + weights[i]! * rgba[4 * place + 3]!, 0) / 255;
      if (alpha <= 0) continue;
      for (let k = 0; k < 3; k++) {
        const value =
          places.reduce((sum, place, i) => sum + weights[i]! * rgba[4 * place + 3]! * rgba[4 * place + k]!, 0) /
          255 /
          alpha;
        const to = (y * frame.width + x) * 3 + k;
        rgb[to] = Math.round(frame.rgb[to]! * (1 - alpha) + value * alpha);
      }
    }
  }
  return { ...frame, rgb };
}
