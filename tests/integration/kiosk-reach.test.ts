import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '@playwright/test';
import type { KioskAction } from '../../src/shared/ipc/kiosk-action.ts';
import { findBrowser } from '../support/liveness-loop.ts';
import { BASE_VIEW, openWipePage, type ShownView, type WipePage } from '../support/wipe-page.ts';

const browser = findBrowser();
if (browser === null) console.log('skipped: no Chromium found (install one, or set COUNTERSIGN_CHROMIUM to its path)');

/** The pace of the scan where it is set up, in seconds; slow enough for a busy machine to see each stop. */
const SCAN_SECONDS = 0.6;
const MOST_STOPS = 25;

let scanSeconds: number | undefined;
const shown = (view: object): ShownView =>
  ({ ...BASE_VIEW, certifyId: 'certify-1', ...(scanSeconds ? { scanSeconds } : {}), ...view }) as ShownView;
const attract = (): ShownView => shown({ certifyId: null, screen: 'attract' });
const consent = (): ShownView =>
  shown({ screen: 'consent', purpose: '办理业务前核对身份', retentionDays: 30, recipient: '样例核验中心' });
const card = (): ShownView => shown({ screen: 'card', phase: 'searching', problem: null, mayType: true });

/** The way as the main process leads it, up to the card. */
function answerTo(action: KioskAction): ShownView | null {
  switch (action.type) {
    case 'start':
      return shown({ screen: 'guide' });
    case 'continue':
      return consent();
    case 'consent':
      return card();
    case 'type-identity':
      return shown({ screen: 'identity-entry', today: '2026-11-22' });
    case 'cancel':
      return attract();
    default:
      return null;
  }
}

const onScreen = (page: Page, name: string): Promise<void> =>
  page.locator(`[data-screen="${name}"]`).waitFor({ timeout: 8_000 });

/** The name of what has the focus, and whether one can see that it does. */
const FOCUSED = `(() => {
  const focused = document.activeElement;
  const mark = focused.matches('.check-input') ? focused.parentElement.querySelector('.check-mark') : focused;
  const { boxShadow, outlineStyle } = getComputedStyle(mark);
  const label = focused.labels?.[0]?.textContent;
  return {
    name: (focused.getAttribute('aria-label') ?? label ?? focused.textContent).trim(),
    tag: focused.tagName,
    screen: focused.closest('[data-screen]')?.dataset.screen ?? null,
    seen: boxShadow !== 'none' || outlineStyle !== 'none',
  };
})()`;

interface Focused {
  readonly name: string;
  readonly tag: string;
  readonly screen: string | null;
  readonly seen: boolean;
}

const focused = (page: Page): Promise<Focused> => page.evaluate<Focused>(FOCUSED);

/** A screen begins at its title; the first control after it belongs to the screen, and not to the tools. */
async function beginsAtTitle(page: Page, screen: string): Promise<void> {
  await onScreen(page, screen);
  await page.waitForFunction(
    `document.activeElement.tagName === 'H1' && document.activeElement.closest('[data-screen="${screen}"]') !== null`,
    undefined,
    { timeout: 3_000 },
  );
}

async function tabTo(page: Page, name: RegExp): Promise<void> {
  const stops: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (stop === 0) expect(now.screen).not.toBeNull();
    stops.push(now.name);
    expect([now.name, now.seen]).toEqual([now.name, true]);
    if (name.test(now.name)) return;
  }
  throw new Error(`${name.source} is not among ${stops.join(', ')}`);
}

/** Waits until the scan is on a control. */
async function scanTo(page: Page, name: RegExp): Promise<void> {
  await page.waitForFunction(
    `(() => {
      const at = document.activeElement;
      return ${String(name)}.test((at?.labels?.[0]?.textContent ?? at?.textContent ?? '').trim()) && at.tagName !== 'H1';
    })()`,
    undefined,
    { timeout: 1_000 * SCAN_SECONDS * MOST_STOPS, polling: 20 },
  );
  const now = await focused(page);
  expect([now.name, now.seen]).toEqual([now.name, true]);
}

const withoutSignsOfLife = (acted: readonly KioskAction[]): readonly KioskAction[] =>
  acted.filter(({ type }) => type !== 'still-here');

describe.skipIf(browser === null)('from the first screen to the card', () => {
  let kiosk: WipePage;
  beforeAll(async () => {
    if (browser !== null) kiosk = await openWipePage(browser, attract(), answerTo);
  }, 60_000);
  afterAll(async () => {
    if (browser !== null) await kiosk.close();
  });

  it('goes by the keyboard alone, begins each screen at its title, and shows where the focus is', async () => {
    const { page } = kiosk;
    await onScreen(page, 'attract');
    await beginsAtTitle(page, 'attract');
    await tabTo(page, /^开始$/);
    await page.keyboard.press('Enter');
    await beginsAtTitle(page, 'guide');
    await tabTo(page, /^继续$/);
    await page.keyboard.press('Space');
    await beginsAtTitle(page, 'consent');
    await tabTo(page, /^同意拍摄人脸/);
    await page.keyboard.press('Space');
    await tabTo(page, /^同意并继续$/);
    await page.keyboard.press('Enter');
    await beginsAtTitle(page, 'card');
    await tabTo(page, /^手动输入$/);
    await page.keyboard.press('Enter');
    await onScreen(page, 'identity-entry');
    await page.keyboard.type('11010519491231002x');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox').waitFor();
    await page.keyboard.type('样例');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => withoutSignsOfLife(kiosk.acted))
      .toEqual([
        { type: 'start' },
        { type: 'continue' },
        { type: 'consent', capture: true, transmit: false },
        { type: 'type-identity' },
        { type: 'submit-identity', name: '样例', number: '11010519491231002X' },
      ]);
  }, 60_000);

  it('is left by Escape, and by the button for it', async () => {
    const { page } = kiosk;
    await kiosk.show(card());
    await beginsAtTitle(page, 'card');
    await page.keyboard.press('Escape');
    await beginsAtTitle(page, 'attract');
    await kiosk.show(consent());
    await beginsAtTitle(page, 'consent');
    await tabTo(page, /^取消$/);
    await page.keyboard.press('Enter');
    await beginsAtTitle(page, 'attract');
    expect(withoutSignsOfLife(kiosk.acted).slice(-2)).toEqual([{ type: 'cancel' }, { type: 'cancel' }]);
  }, 60_000);

  it('goes by one switch: the scan comes to everything by itself, and ends with the wipe', async () => {
    const { page } = kiosk;
    scanSeconds = SCAN_SECONDS;
    await kiosk.show(attract());
    const before = kiosk.acted.length;
    const scanning = (): Promise<boolean> => page.evaluate(`document.documentElement.hasAttribute('data-scanning')`);
    await page.waitForTimeout(300);
    expect(await scanning()).toBe(false);
    await page.keyboard.press('Space');
    expect(await scanning()).toBe(true);
    await scanTo(page, /^开始$/);
    await page.keyboard.press('Space');
    await onScreen(page, 'guide');
    await scanTo(page, /^继续$/);
    await page.keyboard.press('Space');
    await onScreen(page, 'consent');
    await scanTo(page, /^同意拍摄人脸/);
    await page.keyboard.press('Space');
    await scanTo(page, /^同意并继续$/);
    await page.keyboard.press('Space');
    await onScreen(page, 'card');
    await scanTo(page, /^取消$/);
    await page.keyboard.press('Space');
    await onScreen(page, 'attract');
    await expect.poll(scanning).toBe(false);
    expect(withoutSignsOfLife(kiosk.acted.slice(before))).toEqual([
      { type: 'start' },
      { type: 'continue' },
      { type: 'consent', capture: true, transmit: false },
      { type: 'cancel' },
    ]);
    scanSeconds = undefined;
  }, 120_000);

  it('stands still under reduced motion, and moves without it', async () => {
    const { page } = kiosk;
    const moving = (): Promise<number> =>
      page.evaluate(`document.getAnimations().filter((animation) => animation.playState === 'running').length`);
    const pictures = async (): Promise<number> => {
      const seen = new Set<string | null>();
      for (let look = 0; look < 12; look++) {
        seen.add(await page.locator('[data-attract-picture]').getAttribute('data-attract-picture'));
        await page.waitForTimeout(150);
      }
      return seen.size;
    };
    const found: Record<string, readonly [cardMoves: boolean, attractMoves: boolean]> = {};
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      await page.emulateMedia({ reducedMotion });
      await kiosk.show(card());
      await page.waitForTimeout(300);
      const cardMoves = (await moving()) > 0;
      await kiosk.show(attract());
      found[reducedMotion] = [cardMoves, (await pictures()) > 1];
    }
    expect(found).toEqual({ 'no-preference': [true, true], reduce: [false, false] });
  }, 60_000);
});
