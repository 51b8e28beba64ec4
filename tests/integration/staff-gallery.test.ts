import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { openAdminGallery, type AdminGallery } from '../support/admin-gallery.ts';

if (findBrowser() === undefined) console.warn('staff gallery not run: no Chromium is installed');

/** What opens the gallery's door. */
const SECRET = '271828';
const SIZE = { width: 1366, height: 768 } as const;

describe.skipIf(findBrowser() === undefined)('signing in and the page of the staff', () => {
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

  it('shows nothing of the window before somebody has signed in', async () => {
    for (const gate of ['no-staff', 'alone', 'signed-out', 'many', 'locked']) {
      const page = await visit(`?language=en&gate=${gate}#records`);
      expect(await page.locator('nav, table, dialog').count(), gate).toBe(0);
      await page.context().close();
    }
  });

  it('adds the first administrator, and says what is wrong with a name and a secret', async () => {
    const page = await visit('?language=en&gate=no-staff');
    await page.getByLabel('New PIN or password').fill('111111');
    await page.getByLabel('Once more').fill('111111');
    await page.keyboard.press('Enter');
    await page.getByText('Not one character repeated, and no digits or letters in a row').waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('[aria-invalid=true]').count()).toBe(2);
    await page.getByLabel('Name').fill('<b>王</b> 🦊');
    await page.getByLabel('New PIN or password').fill(SECRET);
    await page.getByLabel('Once more').fill(SECRET);
    await page.keyboard.press('Enter');
    await page.getByText('<b>王</b> 🦊').waitFor();
    await page.context().close();
  });

  it('signs in by keyboard alone, and shows each role its own pages', async () => {
    const page = await visit('?language=en&gate=signed-out');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type(SECRET);
    await page.keyboard.press('Enter');
    await page.getByText('Reviewer').first().waitFor();
    const pages = await page.locator('.sidebar a').allTextContents();
    expect(pages).toContain('Report');
    expect(pages.filter((name) => ['Scenes', 'Staff', 'Audit log', 'Verifier'].includes(name))).toEqual([]);
    await page.evaluate("location.hash = 'staff'");
    await page.getByRole('heading', { name: 'Not for this role' }).waitFor();
    expect(await page.locator('table').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });

  it('counts the tries of one account down to its lock-out, and lets others in', async () => {
    const page = await visit('?language=en&gate=signed-out');
    await page.getByRole('radio', { name: '李敏' }).click();
    const secret = page.getByLabel('PIN or password');
    await expect.poll(() => page.locator(':focus').getAttribute('type')).toBe('password');
    for (const left of ['4 tries', '3 tries', '2 tries', '1 try']) {
      await secret.fill('314159');
      await secret.press('Enter');
      await page.getByText(`Wrong. ${left} left`).waitFor();
      expect(await secret.inputValue()).toBe('');
    }
    await secret.fill('314159');
    await secret.press('Enter');
    await page.getByText(/Locked for now; try again in (1:00|0:5\d)/).waitFor();
    expect(await page.getByRole('button', { name: 'Sign in' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: '王店长' }).click();
    await secret.fill(SECRET);
    await secret.press('Enter');
    await page.getByRole('navigation').waitFor();
    await page.context().close();
  });

  it('finds one of many names by a part of it', async () => {
    const page = await visit('?language=en&gate=many');
    await page.getByLabel('Find a name').fill('hopp');
    expect(await page.locator('.who').getByRole('radio').count()).toBe(1);
    expect(await page.getByRole('radio', { name: 'Grace Hopper' }).isChecked()).toBe(true);
    await page.getByLabel('Find a name').fill('nobody');
    await page.getByText('Nobody has this name').waitFor();
    await page.context().close();
  });

  it('adds somebody, with every problem beside its field', async () => {
    const page = await visit('?language=en#staff');
    await page.getByRole('button', { name: 'Add a person' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Add', exact: true }).click();
    await drawer.getByText('1 to 30 characters, without line breaks or hidden ones').waitFor();
    await drawer.getByLabel('Name').fill('新同事');
    await drawer.getByLabel('New PIN or password').fill(SECRET);
    await drawer.getByLabel('Once more').fill(SECRET);
    await drawer.getByRole('radio', { name: /^Reviewer/ }).check();
    await drawer.getByRole('button', { name: 'Add', exact: true }).click();
    await drawer.waitFor({ state: 'detached' });
    expect(await page.getByRole('row').filter({ hasText: '新同事' }).textContent()).toContain('Reviewer');
    await page.context().close();
  });

  it('overwrites nothing that another administrator has changed meanwhile, and keeps what was typed', async () => {
    const page = await visit('?language=en&case=troubled#staff');
    await page.getByRole('button', { name: '李敏' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('textbox', { name: 'Name' }).fill('李敏敏');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('Somebody else changed the staff meanwhile', { exact: false }).waitFor();
    await drawer.getByText('Now it is: 李敏, Reviewer, Active.', { exact: false }).waitFor();
    expect(await drawer.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('李敏敏');
    await page.context().close();
  });

  it('shows auditors forms that they can not change, with one sentence why', async () => {
    const page = await visit('?language=en&role=auditor#site');
    await page.getByText('You are signed in as Auditor', { exact: false }).waitFor();
    expect(await page.getByText('You are signed in as Auditor', { exact: false }).count()).toBe(1);
    expect(await page.locator('main input:enabled, main select:enabled, main textarea:enabled').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await page.evaluate("location.hash = 'staff'");
    await page.getByRole('row').filter({ hasText: '李敏' }).waitFor();
    expect(await page.locator('.row-button').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Add a person' }).count()).toBe(0);
    await page.context().close();
  });

  it('offers operators no way to pages and tests that are not theirs', async () => {
    const page = await visit('?language=en&role=operator#overview');
    await page.getByRole('link', { name: 'Open Camera' }).waitFor();
    for (const name of ['Open System', 'Open Verifier', 'Open Outbox'])
      expect(await page.getByRole('link', { name }).count(), name).toBe(0);
    expect(await page.getByRole('button', { name: 'Verify now' }).count()).toBe(0);
    expect(await page.locator('.sidebar ul:not(:has(li))').count()).toBe(0);
    await page.context().close();
  });

  it.each([
    ['scene', ['New scene', 'Copy 柜台核验']],
    ['camera', ['Calibrate again…', 'Remove the pin']],
    ['verifier', ['Send now', 'Show the server’s key']],
    ['outbox', ['Send now', 'Pause sending']],
    ['peripherals', ['Test the microphone']],
    ['documents', ['Choose a picture file']],
  ])('leaves auditors nothing to press on the page %s', async (section, names) => {
    const page = await visit(`?language=en&role=auditor#${section}`);
    for (const name of names) {
      const button = page.getByRole('button', { name, exact: true }).first();
      await button.waitFor();
      expect(await button.isDisabled(), name).toBe(true);
    }
    await page.context().close();
  });

  it.each(['zh-CN', 'en'])('keeps the foot of the sidebar inside it (%s)', async (language) => {
    const page = await visit(`?language=${language}#overview`);
    const outside = `[...document.querySelectorAll('.sidebar-foot *')].filter((element) =>
      element.getBoundingClientRect().right > document.querySelector('.sidebar').getBoundingClientRect().right).length`;
    expect(await page.evaluate(outside)).toBe(0);
    await page.context().close();
  });

  it('leads from a call and from waiting reviews to the counter window', async () => {
    const page = await visit('?language=en&case=troubled#overview');
    for (const [item, state] of [
      ['Calls for help', 'A visitor calls'],
      ['Reviews', '31 wait'],
    ] as const) {
      const row = page.getByRole('row', { name: item });
      await row.getByText(state).waitFor();
      await row.getByRole('button', { name: 'Open the counter window' }).click();
    }
    await page.context().close();
  });

  it('lists an erasure that was broken off, and switch access with its limit', async () => {
    const page = await visit('?language=en&case=troubled#privacy');
    await page.getByRole('table', { name: 'Unfinished erasures' }).getByText('Not done yet').waitFor();
    await page.context().close();
    const form = await visit('?language=en#peripherals');
    await form.getByLabel('Begin the scan with the first press').check();
    await form.getByLabel('Time on each control').fill('7');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('A number from 0.8 to 6').waitFor();
    await expect.poll(() => form.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('Time on each control').fill('1.5');
    await form.getByLabel('A slot: the card is pushed in').check();
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText(/^Saved/).waitFor();
    await form.context().close();
  });

  it('changes a PIN of one’s own, from the sidebar', async () => {
    const page = await visit('?language=en');
    await page.getByRole('button', { name: 'Change my PIN or password' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Current PIN or password').fill('314159');
    await dialog.getByLabel('New PIN or password').fill('864209');
    await dialog.getByLabel('Once more').fill('864209');
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog.getByText('Wrong: try again').waitFor();
    await dialog.getByLabel('Current PIN or password').fill(SECRET);
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.context().close();
  });
});
