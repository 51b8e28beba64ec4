// Ten photographs of specimens with what was read from each beside it, for looking at one by one:
// node scripts/document-sheet.ts OUT [--seed-from N] [--level LEVEL]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { LEVELS } from '../tests/accuracy/documents/degradations/levels.ts';
import { openReader } from '../tests/accuracy/documents/open-reader.ts';
import { fieldsOf, readTrial, type ReadTrial } from '../tests/accuracy/documents/reading-trial.ts';

const ROW = { width: 1400, photo: 620, height: 420 } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'seed-from': { type: 'string', default: '101' },
    level: { type: 'string', default: 'moderate' },
  },
});
const level = LEVELS.find((name) => name === values.level);
if (positionals[0] === undefined || level === undefined) {
  console.error('node scripts/document-sheet.ts OUT [--seed-from N] [--level none|mild|moderate|severe]');
  process.exit(2);
}
const out = resolve(positionals[0]);
mkdirSync(out, { recursive: true });
const reader = await openReader(1);
const rows: string[] = [];
for (let i = 0; i < 10; i++) {
  const seed = Number(values['seed-from']) + 2 * i;
  const trial = await readTrial(reader, { seed, side: i % 3 === 2 ? 'back' : 'front', level, cause: null });
  const file = `specimen-${String(i + 1).padStart(2, '0')}.png`;
  await sharp(await row(trial)).toFile(join(out, file));
  rows.push(`<p><img src="${file}" width="${ROW.width}" alt=""></p>`);
  console.error(`${i + 1} of 10`);
}
await reader.release();
writeFileSync(
  join(out, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Specimens</title>${rows.join('\n')}\n`,
);
console.log(`Written to ${out}`);

async function row({ outcome, photo, specimen, reading }: ReadTrial): Promise<Buffer> {
  const { width, height } = photo.picture;
  const outline = reading?.outline?.map(([x, y]) => `${x * width},${y * height}`).join(' ');
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><polygon points="${outline ?? ''}" fill="none" stroke="#1fd655" stroke-width="${width / 400}"/></svg>`;
  const marked = await sharp(photo.jpeg)
    .composite([{ input: Buffer.from(drawn) }])
    .png()
    .toBuffer();
  const picture = await sharp(marked).resize(ROW.photo, ROW.height, { fit: 'contain', background: '#222' }).toBuffer();
  const fields = reading === null ? {} : fieldsOf(reading);
  const lines = [
    `seed ${outcome.seed}, ${outcome.side}, ${width} × ${height}, ${photo.desk}, ${outcome.turns} quarter turns; ${outcome.tookMs} ms`,
    outcome.refused === null ? `turned ${outcome.turnsRead}` : `REFUSED ${outcome.refused}`,
    `warnings: ${outcome.raised.join(', ') || 'none'}`,
    ...Object.entries(specimen.fields).flatMap(([field, truth]) => {
      const read = fields[field];
      const right = outcome.fields[field as keyof typeof outcome.fields]?.errors === 0;
      const told = `${right ? '✓' : '✗'} ${field}: ${read?.text ?? '–'}  ${(read?.confidence ?? 0).toFixed(2)} ${read?.doubt ?? ''}`;
      return right ? [told] : [told, `     truth: ${truth}`];
    }),
  ];
  const text = lines.map(
    (line, i) =>
      `<text x="14" y="${30 + i * 26}" font-size="18" font-family="Noto Sans CJK SC" fill="${line.startsWith('✗') || line.startsWith('REFUSED') ? '#c02030' : '#222'}">${line}</text>`,
  );
  const side = `<svg xmlns="http://www.w3.org/2000/svg" width="${ROW.width - ROW.photo}" height="${ROW.height}"><rect width="100%" height="100%" fill="#fafafa"/>${text.join('')}</svg>`;
  return sharp({ create: { width: ROW.width, height: ROW.height, channels: 3, background: '#fafafa' } })
    .composite([
      { input: picture, left: 0, top: 0 },
      { input: Buffer.from(side), left: ROW.photo, top: 0 },
    ])
    .png()
    .toBuffer();
}
