import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { openKioskGallery, type KioskGallery } from '../support/kiosk-gallery.ts';
import { layoutFaults } from '../support/layout-faults.ts';

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1366, height: 768 },
] as const;
const LOOKS = ['lang=zh-CN', 'lang=en', 'lang=zh-CN&elder', 'lang=en&elder&demo'] as const;
const EDITED = ['name', 'sex', 'address', 'number', 'birthDate', 'validTo'] as const;
const CAPTURES = ['document-opening', 'document-front', 'document-good', 'document-hint', 'document-problem-long'];

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

async function actedOn(page: Page): Promise<{ type: string }[]> {
  const acted = await page.evaluate(() => (globalThis as unknown as { acted: { type: string }[] }).acted);
  return acted.filter(({ type }) => type !== 'still-here');
}

const takenOn = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { taken: number }).taken);

describe.skipIf(!hasBrowser).each(SIZES)('documents at $width × $height', (size) => {
  it.each(LOOKS)(
    'fits every way to change a line: %s',
    async (look) => {
      const page = await gallery.newPage(size);
      const found: unknown[] = [];
      const check = async (name: string): Promise<void> => {
        const faults = await page.evaluate(layoutFaults, look.includes('elder') ? 72 : 60);
        for (const fault of faults) found.push([name, fault]);
      };
      for (const field of EDITED) {
        await gallery.show(page, `screen=confirm-doubts&${look}&edit=${field}`);
        await page.locator(`[data-field="${field}"]`).click();
        await check(`edit ${field}`);
      }
      expect(found).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it.each(LOOKS)('moves neither picture nor buttons from hint to problem to good: %s', async (look) => {
    const page = await gallery.newPage(size);
    const places: Record<string, unknown> = {};
    for (const name of CAPTURES) {
      await gallery.show(page, `screen=${name}&${look}`);
      await page.waitForTimeout(100);
      places[name] = [await placeOf(page, '.document-stage'), await placeOf(page, '.screen-actions')];
    }
    expect(places).toEqual(Object.fromEntries(CAPTURES.map((name) => [name, places['document-front']])));
    await page.context().close();
  });

  it('moves nothing of the card screen while a card is read, with all ways offered', async () => {
    const page = await gallery.newPage(size);
    const places: unknown[] = [];
    for (const name of ['card-all-ways', 'card-all-reading']) {
      await gallery.show(page, `screen=${name}&lang=en`);
      places.push([await placeOf(page, '.card-art'), await placeOf(page, '.screen-actions')]);
    }
    expect(places[1]).toEqual(places[0]);
    await page.context().close();
  });
});

describe.skipIf(!hasBrowser)('documents', () => {
  it('takes the picture by the button, by Space and by Enter, but not by a reader that types', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await gallery.show(page, 'screen=document-passport');
    await page.getByRole('button', { name: '拍照' }).click();
    await page.locator('h1').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    expect(await takenOn(page)).toBe(3);
    await page.keyboard.type('P<UTO');
    await page.keyboard.press('Enter');
    expect(await takenOn(page)).toBe(3);
    await page.context().close();
  });

  it('takes none while one is being read', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await gallery.show(page, 'screen=document-still');
    await page.keyboard.press('Space');
    expect([await takenOn(page), await page.getByRole('button', { name: '拍照' }).isDisabled()]).toEqual([0, true]);
    await page.context().close();
  });

  it('lets a line be changed and sends all of them as they are shown', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await gallery.show(page, 'screen=confirm-doubts');
    await page.getByRole('button', { name: '信息无误' }).click();
    expect(await actedOn(page)).toEqual([]);
    expect(await page.locator(':focus').getAttribute('data-field')).toBe('validTo');
    await page.keyboard.press('Enter');
    await page.locator('[data-key="extra"]').click();
    await page.getByRole('button', { name: '改好了' }).click();
    await page.locator('[data-field="number"]').click();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.locator('[data-field="name"]').click();
    await page.getByRole('textbox').fill('范例三');
    await page.getByRole('button', { name: '改好了' }).click();
    expect(await page.locator('[data-field="name"]').getAttribute('data-changed')).toBe('true');
    await page.getByRole('button', { name: '信息无误' }).click();
    const [sent] = (await actedOn(page)) as { type: string; values: Record<string, string> }[];
    expect(sent).toMatchObject({
      type: 'document-confirmed',
      values: { name: '范例三', sex: 'male', number: '110101198506151011', validTo: 'long-term' },
    });
    await page.context().close();
  });

  it('goes to the line that the main process finds wrong', async () => {
    const page = await gallery.newPage(SIZES[1]);
    await gallery.show(page, 'screen=confirm-problem');
    await page.locator('[data-field="birthDate"]:focus').waitFor();
    expect(await page.locator('[data-field="birthDate"]').textContent()).toContain('和其他内容对不上');
    await page.context().close();
  });

  it('offers what can be done instead at every step', async () => {
    const page = await gallery.newPage(SIZES[1]);
    const press = async (screen: string, ...names: string[]): Promise<void> => {
      for (const name of names) {
        await gallery.show(page, `screen=${screen}&press=${encodeURIComponent(name)}`);
        await page.getByRole('button', { name, exact: true }).click();
      }
    };
    const asked: string[] = [];
    for (const [screen, name] of [
      ['card-all-ways', '拍身份证'],
      ['card-all-ways', '用护照'],
      ['document-front', '改为读卡'],
      ['document-front', '用其他方式'],
      ['confirm-sure', '重新拍照'],
      ['chip-waiting', '人工核对'],
      ['chip-reader', '用其他方式'],
    ] as const) {
      await press(screen, name);
      asked.push((await actedOn(page)).map(({ type }) => type).join());
    }
    await gallery.show(page, 'screen=document-required');
    expect(await page.getByRole('button', { name: '改为读卡' }).count()).toBe(0);
    expect(asked).toEqual([
      'photograph-card',
      'use-travel-document',
      'use-card',
      'other-method',
      'retake-document',
      'skip-chip',
      'other-method',
    ]);
    await page.context().close();
  });

  it('complained of nothing', () => {
    if (gallery) expect(gallery.complaints).toEqual([]);
  });
});
