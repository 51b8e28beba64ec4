import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REASON_FIXTURES } from '../../src/renderer/kiosk/gallery/reason-fixtures.ts';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { openKioskGallery, type KioskGallery } from '../support/kiosk-gallery.ts';

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1366, height: 768 },
] as const;
const LOOKS = ['lang=zh-CN', 'lang=en', 'lang=zh-CN&elder', 'lang=en&elder&demo'] as const;
const CARD_SCREENS = ['card', 'card-reading', ...REASON_FIXTURES.filter((name) => name.startsWith('card:'))];

const hasBrowser = findBrowser() !== undefined;
if (!hasBrowser) console.log('skipped: no Chromium found (install one, or set COUNTERSIGN_CHROMIUM to its path)');

let gallery: KioskGallery;
beforeAll(async () => {
  if (!hasBrowser) return;
  const opened = await openKioskGallery();
  if (!opened) throw new Error('the gallery did not open');
  gallery = opened;
});
afterAll(async () => {
  if (hasBrowser) await gallery.close();
});

async function placeOf(page: Page, selector: string): Promise<readonly number[]> {
  const box = await page.locator(selector).boundingBox();
  return box ? [box.x, box.y, box.width, box.height].map(Math.round) : [];
}

describe.skipIf(!hasBrowser).each(SIZES)('cards and readers at $width × $height', (size) => {
  it.each(LOOKS)(
    'moves neither drawing nor title nor buttons from phase to phase and from try to try: %s',
    async (look) => {
      const page = await gallery.newPage(size);
      const places: Record<string, unknown> = {};
      for (const name of CARD_SCREENS) {
        await gallery.show(page, `screen=${name}&${look}`);
        const [, top] = await placeOf(page, 'h1');
        places[name] = [await placeOf(page, '.card-art'), top, await placeOf(page, '.screen-actions')];
      }
      expect(places).toEqual(Object.fromEntries(CARD_SCREENS.map((name) => [name, places['card']])));
      await page.context().close();
    },
  );
});

describe.skipIf(!hasBrowser)('the card screen', () => {
  it('shows what helps after each failed try', async () => {
    const page = await gallery.newPage(SIZES[0]);
    const shown: Record<string, string | null> = {};
    for (const name of CARD_SCREENS) {
      await gallery.show(page, `screen=${name}`);
      shown[name] = await page.locator('.card-art').getAttribute('data-guide');
    }
    expect(shown).toEqual({
      card: 'lay',
      'card-reading': 'reading',
      'card:card.left-on-reader': 'again',
      'card:card.pulled': 'stay',
      'card:card.read-failed': 'again',
      'card:card.select-failed': 'one',
      'card:card.malformed': 'again',
    });
    await page.context().close();
  });

  it('moves nothing for people who asked for less motion, and the drawing is still whole', async () => {
    const page = await gallery.newPage(SIZES[0]);
    for (const name of CARD_SCREENS) {
      await gallery.show(page, `screen=${name}`);
      expect(await page.evaluate('document.getAnimations().length'), name).toBe(0);
    }
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await gallery.show(page, 'screen=card:card.read-failed&again');
    expect(await page.evaluate('document.getAnimations().length')).toBeGreaterThan(0);
    await page.context().close();
  });

  it('tells staff what to do where a reader puts the kiosk out of service, and visitors only where to go', async () => {
    const page = await gallery.newPage(SIZES[1]);
    await gallery.show(page, 'screen=maintenance:reader.port-busy&lang=en');
    const [lead, staff] = [
      await page.locator('.lead').textContent(),
      await page.locator('.staff-line').allTextContents(),
    ];
    expect(lead).toBe(
      'The card reader is in use elsewhere. Please go to the counter. We are sorry for the inconvenience.',
    );
    expect(staff.join()).toMatch(/^For staff: Another program holds the port.*Reason reader\.port-busy$/);
    await page.context().close();
  });

  it('complained of nothing', () => {
    if (gallery) expect(gallery.complaints).toEqual([]);
  });
});
