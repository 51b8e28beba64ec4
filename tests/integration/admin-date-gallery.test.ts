import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { openAdminGallery, type AdminGallery } from '../support/admin-gallery.ts';
import { axeViolations } from '../support/gallery/screen-pass.ts';

if (findBrowser() === undefined) console.warn('dates of the admin window not tried: no Chromium is installed');

const SIZE = { width: 1366, height: 768 } as const;

describe.skipIf(findBrowser() === undefined)('a date in the admin window', () => {
  let gallery: AdminGallery;

  beforeAll(async () => {
    const opened = await openAdminGallery();
    if (opened === null) throw new Error('no gallery');
    gallery = opened;
  }, 120_000);

  afterAll(async () => {
    expect(gallery.complaints).toEqual([]);
    await gallery.close();
  });

  async function visit(address: string): Promise<Page> {
    const page = await gallery.open(SIZE, address);
    page.setDefaultTimeout(10_000);
    await page.locator('h1').waitFor();
    return page;
  }

  const focused = (page: Page): Promise<string | null> => page.locator(':focus').getAttribute('data-day');

  it('is chosen from the calendar by keyboard alone, never later than the last day of records', async () => {
    const page = await visit('?language=en#report');
    await page.getByRole('button', { name: 'From: open the calendar' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('2026-11-15');
    expect(await axeViolations(page)).toEqual([]);
    for (const key of ['ArrowDown', 'ArrowDown', 'PageDown']) await page.keyboard.press(key);
    await expect.poll(() => focused(page)).toBe('2026-11-21');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await expect.poll(() => focused(page)).toBe('2026-10-19');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('From', { exact: true }).inputValue()).toBe('2026-10-19');
    expect(await page.locator(':focus').getAttribute('aria-expanded')).toBe('false');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('rowheader', { name: '10-19 Mon' }).first().waitFor();
    await page.context().close();
  });

  it('closes a list of choices on Escape, with the focus back, and when one goes elsewhere', async () => {
    const page = await visit('?language=en#report');
    const list = page.locator('.multi-choice').first();
    const opener = list.locator('summary');
    await opener.press('Enter');
    await list.getByRole('checkbox').first().check();
    await page.keyboard.press('Escape');
    expect(await list.getAttribute('open')).toBeNull();
    expect(await page.locator('summary:focus').count()).toBe(1);
    await opener.press('Enter');
    await page.locator('h1').click();
    expect(await list.getAttribute('open')).toBeNull();
    await page.context().close();
  });

  it('moves the other end of a report that would be longer than 90 days, and says so', async () => {
    const page = await visit('?language=en#report');
    await page.getByLabel('From', { exact: true }).fill('2026/5/1');
    await page.keyboard.press('Enter');
    await page.locator('.notice', { hasText: '2026-07-29' }).waitFor();
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('2026-05-01');
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('2026-07-29');
    await page.context().close();
  });

  it('is read in any way with the year first, and with a time where entries are looked for', async () => {
    const page = await visit('?language=en#audit');
    const from = page.getByLabel('From', { exact: true });
    await from.fill('2026年11月21日 21:40');
    await from.press('Enter');
    await page.getByText('Entries 4,111 to 4,127').waitFor();
    expect(await from.inputValue()).toBe('2026-11-21 21:40');
    await from.fill('11/21/2026');
    await from.press('Enter');
    await page.getByText('Write 2026-11-21 or 2026-11-21 14:30').waitFor();
    await page.getByText('Entries 4,111 to 4,127').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('Entries 4,108 to 4,127').waitFor();
    expect(await from.inputValue()).toBe('');
    await page.context().close();
  });

  it('closes its calendar on Escape and on a click elsewhere, and keeps it within the window', async () => {
    const page = await visit('?language=en#audit');
    const open = page.getByRole('button', { name: 'Until: open the calendar' });
    const calendar = page.getByRole('dialog', { name: 'Until: choose a day' });
    await open.click();
    const box = await calendar.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(SIZE.width);
    await page.keyboard.press('Escape');
    await expect.poll(() => calendar.count()).toBe(0);
    await open.click();
    await page.locator('h1').click();
    await expect.poll(() => calendar.count()).toBe(0);
    await page.context().close();
  });
});
