import type { Page } from '@playwright/test';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKioskGallery, type KioskGallery } from '../support/kiosk-gallery.ts';
import { layoutFaults } from '../support/layout-faults.ts';

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1366, height: 768 },
] as const;
const LOOKS = [
  'lang=zh-CN',
  'lang=en',
  'lang=zh-CN&elder',
  'lang=en&elder',
  'lang=zh-CN&elder&demo',
  'lang=en&elder&demo',
] as const;

/** From the first screen to the last, and beside the way. */
const STEPS = [
  ...['attract', 'called-attract', 'guide', 'consent', 'card', 'card-problem', 'position', 'light', 'action-wait'],
  ...['deciding', 'awaiting', 'passed', 'failed', 'review', 'error', 'other-method', 'methods', 'maintenance', 'entry'],
  ...['document-front', 'confirm-sure', 'hand-off', 'guardian-card', 'guardian-consent', 'withdrawal-review'],
] as const;

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

/** What the page has asked the main process for, without one kind of it. */
async function actedOn(page: Page, without?: string): Promise<{ type: string }[]> {
  const acted = await page.evaluate(() => (globalThis as unknown as { acted: { type: string }[] }).acted);
  return acted.filter(({ type }) => type !== without);
}

/** Runs inside the page, whose globals the tests' compiler doesn't know. */
function textSizePx(element: unknown): number {
  const styles = globalThis as unknown as { getComputedStyle(of: unknown): { readonly fontSize: string } };
  return parseFloat(styles.getComputedStyle(element).fontSize);
}

describe.skipIf(!hasBrowser)('the kiosk', () => {
  it('opens the way forward only once the capture is agreed to, and sends both ticks', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await gallery.show(page, 'screen=consent');
    const agree = page.getByRole('button', { name: '同意并继续' });
    const [capture, transmit] = [
      page.getByRole('checkbox', { name: /^同意拍摄人脸/ }),
      page.getByRole('checkbox', { name: /^同意把/ }),
    ];
    expect([await capture.isChecked(), await transmit.isChecked(), await agree.isDisabled()]).toEqual([
      false,
      false,
      true,
    ]);
    await transmit.click();
    expect(await agree.isDisabled()).toBe(true);
    await capture.click();
    await transmit.click();
    await agree.click();
    const acted = await actedOn(page, 'still-here');
    expect(acted).toEqual([{ type: 'consent', capture: true, transmit: false }]);
    await page.context().close();
  });

  it('cancels by Escape, opens the staff entrance by its keys, and takes a touch as a sign of life', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await gallery.show(page, 'screen=card');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Alt+KeyA');
    expect(await actedOn(page)).toEqual([{ type: 'still-here' }, { type: 'cancel' }, { type: 'open-admin' }]);
    await page.context().close();
  });

  it('answers the idle question by its button, with the rest out of reach', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await gallery.show(page, 'screen=idle');
    const button = page.getByRole('button', { name: '我还需要时间' });
    expect(await page.locator('.idle :focus').textContent()).toBe('我还需要时间');
    expect(await page.locator('.frame-rest').getAttribute('inert')).toBe('');
    await button.click();
    expect(await actedOn(page)).toContainEqual({ type: 'still-here' });
    await page.context().close();
  });

  it.each(
    SIZES.flatMap(({ width, height }) => ['', '&elder', '&elder&demo'].map((flags) => [width, height, flags] as const)),
  )(
    'keeps picture, sentence and buttons where they are from place to decision: %i × %i%s',
    async (width, height, flags) => {
      const page = await gallery.newPage({ width, height });
      const middleOf = async (selector: string) => {
        const box = await page.locator(selector).boundingBox();
        return box && [box.x + box.width / 2, box.y, box.y + box.height].map(Math.round);
      };
      const places = async (name: string) => {
        await gallery.show(page, `screen=${name}&lang=en${flags}`);
        return [await middleOf('.oval'), await middleOf('.hint'), await middleOf('.actions-out')];
      };
      const before = await places('position');
      for (const name of [
        'position-action',
        'light',
        'action-wait',
        'action-left',
        'digits-louder',
        'silent',
        'deciding',
      ]) {
        expect([name, await places(name)]).toEqual([name, before]);
      }
      await page.context().close();
    },
  );

  it.each(SIZES.flatMap((size) => ['lang=zh-CN', 'lang=en'].map((look) => [size, look] as const)))(
    'has every title at the same corner, and large: %o %s',
    async (size, look) => {
      const page = await gallery.newPage(size);
      const places: [name: string, x: number, y: number][] = [];
      const sizesPx: number[] = [];
      for (const name of STEPS) {
        await gallery.show(page, `screen=${name}&${look}`);
        const title = page.locator('h1');
        const { x, y } = (await title.boundingBox())!;
        places.push([name, Math.round(x), Math.round(y)]);
        sizesPx.push(await title.evaluate(textSizePx));
      }
      const [, left, top] = places[0]!;
      expect(places).toEqual(STEPS.map((name) => [name, left, top]));
      expect(Math.min(...sizesPx)).toBeGreaterThanOrEqual(size.height > size.width ? 72 : 40);
      await page.context().close();
    },
  );

  it('never covers the face with a remark', async () => {
    for (const size of SIZES) {
      const page = await gallery.newPage(size);
      await gallery.show(page, 'screen=action-mouth&lang=en&elder&demo');
      const [oval, remark] = [
        await page.locator('.oval').boundingBox(),
        await page.locator('.remark span').boundingBox(),
      ];
      const isBeside = remark!.x >= oval!.x + oval!.width;
      expect(isBeside || remark!.y > oval!.y + 0.75 * oval!.height).toBe(true);
      await page.context().close();
    }
  });

  it('shows actions in words of at least 40 px and the newest digit at 160 px or more', async () => {
    for (const size of SIZES) {
      for (const look of LOOKS) {
        const page = await gallery.newPage(size);
        const pixels = (selector: string): Promise<number> => page.locator(selector).evaluate(textSizePx);
        await gallery.show(page, `screen=action-left&${look}`);
        expect(await pixels('.hint')).toBeGreaterThanOrEqual(40);
        await gallery.show(page, `screen=digits&${look}`);
        expect(await pixels('.digit[data-state="now"]')).toBeGreaterThanOrEqual(160);
        await page.context().close();
      }
    }
  });

  it('points to the left of the screen for the left of the person, as in a mirror', async () => {
    const page = await gallery.newPage(SIZES[0]);
    const arrowMinusHead = async (name: string): Promise<number> => {
      await gallery.show(page, `screen=${name}`);
      const [art, arrow] = [
        await page.locator('.action-art').boundingBox(),
        await page.locator('.action-arrow').boundingBox(),
      ];
      return arrow!.x + arrow!.width / 2 - (art!.x + art!.width / 2);
    };
    expect(await arrowMinusHead('action-left')).toBeLessThan(0);
    expect(await arrowMinusHead('action-right')).toBeGreaterThan(0);
    await page.context().close();
  });

  it('offers a way past the flashing only where there is one, and asks for it', async () => {
    const page = await gallery.newPage(SIZES[0]);
    const button = page.getByRole('button', { name: '不要闪光' });
    for (const name of ['position-dark', 'position-action']) {
      await gallery.show(page, `screen=${name}`);
      expect(await button.count()).toBe(0);
    }
    await gallery.show(page, 'screen=position');
    await button.click();
    expect(await actedOn(page, 'still-here')).toEqual([{ type: 'avoid-flashing' }]);
    await page.context().close();
  });

  it.each(SIZES.flatMap((size) => LOOKS.map((look) => [size.width, size.height, look] as const)))(
    'fits every stage of typing name and number, with keys for a finger: %i × %i %s',
    async (width, height, look) => {
      const page = await gallery.newPage({ width, height });
      const press = async (keys: string): Promise<void> => {
        for (const key of keys) await page.locator(`[data-key="${key}"]`).click();
      };
      const faults: unknown[] = [];
      const check = async (stage: string): Promise<void> => {
        const found = await page.evaluate(layoutFaults, look.includes('elder') ? 72 : 60);
        for (const fault of found) faults.push([stage, fault]);
        for (const key of await page.locator('.key').all()) {
          const box = await key.boundingBox();
          if (Math.min(box!.width, box!.height) < 79.5) faults.push([stage, 'key', box]);
        }
      };
      await gallery.show(page, `screen=entry&${look}`);
      await press('999999');
      await check('a wrong region');
      await page.locator('[data-key="clear"]').click();
      await page.locator('[data-key="pad"]').click();
      await check('letters');
      await press('USA');
      await page.locator('[data-key="clear"]').click();
      await press('110105194912310020');
      await check('a wrong check character');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('x');
      await check('a number that is right');
      await page.keyboard.press('Enter');
      await page.getByRole('textbox').fill('样例1');
      await check('a name that is none');
      await page.getByRole('textbox').fill('样例');
      await page.keyboard.press('Enter');
      expect(await actedOn(page, 'still-here')).toEqual([
        { type: 'submit-identity', name: '样例', number: '11010519491231002X' },
      ]);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it('sends no name that an input method is still putting together', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await gallery.show(page, 'screen=entry');
    await page.keyboard.type('11010519491231002X');
    await page.keyboard.press('Enter');
    const name = page.getByRole('textbox');
    await name.waitFor();
    const goOn = page.getByRole('button', { name: '继续' });
    const input = await page.context().newCDPSession(page);
    await input.send('Input.imeSetComposition', { text: 'yang li', selectionStart: 7, selectionEnd: 7 });
    expect(await goOn.isDisabled()).toBe(true);
    expect(await page.locator('.entry-note[data-problem]').count()).toBe(0);
    await input.send('Input.insertText', { text: '样例' });
    expect(await name.inputValue()).toBe('样例');
    expect(await goOn.isDisabled()).toBe(false);
    await goOn.click();
    expect(await actedOn(page, 'still-here')).toEqual([
      { type: 'submit-identity', name: '样例', number: '11010519491231002X' },
    ]);
    await page.context().close();
  });

  it('covers a number that nobody goes on typing', async () => {
    const page = await gallery.newPage(SIZES[0]);
    await page.clock.install();
    await gallery.show(page, 'screen=entry');
    await page.keyboard.type('110105');
    const groups = (): Promise<string> => page.locator('.entry-group').first().innerText();
    expect(await groups()).toBe('110105');
    await page.clock.runFor(8_100);
    expect(await groups()).toBe('••••••');
    await page.keyboard.press('1');
    expect(await groups()).toBe('110105');
    await page.context().close();
  });

  it('offers typing only where the scene does', async () => {
    const page = await gallery.newPage(SIZES[0]);
    const button = page.getByRole('button', { name: '手动输入' });
    await gallery.show(page, 'screen=card');
    expect(await button.count()).toBe(0);
    await gallery.show(page, 'screen=card-typing');
    await button.click();
    expect(await actedOn(page, 'still-here')).toEqual([{ type: 'type-identity' }]);
    await gallery.show(page, 'screen=error-typing');
    await button.click();
    expect(await actedOn(page, 'still-here')).toEqual([{ type: 'retry', typing: true }]);
    await page.context().close();
  });

  it('complained of nothing', () => {
    if (gallery) expect(gallery.complaints).toEqual([]);
  });
});
