import type { Page } from '@playwright/test';
import { expect, test } from './kiosk-fixture.ts';

/** The little that is used of what the page has; the tests' compiler knows no DOM. */
interface Track {
  readonly readyState: string;
}
interface PageGlobals {
  readonly document: {
    readonly body: { readonly style: { readonly backgroundColor: string } };
    querySelector(selector: string): { readonly srcObject: { getVideoTracks(): Track[] } } | null;
  };
}

const trackOf = (page: Page) =>
  page.evaluateHandle(
    () => (globalThis as unknown as PageGlobals).document.querySelector('video')!.srcObject.getVideoTracks()[0]!,
  );
const windowColour = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as PageGlobals).document.body.style.backgroundColor);

for (const moment of ['position', 'light'] as const) {
  test(`cancelling at "${moment}" ends camera and light at once`, async ({ startKiosk }) => {
    const { visitor, records } = await startKiosk({ demo: true });
    const { page } = visitor;
    await visitor.start();
    await visitor.consent({ capture: true, transmit: false });
    await visitor.waitFor([moment]);
    await page.locator('video').waitFor();
    const track = await trackOf(page);
    expect(await track.evaluate(({ readyState }) => readyState)).toBe('live');
    if (moment === 'light') await expect.poll(() => windowColour(page)).not.toBe('');

    await page.keyboard.press('Escape');
    await visitor.waitFor(['attract']);
    expect(await track.evaluate(({ readyState }) => readyState)).toBe('ended');
    await expect(page.locator('video')).toHaveCount(0);
    await expect.poll(() => windowColour(page)).toBe('');
    expect(records().map(({ record }) => record.verdict.reason)).toEqual(['user.cancelled']);
  });
}
