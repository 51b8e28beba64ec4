import sharp from 'sharp';
import { seeded } from '../../liveness/seeded.ts';

/** How many papers there are; a specimen takes one of them. */
export const PAPERS = 6;

const kept = new Map<string, Promise<Uint8Array>>();

/**
 * The pale print below the text, as a PNG file: fine waves in red, blue and green. It looks as busy as a card's and
 * shows nothing that protects a real one.
 */
export function paper(index: number, width: number, height: number): Promise<Uint8Array> {
  const key = `${index}/${width}x${height}`;
  const picture = kept.get(key) ?? draw(index, width, height);
  kept.set(key, picture);
  return picture;
}

function draw(index: number, width: number, height: number): Promise<Uint8Array> {
  const random = seeded(index, 'paper');
  const bundle = (colour: string, opacity: number): string => {
    const waves = random.between(1.2, 3.2);
    const swing = height * random.between(0.05, 0.13);
    const phase = random.between(0, 6.28);
    const drift = random.between(0.015, 0.06);
    const lines = Array.from({ length: 46 }, (_, line) =>
      wave(width, height * (line / 40 - 0.05), swing, waves, phase + line * drift),
    );
    return `<path d="${lines.join('')}" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="${width / 1100}" fill="none"/>`;
  };
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="0.3">` +
    `<stop offset="0" stop-color="#e9f0f4"/><stop offset="0.5" stop-color="#f6eef0"/><stop offset="1" stop-color="#e6f2ee"/></linearGradient></defs>` +
    `<rect width="${width}" height="${height}" fill="url(#g)"/>${bundle('#c2566b', 0.28)}${bundle('#4f86b8', 0.3)}${bundle('#5fa58a', 0.25)}</svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
}

function wave(width: number, y: number, swing: number, waves: number, phase: number): string {
  const points = Array.from({ length: 61 }, (_, i) => {
    const x = (i / 60) * width;
    const at =
      y + swing * Math.sin((i / 60) * waves * 6.283 + phase) + swing * 0.3 * Math.sin((i / 60) * waves * 17 - phase);
    return `${x.toFixed(1)} ${at.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
