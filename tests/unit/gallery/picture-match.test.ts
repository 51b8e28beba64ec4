import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { changeBetween, greyOf, greyScreenshot, keptPicture } from '../../support/gallery/picture-match.ts';

const SIZE = { width: 1080, height: 640 };

/** A screen as a drawing: a title, a sentence and a button. */
async function drawn(parts: { button?: number; words?: string; blur?: number; shift?: number } = {}): Promise<Buffer> {
  const { button = 400, words = 'Place your card on the reader', blur = 0, shift = 0 } = parts;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" font-family="DejaVu Sans, Noto Sans CJK SC, sans-serif">
    <rect width="100%" height="100%" fill="#faf8f4"/>
    <g transform="translate(${shift} ${shift})">
      <text x="60" y="120" font-size="64" font-weight="bold" fill="#1d1b18">Verify your identity</text>
      <text x="60" y="200" font-size="32" fill="#5f5a52">${words}</text>
      <rect x="60" y="${button}" width="960" height="112" rx="12" fill="#0b5d5e"/>
      <text x="480" y="${button + 70}" font-size="40" fill="#ffffff">Start</text>
    </g></svg>`;
  const picture = sharp(Buffer.from(drawing));
  return (blur > 0 ? picture.blur(blur) : picture).png().toBuffer();
}

const kept = async (): Promise<Buffer> => keptPicture(await drawn(), SIZE.width);

/** What has changed since the picture was kept. */
async function changeTo(parts: Parameters<typeof drawn>[0]): Promise<string | null> {
  return changeBetween(await greyOf(await kept()), await greyScreenshot(await drawn(parts), SIZE.width));
}

describe('kept pictures', () => {
  it('are the same for the same screen, and for one whose edges are drawn a little otherwise', async () => {
    expect(await changeTo({})).toBeNull();
    expect(await changeTo({ blur: 0.6 })).toBeNull();
    expect(await changeTo({ shift: 0.5 })).toBeNull();
    expect(await changeTo({ shift: 1 })).toBeNull();
  });

  it('tell a button that has moved by 12 px', async () => {
    expect(await changeTo({ button: 412 })).toMatch(/pixels differ/);
  });

  it.each(['Place your hand on the reader', 'Place your card on a reader', 'Place your card on the reader.,;:'])(
    'tell another word: %s',
    async (words) => {
      expect(await changeTo({ words })).toMatch(/pixels differ/);
    },
  );

  it('tell another size, and take little room', async () => {
    const before = await kept();
    const other = await sharp(before).resize({ width: 200 }).webp().toBuffer();
    expect(changeBetween(await greyOf(before), await greyOf(other))).toBe('270 × 160 has become 200 × 119');
    expect(before.length).toBeLessThan(6_000);
  });
});
