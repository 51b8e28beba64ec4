import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import type { GalleryScreen } from '../../../src/renderer/ui/gallery/gallery-screen.ts';
import type { OpenGallery, ScreenSize } from './gallery-browser.ts';
import type { GalleryWindow } from './gallery-site.ts';
import { KEYBOARD_PROBE, keyboardFaults } from './keyboard-pass.ts';
import { isRenewing, PictureBook } from './picture-book.ts';
import { giveAxe, giveCheck, onEach, screensOf, showScreen } from './screen-pass.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
const LIMIT_MS = 240_000;

/** What is checked on the screens of one window at one size. Each check goes through all screens on one page. */
export interface WindowPass {
  readonly window: GalleryWindow;
  readonly size: ScreenSize;
  readonly gallery: () => OpenGallery;
  /** Which screens a check is for. */
  readonly only?: (screen: GalleryScreen) => boolean;
}

async function onPage(pass: WindowPass, search: string, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await pass.gallery().open(pass.window, pass.size, search);
  try {
    await use(page);
  } finally {
    await page.context().close();
  }
}

async function wantedScreens(page: Page, { only = () => true }: WindowPass): Promise<readonly GalleryScreen[]> {
  const screens = (await screensOf(page)).filter(only);
  expect(screens.length).toBeGreaterThan(0);
  return screens;
}

/** Nothing is cut off, lies over something else or sticks out, in each look; `argument` of the check by look. */
export function itFits<Argument>(
  pass: WindowPass,
  looks: readonly string[],
  check: (argument: Argument) => readonly string[],
  argument: (look: string) => Argument,
): void {
  it.each(looks)('fits every screen: %s', { timeout: LIMIT_MS }, async (look) => {
    await onPage(pass, look.includes('pseudo') ? '?pseudo' : '', async (page) => {
      await giveCheck(page, 'faultsOf', check);
      // The kiosk's fixtures are drawn at once; what measures itself needs one frame more.
      if (pass.window === 'kiosk') await page.evaluate('window.quietFrames = 1');
      const screens = await wantedScreens(page, pass);
      expect(await onEach(page, screens, look, `faultsOf(${JSON.stringify(argument(look))})`)).toEqual([]);
    });
  });
}

/** No violation of the accessibility rules, in each look. */
export function itIsAccessible(pass: WindowPass, looks: readonly string[]): void {
  it.each(looks)('has no accessibility violations: %s', { timeout: LIMIT_MS }, async (look) => {
    await onPage(pass, '', async (page) => {
      await giveAxe(page);
      expect(await onEach(page, await wantedScreens(page, pass), look, 'axeViolations()')).toEqual([]);
    });
  });
}

/** Tab alone reaches every control, in the order of reading, with the focus to be seen, and never in a trap. */
export function itServesKeyboards(pass: WindowPass, look: string): void {
  it(`can be used by keyboard alone: ${look}`, { timeout: LIMIT_MS }, async () => {
    await onPage(pass, '', async (page) => {
      await page.evaluate(KEYBOARD_PROBE);
      const found: string[] = [];
      for (const { name, address } of await wantedScreens(page, pass)) {
        await showScreen(page, `${address}&${look}`);
        for (const fault of await keyboardFaults(page)) found.push(`${name}: ${fault}`);
      }
      expect(found).toEqual([]);
    });
  });
}

/** Looks as in the kept pictures, in both languages; where other fonts are installed this is skipped and says so. */
export function itLooksAsKept(pass: WindowPass): void {
  it.for(LANGUAGES)('looks as it did: %s', { timeout: LIMIT_MS }, async (language, context) => {
    await onPage(pass, '', async (page) => {
      const unlike = await PictureBook.unlike(page);
      if (unlike !== null) {
        console.warn(`pictures not compared: ${unlike}`);
        context.skip();
      }
      const { size } = pass;
      const book = new PictureBook(`${pass.window}/${size.width}x${size.height}-${language}`);
      const session = await page.context().newCDPSession(page);
      for (const { name, address } of await wantedScreens(page, pass)) {
        const show = (): Promise<void> => showScreen(page, `${address}&lang=${language}`);
        await show();
        await book.take(session, name, size, show);
      }
      const changes = await book.report();
      if (isRenewing) console.log(`${pass.window} ${size.width} × ${size.height} ${language}: pictures renewed`);
      expect(changes).toEqual([]);
    });
  });
}

/** The pages complained of nothing while all that was done. */
export function itComplainsOfNothing(gallery: () => OpenGallery): void {
  it('complained of nothing', () => {
    expect(gallery().complaints).toEqual([]);
  });
}
