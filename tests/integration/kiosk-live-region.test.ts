import type { Page } from '@playwright/test';
import { expect, it, describe, beforeAll, afterAll } from 'vitest';
import { z } from 'zod';
import {
  fixtureProgress,
  FIXTURE_NAMES,
  fixtureView,
  type AnyFixture,
} from '../../src/renderer/kiosk/gallery/fixtures.ts';
import { DOCUMENT_FIXTURES } from '../../src/renderer/kiosk/gallery/document-fixtures.ts';
import { REASON_FIXTURES } from '../../src/renderer/kiosk/gallery/reason-fixtures.ts';
import { spokenText } from '../../src/renderer/kiosk/speech/spoken-text.ts';
import { translator, wordingFor } from '../../src/renderer/i18n/translation.ts';
import { describeGallery } from '../support/gallery/suite.ts';
import { findBrowser } from '../support/liveness-loop.ts';
import { BASE_VIEW as BASE, openWipePage, type ShownView, type WipePage } from '../support/wipe-page.ts';

const ALL: readonly AnyFixture[] = [...FIXTURE_NAMES, ...DOCUMENT_FIXTURES, ...REASON_FIXTURES];
const LANGUAGES = ['zh-CN', 'en'] as const;

const heardSchema = z.object({
  urgent: z.string(),
  polite: z.array(z.string()),
  places: z.number(),
  visible: z.boolean(),
  otherwise: z.array(z.string()),
});
type Heard = z.infer<typeof heardSchema>;

/** What both parts hold, whether any of it can be seen, and every other place that holds the same words and is read. */
const HEARD = `(() => {
  const urgent = document.querySelector('[data-live="urgent"]');
  const polite = document.querySelector('[data-live="polite"]');
  const parts = [...polite.children].map((part) => part.textContent);
  const said = [urgent.textContent, ...parts].filter((text) => text !== '');
  const others = [...document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=alertdialog]')]
    // What is said of typed digits is said as they are typed; it stands there silently before.
    .filter((place) => !place.classList.contains('entry-note'))
    .filter((place) => place !== urgent && place !== polite);
  const seen = (place) => {
    const style = getComputedStyle(place);
    const { width, height } = place.getBoundingClientRect();
    return style.clipPath !== 'inset(50%)' || style.position !== 'absolute' || width > 1 || height > 1;
  };
  return {
    urgent: urgent.textContent,
    polite: parts,
    places: document.querySelectorAll('[data-live]').length,
    visible: seen(urgent) || seen(polite),
    otherwise: others.map((place) => place.textContent).filter((text) => text.length > 2 && said.some((one) => one.includes(text))),
  };
})()`;

async function heardOn(page: Page): Promise<Heard> {
  return heardSchema.parse(await page.evaluate(HEARD));
}

/** Told at once before what the voice says: the screen knows of it alone. */
const OWN_URGENT: ReadonlySet<AnyFixture> = new Set<AnyFixture>(['document-refused', 'document-instead']);

describeGallery('what a screen reader is told of every kiosk screen', 'kiosk', (gallery) => {
  it.each(LANGUAGES.flatMap((language) => [[language, false] as const, [language, true] as const]))(
    'is what the voice says, once, and not to be seen: %s, large text %s',
    { timeout: 120_000 },
    async (language, elder) => {
      const page = await gallery().open('kiosk', { width: 1366, height: 768 });
      await expect.poll(() => page.evaluate(`'gallery' in window`)).toBe(true);
      await page.evaluate('window.quietFrames = 1');
      const t = translator(wordingFor(language, elder));
      const faults: unknown[] = [];
      for (const name of ALL) {
        await page.evaluate(
          `window.gallery.show(${JSON.stringify(`screen=${name}&lang=${language}${elder ? '&elder' : ''}`)})`,
        );
        const heard = await heardOn(page);
        const { opening, now } = spokenText(
          fixtureView(name, { language, elder, demo: false }),
          fixtureProgress(name),
          t,
        );
        const own = OWN_URGENT.has(name) ? { ...heard, urgent: '' } : heard;
        if (OWN_URGENT.has(name) !== (heard.urgent !== own.urgent))
          faults.push([name, 'has no urgent words of its own']);
        const isSaid = [own.urgent, ...own.polite].join('') === `${opening}${now}`;
        if (!isSaid) faults.push([name, 'says something else', heard, opening, now]);
        if (heard.places !== 2 || heard.visible) faults.push([name, 'can be seen', heard]);
        if (heard.otherwise.length > 0) faults.push([name, 'is said twice', heard.otherwise]);
      }
      expect(ALL.length).toBeGreaterThan(150);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it('leaves nothing unsaid but while the kiosk listens itself', async () => {
    const silent = ALL.filter((name) => {
      const { opening, now } = spokenText(
        fixtureView(name, { language: 'en', elder: false, demo: false }),
        fixtureProgress(name),
        translator('en'),
      );
      return opening + now === '';
    });
    expect(silent).toEqual(['digits-wait', 'digits-notice', 'digits', 'digits-louder']);
  });
});

const browser = findBrowser();
const CARD = { ...BASE, certifyId: 'certify-1', screen: 'card', phase: 'searching', problem: null } as ShownView;
const WAY: readonly (readonly [ShownView, urgent: boolean])[] = [
  [{ ...BASE, certifyId: 'certify-1', screen: 'guide' }, false],
  [CARD, false],
  [{ ...CARD, phase: 'reading' } as ShownView, false],
  [{ ...CARD, problem: 'card.select-failed' } as ShownView, true],
  [{ ...CARD, phase: 'reading' } as ShownView, false],
  [{ ...CARD, idleSecondsLeft: 9 }, true],
  [CARD, false],
  [{ ...BASE, certifyId: 'certify-1', screen: 'deciding' }, false],
  [{ ...BASE, certifyId: null, screen: 'attract' }, false],
];

describe.skipIf(browser === null)('from screen to screen', () => {
  let kiosk: WipePage;
  beforeAll(async () => {
    if (browser !== null) kiosk = await openWipePage(browser, { ...BASE, certifyId: null, screen: 'attract' });
  }, 60_000);
  afterAll(async () => {
    if (browser !== null) await kiosk.close();
  });

  it('it changes once, in the same two places', async () => {
    const { page } = kiosk;
    await page.locator('[data-screen="attract"]').waitFor();
    await page.evaluate(`(() => {
      const places = [...document.querySelectorAll('[data-live]')];
      window.said = [];
      window.samePlaces = () => places.every((place) => place.isConnected);
      const text = () => places.map((place) => place.textContent).join('|');
      let last = text();
      new MutationObserver(() => {
        if (text() === last) return;
        last = text();
        window.said.push(last);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    })()`);
    const t = translator('zh-CN');
    const expected: string[] = [];
    for (const [view, urgent] of WAY) {
      await kiosk.show(view);
      const { now } = spokenText({ ...view, revision: 0 }, null, t);
      expected.push(urgent ? `${now}|` : `|${now}`);
      await page.waitForFunction(`window.said.length >= ${expected.length}`, undefined, { timeout: 5_000 });
      await page.waitForTimeout(300);
      expect(await page.evaluate('window.said')).toEqual(expected);
    }
    expect(await page.evaluate('window.samePlaces()')).toBe(true);
  }, 60_000);

  it('gives one hint at a time while somebody finds their place, and praise at once', async () => {
    const { page } = kiosk;
    const position = (hint: string | null): ShownView =>
      ({
        ...BASE,
        certifyId: 'certify-1',
        screen: 'position',
        hint,
        nameMasked: null,
        next: 'action',
        notice: null,
        mayAvoidFlashing: false,
      }) as ShownView;
    await page.evaluate('window.said = []');
    await kiosk.show(position(null));
    for (const hint of ['too-far', 'too-near', 'off-centre', 'too-far', 'dark', 'hold-still']) {
      await kiosk.show(position(hint));
      await page.waitForTimeout(200);
    }
    await page.waitForTimeout(1_800);
    const t = translator('zh-CN');
    const said = z.array(z.string()).parse(await page.evaluate('window.said'));
    const [opening, ...hints] = said;
    expect(hints).toEqual([`${opening}${t('hints.too-far')}。`, `${opening}${t('hints.hold-still')}。`]);
  }, 60_000);
});
