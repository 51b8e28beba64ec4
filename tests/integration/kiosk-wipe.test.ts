import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/renderer/i18n/translation.ts';
import { spokenText } from '../../src/renderer/kiosk/speech/spoken-text.ts';
import { reasonText } from '../../src/shared/reason-texts.ts';
import { findBrowser } from '../support/liveness-loop.ts';
import { BASE_VIEW as BASE, openWipePage, type ShownView as Shown, type WipePage } from '../support/wipe-page.ts';

const browser = findBrowser();
if (browser === null) console.log('skipped: no Chromium found (install one, or set COUNTERSIGN_CHROMIUM to its path)');

const ATTRACT: Shown = { ...BASE, certifyId: null, screen: 'attract' };

/** Synthetic; each of them nowhere else in the program. */
const NAME = '欧阳缜测';
const MASKED = '欧*测缜';
const NUMBER = '11010519491231002';
const ADDRESS = '样例市缜测路九号';
const RECEIPT = '7QZX-93KD';
const SECRETS = [NAME, MASKED, NUMBER, ADDRESS, RECEIPT];

const leftSchema = z.looseObject({ fields: z.string() });

let kiosk: WipePage;
beforeAll(async () => {
  if (browser !== null) kiosk = await openWipePage(browser, ATTRACT);
});
afterAll(async () => {
  if (browser !== null) await kiosk.close();
});

/** What a screen reader has been told of the screen. */
async function toldTo(page: Page): Promise<string> {
  return (await page.locator('[data-live]').allTextContents()).join('');
}

function foundIn(texts: readonly string[]): readonly string[] {
  return SECRETS.filter((secret) => texts.some((text) => text.includes(secret)));
}

const inCertification = (view: object): Shown => ({ ...BASE, certifyId: 'certify-1', ...view }) as Shown;

const CONFIRM = inCertification({
  screen: 'document-confirm',
  fields: [
    { field: 'name', text: NAME, doubt: null },
    { field: 'number', text: `${NUMBER}X`, doubt: null },
    { field: 'address', text: ADDRESS, doubt: null },
  ],
  problem: null,
});

const CAMERA = { kind: 'device', deviceId: null } as const;

async function typeIdentity(at: WipePage): Promise<void> {
  await at.show(inCertification({ screen: 'identity-entry', today: '2026-11-22' }));
  for (const digit of NUMBER) await at.page.locator('.key', { hasText: new RegExp(`^${digit}$`) }).click();
}

async function standBeforeCamera(at: WipePage): Promise<void> {
  const position = { screen: 'position', hint: null, nameMasked: MASKED, next: 'action', notice: null, camera: CAMERA };
  await at.show(inCertification({ ...position, mayAvoidFlashing: false }));
  await at.page.locator('video').waitFor();
  await at.page.waitForTimeout(1_000);
}

const RESULT = inCertification({
  screen: 'result',
  result: {
    state: 'passed',
    reason: 'ok.matched',
    next: 'none',
    nameMasked: MASKED,
    receiptNumber: RECEIPT,
    receiptCode: `countersign:1:${RECEIPT}`,
    provisional: false,
    clearsInSeconds: 8,
    mayRetry: false,
  },
});

const CAMERA_LOST = inCertification({
  screen: 'result',
  result: {
    state: 'error',
    reason: 'camera.lost',
    next: 'retry',
    nameMasked: null,
    receiptNumber: null,
    receiptCode: null,
    provisional: false,
    clearsInSeconds: 20,
    mayRetry: true,
  },
});

describe.skipIf(browser === null)('after a certification and the wipe', () => {
  it('holds nothing of the visitor: no element, no storage, no script, no component, no picture', async () => {
    const { page } = kiosk;
    await typeIdentity(kiosk);
    await kiosk.show(CONFIRM);
    // The search finds what is there: else finding nothing would mean nothing.
    expect(foundIn(await kiosk.heldStrings())).toEqual([NAME, NUMBER, ADDRESS]);
    await standBeforeCamera(kiosk);
    await kiosk.show(RESULT);
    expect(foundIn([await page.locator('body').innerText()])).toEqual([MASKED, RECEIPT]);
    const told = await toldTo(page);
    expect(told).toContain('核验通过');

    await kiosk.show(ATTRACT);
    await page.waitForTimeout(1_500);
    expect(foundIn([await page.content(), await page.locator('body').innerText()])).toEqual([]);
    const held = await kiosk.heldStrings();
    expect(foundIn(held)).toEqual([]);
    expect(held.filter((text) => text.includes(told))).toEqual([]);
    expect(await toldTo(page)).toBe(spokenText({ ...ATTRACT, revision: 0 }, null, translator('zh-CN')).now);
    const left = await page.evaluate(
      `(async () => ({
        pictures: document.querySelectorAll('video, canvas, img').length,
        addresses: window.addressesLeft(),
        stored: localStorage.length + sessionStorage.length,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
        fields: Object.keys(window).filter((name) => typeof window[name] === 'string').map((name) => window[name]).join(),
        values: [...document.querySelectorAll('input')].map((input) => input.value).join(''),
      }))()`,
    );
    const { fields, ...counts } = leftSchema.parse(left);
    expect(counts).toEqual({
      pictures: 0,
      addresses: 0,
      stored: 0,
      databases: 0,
      caches: 0,
      values: '',
    });
    expect(foundIn([fields])).toEqual([]);
  }, 60_000);
});

describe.skipIf(browser === null)('a camera that goes while a visitor stands before it', () => {
  it('is reported within a second, told with a way on, and opened anew for the next try', async () => {
    const { page } = kiosk;
    await standBeforeCamera(kiosk);
    const reportedAfterMs = await page.evaluate(
      `(async () => {
        const track = document.querySelector('video').srcObject.getVideoTracks()[0];
        const before = performance.now();
        track.stop();
        track.dispatchEvent(new Event('ended'));
        while (window.cameraLost.length === 0 && performance.now() - before < 5000) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return performance.now() - before;
      })()`,
    );
    expect(await page.evaluate('window.cameraLost')).toEqual(['camera.lost']);
    expect(reportedAfterMs).toBeLessThan(1_000);
    await kiosk.show(CAMERA_LOST);
    const urgent = page.locator('[data-live="urgent"]');
    await urgent.filter({ hasText: reasonText('camera.lost', 'zh-CN', 'person') }).waitFor();
    await page
      .getByText(reasonText('camera.lost', 'zh-CN', 'person'))
      .last()
      .waitFor();
    await page.getByRole('button', { name: '再试一次' }).click();
    await expect.poll(() => kiosk.acted).toContainEqual({ type: 'retry' });
    await standBeforeCamera(kiosk);
    expect(await page.evaluate(`document.querySelector('video').srcObject.getVideoTracks()[0].readyState`)).toBe(
      'live',
    );
    await kiosk.show(ATTRACT);
  });
});
