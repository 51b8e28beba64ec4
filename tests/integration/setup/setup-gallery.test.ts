import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETUP_STEPS } from '../../../src/shared/domain/terminal-state.ts';
import { findBrowser } from '../../../tools/electron-stand-in/find-browser.ts';
import { openAdminGallery, type AdminGallery } from '../../support/admin-gallery.ts';
import { axeViolations } from '../../support/gallery/screen-pass.ts';

const SIZE = { width: 1366, height: 768 };

if (findBrowser() === undefined) console.warn('set-up gallery not run: no Chromium is installed');

describe.skipIf(findBrowser() === undefined)('the set-up in the admin window', () => {
  let gallery: AdminGallery;

  beforeAll(async () => {
    const opened = await openAdminGallery();
    if (opened === null) throw new Error('no browser');
    gallery = opened;
  }, 120_000);
  afterAll(() => gallery.close());

  it.each(SETUP_STEPS)('has nothing that axe finds at the step %s, and does not scroll sideways', async (step) => {
    const page = await gallery.open(SIZE, `?language=en&step=${step}#setup`);
    await page.locator('.setup-step h2').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('goes on by keyboard, and begins each step at its title', async () => {
    const page = await gallery.open(SIZE, '?language=en&step=language#setup');
    const title = page.locator('#setup-step-title');
    await title.filter({ hasText: 'Language' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).focus();
    await page.keyboard.press('Enter');
    await title.filter({ hasText: 'Camera' }).waitFor();
    expect(await page.evaluate('document.activeElement?.id')).toBe('setup-step-title');
  });

  it('is left for later and gone back to', async () => {
    const page = await gallery.open(SIZE, '?language=en&step=scene#setup');
    await page.getByRole('button', { name: 'Leave for later' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.evaluate("location.hash = 'setup'");
    await page.getByRole('heading', { name: 'Set up this terminal' }).waitFor();
  });

  it('shows a key and trusts it only after somebody has said that it is the same', async () => {
    const page = await gallery.open(SIZE, '?language=en&case=empty#verifier');
    await page
      .getByLabel('Service address')
      .or(page.locator('form input').first())
      .first()
      .fill('https://verifier.example');
    await page.locator('form input').nth(1).fill('ABCDE23456');
    await page.getByRole('button', { name: 'Show the server’s key' }).click();
    await page.getByText('7d9c 2b41').first().waitFor();
    await page.getByRole('button', { name: 'It differs' }).click();
    await page.getByText('Not enrolled', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Start over' }).waitFor();
  });
});
