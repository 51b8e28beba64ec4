import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { openAdminGallery, type AdminGallery } from '../support/admin-gallery.ts';
import { axeViolations as violations } from '../support/gallery/screen-pass.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1366, height: 768 },
  { width: 1080, height: 1920 },
] as const;

if (findBrowser() === undefined) console.warn('admin gallery not run: no Chromium is installed');

/** Elements that stick out of the window to the right, and whether the page scrolls sideways. */
const OVERFLOW = `({
  sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  outside: [...document.querySelectorAll('main *, nav *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.visually-hidden'))
    .map((element) => element.outerHTML.slice(0, 80)),
  cutButtons: [...document.querySelectorAll('button, .button')]
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.textContent),
})`;
const NO_OVERFLOW = { sideways: false, outside: [], cutButtons: [] };

describe.skipIf(findBrowser() === undefined)('the admin window', () => {
  let gallery: AdminGallery;

  beforeAll(async () => {
    const opened = await openAdminGallery();
    if (opened === null) throw new Error('no browser');
    gallery = opened;
  }, 120_000);
  afterAll(() => gallery.close());

  async function visit(
    address: string,
    size: { readonly width: number; readonly height: number } = SIZES[0],
  ): Promise<Page> {
    const page = await gallery.open(size, address);
    await page.locator('h1').waitFor();
    return page;
  }

  /** Opens the form of the scene for whoever walks up. */
  async function visitScene(address: string): Promise<Page> {
    const page = await visit(address);
    await page.locator('.scenes .row-button').first().click();
    await page.getByRole('button', { name: 'Back to the scenes' }).waitFor();
    return page;
  }

  it('opens a record by keyboard, closes it with Esc and goes back to its row', async () => {
    const page = await visit('?language=en#records');
    const first = page.locator('.row-button').first();
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('dialog .outcome').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('[...document.querySelectorAll(".row-button")].indexOf(document.activeElement)')).toBe(
      1,
    );
    await page.context().close();
  });

  it('filters records, pages through them and starts again at the first page', async () => {
    const page = await visit('?language=en#records');
    const range = page.locator('.pager [role=status]');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => range.textContent()).toBe('312 records');
    await page.getByRole('radio', { name: 'Review' }).check();
    await expect.poll(() => range.textContent()).toBe('26 records');
    await expect.poll(() => page.locator('tbody .verdict-review').count()).toBe(20);
    await page.context().close();
  });

  it('keeps unsaved changes from page to page, marks them, and saves with Ctrl+S', async () => {
    const page = await visit('?language=en#site');
    const name = page.getByLabel('Site name', { exact: true });
    await name.fill('North branch');
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.locator('.sidebar .unsaved-dot').count()).toBe(1);
    await page.keyboard.press('Control+6');
    expect(await name.inputValue()).toBe('North branch');
    await name.press('Control+s');
    await page.getByText(/^Saved · /).waitFor();
    expect(await page.locator('.sidebar .unsaved-dot').count()).toBe(0);
    await page.context().close();
  });

  it('names the field and the limit of wrong input and goes to it, without moving the form', async () => {
    const page = await visitScene('?language=en&case=empty#scene');
    const days = page.getByLabel('Keep records');
    const before = await page.locator('.save-bar').boundingBox();
    await days.fill('4000');
    await page.getByLabel('Scene name').fill('two words');
    await page.keyboard.press('Enter');
    await page.getByText('Days are a whole number from 1 to 3650').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.value')).toBe('two words');
    expect(await page.locator('[aria-invalid=true]').count()).toBe(2);
    expect(await page.locator('.save-bar').boundingBox()).toEqual(before);
    await page.context().close();
  });

  it('orders the ways to fall back to by keyboard, and the focus stays with what is moved', async () => {
    const page = await visitScene('?language=en#scene');
    const order = (): Promise<string[]> => page.locator('.fallback-name').allTextContents();
    await page.getByLabel('Add another way').selectOption('light-blink');
    await page.getByLabel('Add another way').selectOption('light-action');
    expect(await order()).toEqual(['Actions', 'Light + blink', 'Light + actions']);
    expect(await page.getByLabel('Add another way').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Move up: Light + actions' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    expect(await order()).toEqual(['Light + actions', 'Actions', 'Light + blink']);
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Move up: Light + actions');
    await page.getByRole('button', { name: 'Remove: Actions' }).click();
    expect(await order()).toEqual(['Light + actions', 'Light + blink']);
    await page.context().close();
  });

  it('says why digits are not offered, and takes silence only once its weakness is accepted', async () => {
    const page = await visitScene('?language=en#scene');
    expect(await page.getByRole('button', { name: 'Advanced · digits' }).isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: /^Digits/ }).isDisabled()).toBe(true);
    await page.getByText('Not available here: nothing here detects a voice').first().waitFor();
    await page.getByRole('button', { name: 'Simple · silent' }).click();
    await page.keyboard.press('Control+s');
    await page.getByText('Confirm this before silent is used').waitFor();
    const accept = page.getByRole('checkbox', { name: /^I know this/ });
    await expect.poll(() => page.locator('.notice input:focus').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await accept.check();
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved · /).waitFor();
    await page.context().close();
  });

  it('saves a reader by hand and then reads a card, masked', async () => {
    const page = await visit('?language=en#reader');
    await page.getByLabel('Serial port', { exact: true }).last().selectOption({ label: 'Type a path…' });
    await page.getByLabel('Path').fill('/dev/ttyACM3');
    expect(await page.getByRole('button', { name: 'Start test read' }).isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText(/^Saved · /).waitFor();
    await page.getByRole('button', { name: 'Start test read' }).click();
    await page.getByText('Read in 0.84 s').waitFor();
    await page.getByText('110***********1000').waitFor();
    await page.context().close();
  });

  it('finds readers, takes one over into the form, says that it has to be saved, and saves it', async () => {
    const page = await visit('?language=en#reader');
    await page.getByRole('button', { name: 'Find readers' }).click();
    await expect.poll(() => page.locator('.found-reader').count()).toBe(4);
    await page.getByText('In use', { exact: true }).waitFor();
    const use = page.getByRole('button', { name: 'Use this one: CertCtl' });
    await use.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Chosen; save to use it').waitFor();
    expect(await page.getByLabel('Service address').inputValue()).toBe('http://127.0.0.1:18889');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(OVERFLOW)).toEqual(NO_OVERFLOW);
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved · /).waitFor();
    expect(await page.locator('.section .facts dd').first().textContent()).toContain('CertCtl');
    await page.context().close();
  });

  it('shows that a search is under way, and for how long', async () => {
    const page = await visit('?language=en&case=searching#reader');
    await page.getByRole('button', { name: 'Find readers' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByText('1 s so far').waitFor();
    expect(await page.getByRole('button', { name: 'Find readers' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['normal', 'en', 'Start the check', ['Fine', 'Fine', 'Fine', 'Fine', 'Fine', 'Note']],
    [
      'troubled',
      'en',
      'Start the check',
      ['Fine', 'Problem', 'Not checked', 'Not checked', 'Not checked', 'Not checked'],
    ],
    ['troubled', 'zh-CN', '开始检查', ['正常', '有问题', '未检查', '未检查', '未检查', '未检查']],
  ])('checks a %s reader step by step in %s', async (which, language, start, states) => {
    for (const size of SIZES) {
      const page = await visit(`?case=${which}&language=${language}#reader`, size);
      await page.getByRole('button', { name: start }).click();
      await page.locator('.checked-step').last().waitFor();
      expect(await page.locator('.checked-step .mark').allTextContents()).toEqual(states);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(OVERFLOW)).toEqual(NO_OVERFLOW);
      await page.context().close();
    }
  });

  it.each(['auto', 'serial', 'usb', 'hid', 'tcp', 'service', 'simulated', 'off'])(
    'has an accessible form for the %s kind of connection',
    async (kind) => {
      const page = await visit('?case=troubled&language=en#reader', SIZES[1]);
      const kinds = ['auto', 'serial', 'usb', 'hid', 'tcp', 'service', 'simulated', 'off'];
      await page.getByRole('group', { name: 'Connection' }).getByRole('radio').nth(kinds.indexOf(kind)).check();
      await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(OVERFLOW)).toEqual(NO_OVERFLOW);
      await page.context().close();
    },
  );

  it('names a wrong id in the folded part, opens it and goes there', async () => {
    const page = await visit('?language=en#reader');
    await page.getByRole('radio', { name: /^USB, direct/ }).check();
    await page.keyboard.press('Control+s');
    await page.getByText('Choose a device or type its ids').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.labels?.[0]?.textContent')).toBe('Vendor id (VID)');
    await page.context().close();
  });

  it('tries a photo library that is not saved yet, and says why one does not work', async () => {
    const page = await visit('?language=en#reader');
    await page.getByLabel('Library file').fill('/opt/other.so');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('libwlt.so decodes, in 12 ms').waitFor();
    await page.getByLabel('Library file').fill('');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('Enter the whole path of the library file').waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    await page.context().close();

    const troubled = await visit('?case=troubled&language=en#reader');
    await troubled.getByRole('button', { name: 'Try it' }).click();
    await troubled.locator('.try-outcome .notice-failure').waitFor();
    expect(await violations(troubled)).toEqual([]);
    await troubled.context().close();
  });

  it('says why a photo was not decoded and that fingerprints are not kept', async () => {
    const page = await visit('?case=troubled&language=en#reader');
    await page.getByRole('button', { name: 'Start test read' }).click();
    await page.getByText('Present, not decoded').waitFor();
    await page.getByText('decoder.wrong-bitness').waitFor();
    await page.getByText('Present, 1,024 bytes, not kept').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('goes through a calibration by keyboard, stopping it once', async () => {
    const page = await visit('?language=en#camera');
    await page.getByText('The pinned camera', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Calibrate again…' }).click();
    const dialog = page.getByRole('dialog');
    const startWithFocus = dialog.locator('button:focus', { hasText: 'Start' });
    await startWithFocus.waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.getByText('Recording 1 of 3').waitFor();
    await page.keyboard.press('Escape');
    await startWithFocus.waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('Recording 3 of 3').waitFor();
    await dialog.getByText('Good. Stored.').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(OVERFLOW)).toEqual(NO_OVERFLOW);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  it.each(['Aliyun', 'Tencent Cloud', 'DCloud uni'])(
    'names what %s lacks, at its fields, in an accessible form that fits',
    async (vendor) => {
      const page = await visit('?language=en#verifier', SIZES[1]);
      await page.getByRole('radio', { name: vendor }).check();
      await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
      const before = await page.locator('.direct-form .save-bar').boundingBox();
      await page.keyboard.press('Control+s');
      await expect.poll(() => page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator('[aria-invalid=true]').count()).toBe(2);
      expect((await page.locator('.direct-form .save-bar').boundingBox())?.height).toBe(before?.height);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(OVERFLOW)).toEqual(NO_OVERFLOW);
      await page.context().close();
    },
  );

  it('keeps a vendor’s setting from page to page but not its keys, and shows saved keys never again', async () => {
    const page = await visit('?language=en#verifier');
    await page.getByRole('radio', { name: 'Aliyun' }).check();
    await page.getByLabel('Face picture (ID_MIN)').fill('1000001');
    await page.getByLabel('AccessKey secret').fill('a-secret-of-a-test');
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.locator('.sidebar .unsaved-dot').count()).toBe(1);
    await page.keyboard.press('Control+9');
    expect(await page.getByLabel('Face picture (ID_MIN)').inputValue()).toBe('1000001');
    expect(await page.getByLabel('AccessKey secret').inputValue()).toBe('');

    await page.getByLabel('AccessKey ID').fill('an-id-of-a-test');
    await page.getByLabel('AccessKey secret').fill('a-secret-of-a-test');
    await page.keyboard.press('Enter');
    await page.getByText(/^Saved · /).waitFor();
    await page.getByText('Kept on this machine').waitFor();
    expect(await page.locator('.direct-checks li').count()).toBe(6);
    expect(await page.locator('input[type=password]').count()).toBe(0);
    expect(await page.locator('.sidebar .unsaved-dot').count()).toBe(0);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Replace keys' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.labels?.[0]?.textContent')).toBe('AccessKey ID');
    expect(await page.getByLabel('AccessKey secret').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Keep the old keys' }).click();
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Replace keys');
    await page.getByRole('radio', { name: 'Nobody' }).check();
    await page.getByText('Saving this removes the former vendor’s keys').waitFor();
    await page.context().close();
  });

  it('broke no rule of its content policy and logged no error', () => {
    expect(gallery.complaints).toEqual([]);
  });
});
