import sharp from 'sharp';
import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';
import { CARD_SIZES_MM, type CardSize } from '../../../src/main/inference/documents/contract.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';

/** What lies in a scene. Everything on them is drawn and nobody's. */
export const CARD_FACES = ['id-front', 'id-back', 'bank-light', 'bank-dark', 'passport'] as const;
export type CardFace = (typeof CARD_FACES)[number];

/** Dots per millimetre. */
const DOTS = 12;

export function sizeOfFace(face: CardFace): CardSize {
  return face === 'passport' ? 'ID-3' : 'ID-1';
}

type Random = () => number;

/** A row of strokes that has the look of text from afar. */
function row(random: Random, x: number, y: number, height: number, characters: number, colour = '#222'): string {
  const parts: string[] = [];
  for (let i = 0; i < characters; i++) {
    const left = x + i * height * 1.05;
    for (let stroke = 0; stroke < 5; stroke++) {
      const upright = random() < 0.5;
      const dx = left + random() * height * 0.7;
      const dy = y + random() * height * 0.8;
      parts.push(
        `<rect x="${dx}" y="${upright ? y : dy}" width="${upright ? height * 0.12 : height * 0.7 - (dx - left)}" height="${upright ? height : height * 0.12}" fill="${colour}"/>`,
      );
    }
  }
  return parts.join('');
}

function portrait(x: number, y: number, width: number, height: number): string {
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#dfe5ea"/>` +
    `<ellipse cx="${x + width / 2}" cy="${y + height * 0.45}" rx="${width * 0.28}" ry="${height * 0.28}" fill="#c9a58c"/>` +
    `<ellipse cx="${x + width / 2}" cy="${y + height * 0.28}" rx="${width * 0.3}" ry="${height * 0.16}" fill="#2b2422"/>` +
    `<path d="M${x} ${y + height} Q${x + width / 2} ${y + height * 0.6} ${x + width} ${y + height} Z" fill="#34405a"/>`
  );
}

function drawing(face: CardFace, random: Random): string {
  switch (face) {
    case 'id-front':
      return (
        `<rect width="86" height="54" fill="url(#pale)"/>` +
        [8, 16, 24, 32, 37].map((y, i) => row(random, 6, y, i < 3 ? 3 : 2.8, 5 + i * 2)).join('') +
        row(random, 24, 46, 3.2, 16) +
        portrait(57, 8, 24, 31)
      );
    case 'id-back':
      return (
        `<rect width="86" height="54" fill="url(#pale)"/><circle cx="16" cy="14" r="9" fill="#c23b33"/>` +
        row(random, 32, 9, 5, 8) +
        row(random, 30, 19, 6, 7) +
        row(random, 20, 40, 3, 14) +
        row(random, 20, 46, 3, 16)
      );
    case 'bank-light':
    case 'bank-dark': {
      const dark = face === 'bank-dark';
      const ink = dark ? '#e8e8e8' : '#333';
      return (
        `<rect width="86" height="54" fill="url(#${dark ? 'deep' : 'pale'})"/>` +
        `<circle cx="${60 + 10 * random()}" cy="${30 + 8 * random()}" r="22" fill="${dark ? '#2c4a86' : '#d4e3d4'}"/>` +
        `<rect x="9" y="18" width="11" height="9" rx="1.5" fill="#cfae5b"/>` +
        row(random, 9, 31, 3.6, 17, ink) +
        row(random, 9, 44, 2.4, 10, ink) +
        row(random, 6, 6, 4, 6, ink)
      );
    }
    case 'passport':
      return (
        `<rect width="125" height="88" fill="url(#rose)"/>` +
        portrait(6, 18, 32, 40) +
        [10, 18, 26, 34, 42, 50].map((y, i) => row(random, 45, y, 2.6, 12 + ((i * 5) % 12))).join('') +
        `<rect y="65" width="125" height="23" fill="#f2efe9"/>` +
        row(random, 5, 70, 2.5, 44) +
        row(random, 5, 78, 2.5, 44)
      );
  }
}

/** Draws a face of a card, 12 dots a millimetre. */
export async function drawFace(face: CardFace, seed: number): Promise<Frame> {
  const { width, height } = CARD_SIZES_MM[sizeOfFace(face)];
  const gradient = (id: string, from: string, to: string): string =>
    `<linearGradient id="${id}" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * DOTS}" height="${height * DOTS}" viewBox="0 0 ${width} ${height}">` +
    `<defs>${gradient('pale', '#e9eff2', '#d5dfe6')}${gradient('deep', '#182b55', '#0c1530')}${gradient('rose', '#efe2dd', '#e0e2ea')}</defs>` +
    `${drawing(face, seededRandom(seed + 1))}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}
