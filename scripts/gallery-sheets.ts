import { mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { openGallery, type OpenGallery, type ScreenSize } from '../tests/support/gallery/gallery-browser.ts';
import { galleryWindows, type GalleryWindow } from '../tests/support/gallery/gallery-site.ts';
import { screensOf, showScreen } from '../tests/support/gallery/screen-pass.ts';
import type { GalleryScreen } from '../src/renderer/ui/gallery/gallery-screen.ts';

const PORTRAIT = { width: 1080, height: 1920 };
const LANDSCAPE = { width: 1366, height: 768 };
const CAPTION_PX = 22;
const GAP_PX = 12;
/** Width of a picture on the sheet, and how many stand side by side. */
const TILE = { portrait: { width: 220, columns: 12 }, landscape: { width: 440, columns: 6 } };
/** A sheet with more rows is hard to look at. */
const ROWS = 6;

interface Sheet {
  readonly window: GalleryWindow;
  readonly name: string;
  readonly size: ScreenSize;
  readonly look: string;
  readonly groups: readonly string[];
}

const SHEETS: readonly Sheet[] = [
  ...[PORTRAIT, LANDSCAPE].flatMap((size) =>
    ['lang=zh-CN', 'lang=en', 'lang=zh-CN&elder', 'lang=en&dark'].map((look) => ({
      window: 'kiosk' as const,
      name: `kiosk-${size === PORTRAIT ? 'portrait' : 'landscape'}-${look.replace('lang=', '').replace('&', '-')}`,
      size,
      look,
      groups: ['screens'],
    })),
  ),
  ...(['admin', 'clerk'] as const).flatMap((window) =>
    ['lang=zh-CN', 'lang=en', 'lang=en&dark'].map((look) => ({
      window,
      name: `${window}-${look.replace('lang=', '').replace('&', '-')}`,
      size: LANDSCAPE,
      look,
      groups: [],
    })),
  ),
  ...['lang=zh-CN', 'lang=en&dark', 'lang=en&elder', 'lang=en&branded'].map((look) => ({
    window: 'ui' as const,
    name: `components-${look.replace('lang=', '').replace('&', '-')}`,
    size: LANDSCAPE,
    look,
    groups: [],
  })),
];

function caption(text: string, width: number): Buffer {
  const safe = text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${CAPTION_PX}" font-family="sans-serif" font-size="14"><text x="2" y="16">${safe}</text></svg>`,
  );
}

async function compose(
  pictures: readonly { name: string; picture: Buffer }[],
  sheet: Sheet,
  file: string,
): Promise<void> {
  const { width, columns } = sheet.size === PORTRAIT ? TILE.portrait : TILE.landscape;
  const height = Math.round((width * sheet.size.height) / sheet.size.width);
  const [across, down] = [width + GAP_PX, height + CAPTION_PX + GAP_PX];
  const tiles: OverlayOptions[] = [];
  for (const [at, { name, picture }] of pictures.entries()) {
    const [left, top] = [(at % columns) * across, Math.floor(at / columns) * down];
    tiles.push({ input: caption(name, width), left, top });
    tiles.push({ input: await sharp(picture).resize({ width, height }).png().toBuffer(), left, top: top + CAPTION_PX });
  }
  const rows = Math.ceil(pictures.length / columns);
  await sharp({ create: { width: columns * across, height: rows * down, channels: 3, background: '#8a8a8a' } })
    .composite(tiles)
    .png({ compressionLevel: 9, palette: true })
    .toFile(file);
}

async function take(gallery: OpenGallery, sheet: Sheet, folder: string): Promise<void> {
  const page = await gallery.open(sheet.window, sheet.size);
  const isWanted = ({ group }: GalleryScreen) => sheet.groups.length === 0 || sheet.groups.includes(group);
  const pictures: { name: string; picture: Buffer }[] = [];
  for (const { name, address } of (await screensOf(page)).filter(isWanted)) {
    await showScreen(page, `${address}&${sheet.look}`);
    pictures.push({ name, picture: await page.screenshot() });
  }
  await page.context().close();
  const perSheet = ROWS * (sheet.size === PORTRAIT ? TILE.portrait.columns : TILE.landscape.columns);
  for (let from = 0; from < pictures.length; from += perSheet) {
    const file = path.join(folder, `${sheet.name}${from === 0 ? '' : `-${from / perSheet + 1}`}.png`);
    await compose(pictures.slice(from, from + perSheet), sheet, file);
    console.log(file);
  }
}

/** Contact sheets of every screen of every window into a folder, by size, language and look; `words`: only of those. */
export async function contactSheets(folder: string, words: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const windows = galleryWindows();
  const gallery = await openGallery(windows);
  if (gallery === null) throw new Error('no browser is installed');
  const isWanted = ({ window, name }: Sheet) =>
    windows.includes(window) && (words.length === 0 || words.some((word) => name.includes(word)));
  for (const sheet of SHEETS.filter(isWanted)) await take(gallery, sheet, folder);
  for (const complaint of gallery.complaints) console.error(complaint);
  await gallery.close();
}
