import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { MrzFormat } from '../../../../src/shared/domain/machine-readable-zone.ts';
import { seeded } from '../../liveness/seeded.ts';
import type { ZoneSpecimen } from './people.ts';

/** Sizes and the zone's place in millimetres (Doc 9303 parts 4 to 6: OCR-B size 1, ten characters an inch, six lines an inch). */
const PAGES: Readonly<Record<MrzFormat, { width: number; height: number; left: number; lowestLine: number }>> = {
  TD1: { width: 85.6, height: 53.98, left: 4.7, lowestLine: 6.4 },
  TD2: { width: 105, height: 74, left: 6.8, lowestLine: 7.2 },
  TD3: { width: 125, height: 88, left: 6.6, lowestLine: 7.2 },
};
const PITCH_MM = 2.54;
const LINE_MM = 25.4 / 6;
/** Height of the font's square; printers differ a little. */
const FONT_MM = [3.45, 3.6] as const;
/** How much bolder than drawn, in 1/1000 of the font's square. */
const BOLDER = [0, 30] as const;

const outlinesSchema = z.object({ unitsPerEm: z.number(), outlines: z.record(z.string(), z.string()) });
const fixture = join(import.meta.dirname, '../../../../resources/fonts/ocr-b-outlines.json');
const { unitsPerEm, outlines } = outlinesSchema.parse(JSON.parse(readFileSync(fixture, 'utf8')));

/** Draws the data page at so many pixels a millimetre. Marked as a specimen, with a drawn head in place of a portrait. */
export async function drawPage(
  { contents, lines }: ZoneSpecimen,
  seed: number,
  options: { readonly pixelsPerMm: number },
): Promise<Frame> {
  const { width, height, left, lowestLine } = PAGES[contents.format];
  const draw = seeded('zone page', seed);
  const scale = options.pixelsPerMm;
  const paper = `hsl(${Math.round(draw.between(0, 360))}, ${Math.round(draw.between(10, 35))}%, ${Math.round(draw.between(84, 95))}%)`;
  const size = draw.between(...FONT_MM);
  const weight = draw.between(...BOLDER);
  const waves = Array.from({ length: 26 }, (_, i) => {
    const y = (i * height) / 22 - 6;
    const bend = draw.between(3, 9);
    return `<path d="M0 ${y} C ${width / 3} ${y + bend}, ${width / 1.5} ${y - bend}, ${width} ${y + 4}" stroke="hsl(${(i * 37) % 360},40%,70%)" stroke-width="0.18" fill="none"/>`;
  }).join('');
  const rows = lines.map((line, at) => {
    const y = height - lowestLine - (lines.length - 1 - at) * LINE_MM;
    return [...line].map((text, i) => {
      const place = `translate(${(left + i * PITCH_MM).toFixed(3)} ${y}) scale(${size / unitsPerEm})`;
      return `<path d="${outlines[text]!}" transform="${place}" fill="#1a1a1e" stroke="#1a1a1e" stroke-width="${weight}"/>`;
    });
  });
  const label = (x: number, y: number, text: string, size = 2.6): string =>
    `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}" fill="#222">${text}</text>`;
  const small = contents.format === 'TD1';
  const [x, top, step] = small ? [31, 12, 5] : [45, 18, 7];
  const photo = small ? { x: 4, y: 8, w: 22, h: 26 } : { x: 6, y: 16, w: 32, h: 40 };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="${paper}"/>${waves}
${label(6, 6, 'UTOPIA', 4)}${label(width / 2, 6, 'SPECIMEN 样本', 4)}
<rect x="${photo.x}" y="${photo.y}" width="${photo.w}" height="${photo.h}" fill="#d5dde5"/>
<ellipse cx="${photo.x + photo.w / 2}" cy="${photo.y + photo.h * 0.42}" rx="${photo.w * 0.24}" ry="${photo.h * 0.26}" fill="#c09a80"/>
${label(x, top, contents.surname.replaceAll("'", ' '))}${label(x, top + step, contents.givenNames)}
${label(x, top + 2 * step, contents.documentNumber)}${label(x, top + 3 * step, `${contents.birthDate} UTO`)}
${rows.flat().join('\n')}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
