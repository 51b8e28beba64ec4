import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { openAdminGallery, type AdminGallery } from '../support/admin-gallery.ts';
import { axeViolations } from '../support/gallery/screen-pass.ts';

if (findBrowser() === undefined) console.warn('admin business gallery not run: no Chromium is installed');

const SIZE = { width: 1280, height: 800 };
/** Elements that stick out of the window to the right. */
const OUTSIDE = `[...document.querySelectorAll('main *, dialog *')]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.visually-hidden'))
  .map((element) => element.outerHTML.slice(0, 80))`;

async function expectSound(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate(OUTSIDE)).toEqual([]);
}

describe.skipIf(findBrowser() === undefined)('scenes, requests, risk, usage and privacy', () => {
  let gallery: AdminGallery;

  beforeAll(async () => {
    const opened = await openAdminGallery();
    if (opened === null) throw new Error('no browser');
    gallery = opened;
  }, 120_000);
  afterAll(() => gallery.close());

  async function visit(address: string): Promise<Page> {
    const page = await gallery.open(SIZE, address);
    page.setDefaultTimeout(10_000);
    await page.locator('h1').waitFor();
    return page;
  }

  it('tells at its field what contradicts in a scene, while it is typed', async () => {
    const page = await visit('?case=troubled&language=en#scene');
    await page.getByRole('button', { name: '手机办理', exact: true }).press('Enter');
    await page.getByText('Nothing can be done on a phone without a network').waitFor();
    await page.getByText('is what the scheme does already').waitFor();
    await page.getByRole('radio', { name: /^Stop/ }).check();
    await page.getByText('Nothing can be done on a phone without a network').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('finds a scheme by keyboard, and asks before the records of a scene change their scheme', async () => {
    const page = await visit('?language=en#scene');
    await page.locator('.scenes .row-button').first().press('Enter');
    await page.getByRole('button', { name: 'Choose a scheme…' }).press('Enter');
    await page.getByLabel('Find a scheme').fill('RPManual');
    await page.keyboard.press('Enter');
    expect(await page.locator('.schemes .row-button').allTextContents()).toEqual(['RPManual']);
    await expectSound(page);
    await page.locator('.schemes .row-button').press('Enter');
    await page.locator('.scheme-field').getByText('RPManual').waitFor();
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Change the scheme of a scene that has records?' });
    await dialog.getByText('Records of this scene made by CounterCard: 312').waitFor();
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Cancel');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Unsaved changes').first().waitFor();
    await page.keyboard.press('Control+s');
    await dialog.getByRole('button', { name: 'Change the scheme' }).click();
    await page.getByText(/^Saved · /).waitFor();
    await page.context().close();
  });

  it('copies a scene, refuses an id that is taken, saves the copy, and removes it', async () => {
    const page = await visit('?language=en#scene');
    await page.getByRole('button', { name: 'Copy 领券核验' }).click();
    await page.getByLabel('Scene name').fill('领券二');
    await page.getByLabel('Scene id').fill('coupon-2026');
    await page.keyboard.press('Enter');
    await page.getByText('Another scene has this id').waitFor();
    await page.getByLabel('Scene id').fill('coupon-two');
    await page.keyboard.press('Enter');
    await page.locator('.back-bar').getByText('领券二').waitFor();
    await page.getByRole('button', { name: 'Back to the scenes' }).click();
    await page.getByRole('button', { name: 'Remove 领券二' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.scenes tbody tr').count()).toBe(3);
    await page.context().close();
  });

  it('composes a scheme from a copy and explains what does not fit', async () => {
    const page = await visit('?language=en#scene');
    await page.getByRole('radio', { name: 'Schemes' }).check({ force: true });
    await page.getByRole('button', { name: 'RPManual' }).click();
    await page.getByRole('button', { name: 'Copy and change' }).click();
    await page.getByText('Nothing contradicts itself.').waitFor();
    await page.getByLabel('Compared with', { exact: true }).selectOption('chip-portrait');
    await page.getByText(/^To put right: /).waitFor();
    await page.getByLabel('Scheme code').fill('Typed-twice');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    await expectSound(page);
    await page.getByLabel('Compared with', { exact: true }).selectOption('authority');
    await page.getByText('Nothing contradicts itself.').waitFor();
    await page.getByRole('button', { name: 'Save scheme' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Typed-twice' }).waitFor();
    await page.context().close();
  });

  it('makes a request, shows its token once, and carries it out', async () => {
    const page = await visit('?language=en#requests');
    await page.getByRole('button', { name: 'New request' }).click();
    await page.getByLabel('Scene', { exact: true }).selectOption('coupon-2026');
    await page.getByLabel('Order id').fill('ORD-1');
    await page.keyboard.press('Enter');
    await page.getByText('The scheme needs this').first().waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.labels?.[0]?.textContent')).toBe('Name (required)');
    await page.getByLabel('Name (required)').fill('测试员');
    await page.getByLabel('Identity number (required)').fill('11010119900307109X');
    const file = page.getByLabel('Face picture to verify (required)', { exact: true }).and(page.locator('[type=file]'));
    await file.setInputFiles({ name: 'face.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await page.getByText('A JPEG or PNG picture').waitFor();
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 80 } });
    await file.setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: png });
    await page.getByText(/^60 × 80 · /).waitFor();
    await expectSound(page);
    await page.getByRole('checkbox', { name: /^The person has consented/ }).check();
    await page.getByRole('button', { name: 'Make the request' }).click();
    await page.getByText('The request is made').waitFor();
    expect(await page.getByLabel('Token').inputValue()).toHaveLength(43);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByText('fixture-token').count()).toBe(0);
    await page.getByRole('button', { name: 'Run ORD-20261121-4119' }).click();
    await page.getByRole('dialog', { name: 'Result' }).getByText('86.21 of 100, threshold 70').waitFor();
    await page.context().close();
  });

  it('calls the next visitor for a request, takes it back, and withdraws one after asking', async () => {
    const page = await visit('?language=en#requests');
    await page.getByRole('button', { name: 'Call next visitor ORD-20261121-4120' }).click();
    await page.getByText('The next visitor carries out order ORD-20261121-4120.').waitFor();
    await page.getByRole('button', { name: 'Take back ORD-20261121-4120' }).click();
    await page.getByText('The next visitor carries out').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Withdraw ORD-20261121-4120' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.requests tbody tr').first().textContent()).toContain('Withdrawn');
    await page.context().close();
  });

  it('shows a result that is under review as its own mark', async () => {
    const page = await visit('?case=troubled&language=en#requests');
    await page
      .getByRole('button', { name: /^Result / })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Under review', { exact: true }).waitFor();
    await page.getByText('measured 6 (limit 5)').waitFor();
    await page.context().close();
  });

  it('leads from what was erased to the records, and from the system page through the set-up again', async () => {
    const page = await visit('?case=empty&language=en#privacy');
    await page.getByRole('link', { name: 'Open the records' }).click();
    await page.getByRole('heading', { level: 1, name: 'Records' }).waitFor();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('radio', { name: 'Kiosk and versions' }).check();
    await expectSound(page);
    await page.getByRole('button', { name: 'Open the set-up' }).click();
    await page.getByRole('heading', { level: 1, name: 'Set up this terminal' }).waitFor();
    await page.context().close();
  });

  it('adds a rule, warns that it finds nothing without a memory of faces, tries and saves', async () => {
    const page = await visit('?language=en&case=empty#risk');
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByLabel('Rule code').fill('many-faces');
    await page.getByLabel('Condition').selectOption('number-faces');
    await page.getByLabel('From how many on').fill('1');
    await page.keyboard.press('Enter');
    await page.getByText('A whole number from 2 to 20').waitFor();
    await expectSound(page);
    await page.getByLabel('From how many on').fill('3');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Rules that are on need the memory of faces').waitFor();
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('There are no records in this time').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved · /).waitFor();
    await page.context().close();
  });

  it('compares a statement and names each difference', async () => {
    const page = await visit('?case=troubled&language=en#metering');
    const statement = { name: 'bill.csv', mimeType: 'text/csv', buffer: Buffer.from('order,count\n1,1\n') };
    await page.locator('input[type=file]').setInputFiles(statement);
    await page.getByText('order id is empty').waitFor();
    expect(await page.locator('.figures dd').allTextContents()).toEqual(['1,604', '1', '1', '1', '2', '1']);
    await expectSound(page);
    await page.getByLabel('To', { exact: true }).fill('2026-10-01');
    await page.keyboard.press('Enter');
    await page.getByText('The last day is before the first').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    expect((await download).suggestedFilename()).toBe('countersign-usage-2026-11-01-2026-11-21.csv');
    await page.context().close();
  });

  it('warns near the filing limit, asks for the key of another store, and forgets it once saved', async () => {
    const page = await visit('?case=troubled&language=en#privacy');
    await page.getByText('Near the filing limit').waitFor();
    await page.getByRole('radio', { name: /^S3/ }).check();
    await page.keyboard.press('Control+s');
    await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBe(2);
    await page.getByLabel('Address').fill('https://s3.example');
    await page.getByLabel('Region').fill('us-east-1');
    await page.getByLabel('Bucket').fill('faces');
    await page.getByLabel('Key id').fill('an-id');
    await page.getByLabel('Key secret').fill('a-secret-of-a-test');
    await page.keyboard.press('Enter');
    await page.getByText('Kept on this machine').waitFor();
    expect(await page.locator('input[type=password]').count()).toBe(0);
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect.poll(() => page.getByText('face-return.refused · HTTP 403 AccessDenied').count()).toBe(2);
    await page.context().close();
  });

  it('shows how a record came about, and erases its person only after asking', async () => {
    const page = await visit('?language=en#records');
    await page.locator('.row-button').nth(3).press('Enter');
    await page.getByText('On their own phone (face) (instead of CounterCard)').waitFor();
    await page.getByText('e4'.repeat(32)).waitFor();
    await page.getByRole('button', { name: 'Erase this person…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase everything of this person?' });
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Cancel');
    await expectSound(page);
    await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText(/^Erased; receipt number 019aa0c0/).waitFor();
    await page.context().close();
  });

  it('broke no rule of its content policy and logged no error', () => {
    expect(gallery.complaints).toEqual([]);
  });
});
