import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import sharp, { type OverlayOptions } from 'sharp';
import { changeBetween, greyOf, greyScreenshot, keptPicture } from './picture-match.ts';
import type { ScreenSize } from './gallery-browser.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const BASELINE = path.join(ROOT, 'tests/visual/baseline');
const OUTPUT = path.join(ROOT, 'test-output/visual');
const FONTS = path.join(BASELINE, 'fonts.json');
/** Words of both languages, to see which fonts a machine draws them with. */
const SAMPLE = '核验身份 Verify 0123456789';

export const isRenewing = process.env['COUNTERSIGN_RENEW_PICTURES'] === '1';

/** The fonts that a page is drawn with here, and how wide they make a line: other fonts make other pictures. */
export async function fontsOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(`{
    const sample = document.createElement('span');
    sample.id = 'font-sample';
    const look = { position: 'absolute', font: '16px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif' };
    for (const [name, value] of Object.entries(look)) sample.style.setProperty(name, value);
    sample.style.setProperty('white-space', 'nowrap');
    sample.textContent = ${JSON.stringify(SAMPLE)};
    document.body.append(sample);
  }`);
  // Which fonts are used is known only once the words have been drawn.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#font-sample' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  const width = await page.evaluate(
    "(() => { const s = document.getElementById('font-sample'); const w = s.getBoundingClientRect().width; s.remove(); return Math.round(w); })()",
  );
  await session.detach();
  return `${fonts
    .map(({ familyName }) => familyName)
    .toSorted()
    .join(', ')}; ${String(width)} px`;
}

/** A picture that differs is taken again before it counts: a busy machine paints a camera's picture late. */
const RETAKES = 5;
const RETAKE_AFTER_MS = 400;

interface Change {
  readonly name: string;
  readonly what: string;
  readonly before: Buffer | null;
  readonly after: Buffer;
}

/** The kept pictures of one set of screens: compares with them, or writes them anew. */
export class PictureBook {
  readonly changes: Change[] = [];
  readonly #folder: string;
  readonly #set: string;
  readonly #seen = new Set<string>();

  constructor(set: string) {
    this.#set = set;
    this.#folder = path.join(BASELINE, set);
    if (isRenewing) rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Why pictures made here can't be compared with the kept ones; null where they can. */
  static async unlike(page: Page): Promise<string | null> {
    const here = await fontsOf(page);
    if (isRenewing) {
      mkdirSync(BASELINE, { recursive: true });
      writeFileSync(FONTS, `${JSON.stringify({ fonts: here }, null, 2)}\n`);
      return null;
    }
    if (!existsSync(FONTS)) return 'no pictures are kept';
    const { fonts } = JSON.parse(readFileSync(FONTS, 'utf8')) as { fonts: string };
    return fonts === here ? null : `the pictures were made with ${fonts}; here it is ${here}`;
  }

  /**
   * Takes the page as it stands and holds it against the kept picture of this name. One that differs is shown and taken
   * again a few times, since only a difference that stays is a change of the screen.
   */
  async take(session: CDPSession, name: string, size: ScreenSize, showAgain: () => Promise<void>): Promise<void> {
    const file = path.join(this.#folder, `${name.replaceAll(/[^\w.-]/g, '_')}.webp`);
    this.#seen.add(path.basename(file));
    if (isRenewing) {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(file, await keptPicture(await screenshotOf(session), size.width));
      return;
    }
    const before = existsSync(file) ? readFileSync(file) : null;
    const expected = before && (await greyOf(before));
    for (let left = before === null ? 0 : RETAKES; ; left -= 1) {
      const screenshot = await screenshotOf(session);
      // Most are the same without the loss of compression too, which takes longest.
      if (expected && changeBetween(expected, await greyScreenshot(screenshot, size.width)) === null) return;
      const after = await keptPicture(screenshot, size.width);
      const what = expected ? changeBetween(expected, await greyOf(after)) : 'is new';
      if (what === null) return;
      if (left === 0) {
        this.changes.push({ name, what, before, after });
        return;
      }
      await setTimeout(RETAKE_AFTER_MS);
      // It may only have been late; if not, it is drawn from the beginning.
      if (left < RETAKES) await showAgain();
    }
  }

  /** What has changed, a line each; the pictures side by side go to test-output/visual. */
  async report(): Promise<readonly string[]> {
    const kept = existsSync(this.#folder) ? readdirSync(this.#folder) : [];
    const gone = kept.filter((file) => !this.#seen.has(file)).map((file) => `${this.#set}/${file}: is no longer shown`);
    if (this.changes.length > 0) await this.#compose();
    return [...this.changes.map(({ name, what }) => `${this.#set}/${name}: ${what}`), ...gone];
  }

  async #compose(): Promise<void> {
    const tiles: OverlayOptions[] = [];
    let [top, width] = [0, 0];
    for (const { before, after } of this.changes) {
      const size = await sharp(after).metadata();
      const pictures = before === null ? [after] : [before, after, await difference(before, after)];
      for (const [at, input] of pictures.entries()) tiles.push({ input, top, left: at * (size.width + 8) });
      width = Math.max(width, 3 * (size.width + 8));
      top += size.height + 8;
    }
    mkdirSync(OUTPUT, { recursive: true });
    await sharp({ create: { width, height: top, channels: 3, background: '#ffffff' } })
      .composite(tiles)
      .png()
      .toFile(path.join(OUTPUT, `${this.#set.replaceAll('/', '-')}.png`));
  }
}

/** Of what the browser can write this is written fastest, by far. */
async function screenshotOf(session: CDPSession): Promise<Buffer> {
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  return Buffer.from(data, 'base64');
}

/** Dark where two pictures differ. */
async function difference(before: Buffer, after: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(before).metadata();
  const resized = await sharp(after).resize({ width, height, fit: 'fill' }).toBuffer();
  // Negating comes first within one pipeline, whatever the order of the calls: hence two.
  const differing = await sharp(before)
    .composite([{ input: resized, blend: 'difference' }])
    .removeAlpha()
    .png()
    .toBuffer();
  return sharp(differing).negate({ alpha: false }).png().toBuffer();
}
