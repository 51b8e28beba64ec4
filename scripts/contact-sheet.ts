/**
 * A sheet of pictures with what the quality check says about each, for people to agree or disagree with:
 * `node scripts/contact-sheet.ts [--out FILE.png] [FOLDER…]`. Without a folder, the stills that the tests use.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp, { type OverlayOptions } from 'sharp';
import { openFrameRater, type FrameRating } from '../src/cli/frame-rater.ts';
import type { Result } from '../src/shared/result.ts';
import type { Failure } from '../src/shared/reasons.ts';
import { mediaFolder, modelsFolder, root } from './steps/paths.ts';

const COLUMNS = 4;
const TILE = { width: 320, height: 400, picture: 260, margin: 10, line: 19 };
const STILLS = /\.(jpe?g|png|webp|bmp)$/i;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: path.join(root, 'test-output', 'contact-sheet.png') } },
});
const folders = positionals.length > 0 ? positionals : [mediaFolder];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => STILLS.test(name))
    .sort()
    .map((name) => path.join(folder, name)),
);
if (files.length === 0) throw new Error(`no stills in ${folders.join(', ')}`);

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What stands below a picture: its name, the scores, then each objection as value / limit. */
function linesOf(file: string, rating: Result<FrameRating, Failure>): string[] {
  const name = path.basename(file).slice(0, 36);
  if (!rating.ok) return [name, `refused: ${rating.error.code}`];
  const { quality, sharpness, liveScore, reasons } = rating.value;
  const live = liveScore === null ? '-' : liveScore.toFixed(3);
  const found = reasons.map(({ reason, value, limit }) => `${reason}  ${value.toFixed(2)} / ${limit}`);
  return [
    name,
    `quality ${quality}   live ${live}   sharpness ${sharpness.toFixed(0)}`,
    ...(found.length > 0 ? found : ['nothing to object']),
  ];
}

function caption(lines: readonly string[]): Buffer {
  const text = lines.map((line, i) => {
    const weight = i === 0 ? ' font-weight="bold"' : '';
    return `<text x="${TILE.margin}" y="${TILE.line * (i + 1)}"${weight}>${escaped(line)}</text>`;
  });
  const size = `width="${TILE.width}" height="${TILE.height - TILE.picture}"`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="15">${text.join('')}</svg>`,
  );
}

async function pictureOf(file: string): Promise<Buffer> {
  const size = { width: TILE.width - 2 * TILE.margin, height: TILE.picture - 2 * TILE.margin };
  const nothing = sharp({ create: { ...size, channels: 3, background: '#bbb' } });
  return sharp(file)
    .rotate()
    .resize({ ...size, fit: 'contain', background: '#eee' })
    .png()
    .toBuffer()
    .catch(() => nothing.png().toBuffer());
}

const rater = await openFrameRater(modelsFolder);
if (!rater.ok) throw new Error(`${rater.error.code}: ${rater.error.detail ?? ''}`);
const tiles: OverlayOptions[] = [];
for (const [i, file] of files.entries()) {
  const left = (i % COLUMNS) * TILE.width;
  const top = Math.floor(i / COLUMNS) * TILE.height;
  const lines = linesOf(file, await rater.value(file));
  tiles.push({ input: await pictureOf(file), left: left + TILE.margin, top: top + TILE.margin });
  tiles.push({ input: caption(lines), left, top: top + TILE.picture });
}
mkdirSync(path.dirname(values.out), { recursive: true });
const height = Math.ceil(files.length / COLUMNS) * TILE.height;
await sharp({ create: { width: COLUMNS * TILE.width, height, channels: 3, background: '#fff' } })
  .composite(tiles)
  .png()
  .toFile(values.out);
console.log(`${files.length} pictures: ${path.relative(process.cwd(), values.out)}`);
