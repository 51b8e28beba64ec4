// Draws the characters of machine-readable zones from their outlines (resources/fonts/ocr-b-outlines.json) as small grey
// pictures and writes them to src/main/inference/documents/zone/ocr-b-prototypes.ts: node scripts/make-zone-prototypes.ts
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import sharp from 'sharp';
import { z } from 'zod';
import { PATCH } from '../src/main/inference/documents/zone/patch-size.ts';
import { MRZ_ALPHABET } from '../src/shared/domain/mrz-characters.ts';
import { root } from './steps/paths.ts';

/** Drawn so many times larger, then averaged. */
const FINER = 8;
/** Middle of the capitals above the line they stand on, as a share of the em. */
const MIDDLE = 0.35;

const outlinesSchema = z.object({
  unitsPerEm: z.number(),
  advance: z.number(),
  outlines: z.record(z.string(), z.string()),
});
const fixture: unknown = JSON.parse(await readFile(join(root, 'resources/fonts/ocr-b-outlines.json'), 'utf8'));
const { unitsPerEm, advance, outlines } = outlinesSchema.parse(fixture);

async function drawn(outline: string): Promise<string> {
  const [width, height] = [PATCH.across * FINER, PATCH.down * FINER];
  const scale = (PATCH.across * FINER) / (PATCH.width * advance);
  const [left, top] = [width / 2 - (advance / 2) * scale, height / 2 + MIDDLE * unitsPerEm * scale];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>
<path transform="translate(${left} ${top}) scale(${scale})" d="${outline}"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true });
  const digits = Array.from({ length: PATCH.across * PATCH.down }, (_, at) => {
    const [x, y] = [(at % PATCH.across) * FINER, Math.floor(at / PATCH.across) * FINER];
    let sum = 0;
    for (let i = 0; i < FINER; i++) {
      for (let k = 0; k < FINER; k++) sum += 255 - data[((y + i) * info.width + x + k) * info.channels]!;
    }
    return Math.round((sum / (FINER * FINER) / 255) * 15).toString(16);
  });
  return digits.join('');
}

const entries: string[] = [];
for (const character of MRZ_ALPHABET) entries.push(`['${character}', '${await drawn(outlines[character]!)}']`);
const file = join(root, 'src/main/inference/documents/zone/ocr-b-prototypes.ts');
const text = `/**
 * The characters of OCR-B, one hexadecimal digit (0 paper … f ink) a pixel, rows from above, in the size of \`PATCH\`.
 * Written by scripts/make-zone-prototypes.ts; the font's authors let it be used freely (docs/documents/zones.md).
 */
export const OCR_B_PROTOTYPES: readonly (readonly [character: string, ink: string])[] = [${entries.join(',\n')}];
`;
await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
console.log(`${entries.length} characters written`);
