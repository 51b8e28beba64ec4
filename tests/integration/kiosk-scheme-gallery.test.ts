import type { Page } from '@playwright/test';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKioskGallery, type KioskGallery } from '../support/kiosk-gallery.ts';
import { layoutFaults } from '../support/layout-faults.ts';

const PORTRAIT = { width: 1080, height: 1920 } as const;
const LANDSCAPE = { width: 1366, height: 768 } as const;
const SIZES = [PORTRAIT, LANDSCAPE] as const;
const LOOKS = ['lang=zh-CN', 'lang=en', 'lang=zh-CN&elder', 'lang=en&elder&demo'] as const;

const hasBrowser = findBrowser() !== undefined;
if (!hasBrowser) console.log('skipped: no Chromium found (install one, or set COUNTERSIGN_CHROMIUM to its path)');

let gallery: KioskGallery;
const pages = new Map<object, Page>();
beforeAll(async () => {
  if (!hasBrowser) return;
  const opened = await openKioskGallery();
  if (!opened) throw new Error('the gallery did not open');
  gallery = opened;
  for (const size of SIZES) pages.set(size, await gallery.newPage(size));
});
afterAll(async () => {
  if (hasBrowser) await gallery.close();
});

/** What the page has asked the main process for, without signs of life. */
async function actedOn(page: Page): Promise<{ type: string }[]> {
  const acted = await page.evaluate(() => (globalThis as unknown as { acted: { type: string }[] }).acted);
  return acted.filter(({ type }) => type !== 'still-here');
}

let shown = 0;
/** Shows a fixture from its beginning, even if it stands there already. */
function show(page: Page, query: string): Promise<void> {
  shown += 1;
  return gallery.show(page, `${query}&nth=${shown}`);
}

async function onPage(size: (typeof SIZES)[number], work: (page: Page) => Promise<void>): Promise<void> {
  await work(pages.get(size)!);
}

/** Runs inside a page: the lines of the notice that stand whole on its page. */
function wholeLines(): string[] {
  interface Line {
    readonly innerText: string;
    getBoundingClientRect(): { left: number; right: number; top: number; bottom: number };
  }
  const { document } = globalThis as unknown as { document: { querySelectorAll(selector: string): Iterable<Line> } };
  const place = [...document.querySelectorAll('.notice-pages')].at(-1)!.getBoundingClientRect();
  return [...document.querySelectorAll('.notice-title, .notice-section p')]
    .filter((line) => {
      const { left, right, top, bottom } = line.getBoundingClientRect();
      const across = left >= place.left - 1 && right <= place.right + 1;
      return across && top >= place.top - 1 && bottom <= place.bottom + 1;
    })
    .map(({ innerText }) => innerText);
}

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

describe.skipIf(!hasBrowser)('what is typed beside name and number', () => {
  it.each(SIZES.flatMap((size) => LOOKS.map((look) => [size, look] as const)))(
    'fits at every stage, with keys for a finger: %o %s',
    async (size, look) => {
      await onPage(size, async (page) => {
        const faults: unknown[] = [];
        const check = async (stage: string): Promise<void> => {
          const found = await page.evaluate(layoutFaults, look.includes('elder') ? 72 : 60);
          for (const fault of found) faults.push([stage, fault]);
        };
        await show(page, `screen=element-bank-card&${look}`);
        await check('nothing');
        await page.keyboard.type('6222021234567890123');
        await check('a wrong digit');
        await page.keyboard.press('Backspace');
        await page.keyboard.type('8');
        await check('a number that is right');
        for (const key of await page.locator('.key').all()) {
          const box = await key.boundingBox();
          if (Math.min(box!.width, box!.height) < 79.5) faults.push(['key', box]);
        }
        await show(page, `screen=element-phone&${look}`);
        await page.keyboard.type('12');
        await check('no mobile number');
        expect(faults).toEqual([]);
      });
    },
  );

  it('sends digits alone, once, and by a key of the keyboard too', async () => {
    await onPage(PORTRAIT, async (page) => {
      await show(page, 'screen=element-phone');
      const goOn = page.getByRole('button', { name: '继续' });
      expect(await page.locator('[data-key="X"]').count()).toBe(0);
      for (const digit of '1380013800') await page.locator(`[data-key="${digit}"]`).click();
      expect(await goOn.isDisabled()).toBe(true);
      await page.keyboard.type('x0');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      expect(await actedOn(page)).toEqual([{ type: 'submit-element', value: '13800138000' }]);
    });
  });

  it('says that it was refused, keeps what was typed and takes another try', async () => {
    await onPage(PORTRAIT, async (page) => {
      await show(page, 'screen=element-phone&refuse');
      await page.keyboard.type('13800138000');
      await page.keyboard.press('Enter');
      await page.locator('.entry-note[data-problem]').waitFor();
      expect(await page.locator('.entry-note').innerText()).toBe('没有通过检查，请重新输入。');
      expect(await page.locator('.entry-group').allInnerTexts()).toEqual(['138', '0013', '8000']);
      await page.keyboard.press('Backspace');
      await page.keyboard.type('1');
      expect(await page.locator('.entry-note[data-problem]').count()).toBe(0);
      await page.keyboard.press('Enter');
      expect((await actedOn(page)).map(({ type }) => type)).toEqual(['submit-element', 'submit-element']);
    });
  });

  it('is covered where nobody goes on typing', async () => {
    const page = await gallery.newPage(PORTRAIT);
    await page.clock.install();
    await show(page, 'screen=element-bank-card');
    await page.keyboard.type('62220');
    await page.clock.runFor(8_100);
    expect(await page.locator('.entry-group').first().innerText()).toBe('••••');
    await page.context().close();
  });
});

describe.skipIf(!hasBrowser)('consents', () => {
  it('asks a third one of its own, unticked, and goes on without it', async () => {
    await onPage(PORTRAIT, async (page) => {
      await show(page, 'screen=consent-three');
      const boxes = page.getByRole('checkbox');
      expect(await boxes.count()).toBe(3);
      expect(await page.locator('input:checked').count()).toBe(0);
      await boxes.first().click();
      await press(page, '同意并继续');
      expect(await actedOn(page)).toEqual([{ type: 'consent', capture: true, transmit: false, returnFace: false }]);
    });
  });

  it('asks for no sending where nobody would get anything', async () => {
    await onPage(LANDSCAPE, async (page) => {
      await show(page, 'screen=consent-local');
      expect(await page.getByRole('checkbox').count()).toBe(1);
    });
  });

  it('names who gets it, on the row that asks', async () => {
    await onPage(LANDSCAPE, async (page) => {
      await show(page, 'screen=consent-face');
      expect(await page.locator('.check-row').nth(1).innerText()).toContain('样例市身份核验中心');
    });
  });

  it('takes a guardian’s answer as the guardian’s', async () => {
    await onPage(LANDSCAPE, async (page) => {
      await show(page, 'screen=guardian-consent-three');
      const agree = page.getByRole('button', { name: '同意并继续' });
      expect(await agree.isDisabled()).toBe(true);
      for (const box of await page.getByRole('checkbox').all()) await box.click();
      await agree.click();
      expect(await actedOn(page)).toEqual([
        { type: 'guardian-agrees', capture: true, transmit: true, returnFace: true },
      ]);
      await show(page, 'screen=guardian-consent-elements');
      expect(await page.locator('.check-row').allInnerTexts()).toEqual([
        expect.stringContaining('同意核对孩子的身份信息'),
        expect.stringContaining('同意发送孩子的姓名和证件号'),
      ]);
      await show(page, 'screen=guardian-consent');
      await press(page, '用其他方式');
      expect(await actedOn(page)).toEqual([{ type: 'refuse-consent' }]);
    });
  });

  it.each(['consent-three', 'guardian-consent-three'])('makes refusing as large as agreeing: %s', async (name) => {
    for (const size of SIZES) {
      await onPage(size, async (page) => {
        await show(page, `screen=${name}`);
        const boxes = await Promise.all(
          ['用其他方式', '同意并继续'].map((label) => page.getByRole('button', { name: label }).boundingBox()),
        );
        const areas = boxes.map((box) => Math.round(box!.width) * Math.round(box!.height));
        expect(areas[0]).toBe(areas[1]);
      });
    }
  });

  it.each(SIZES.flatMap((size) => LOOKS.map((look) => [size, look] as const)))(
    'shows every word of the notice on some page, and keeps what was ticked: %o %s',
    async (size, look) => {
      await onPage(size, async (page) => {
        await show(page, `screen=consent-three&${look}`);
        await page.getByRole('checkbox').nth(1).click();
        const reader = page.locator('.facts-place .button');
        const isApart = await reader.isVisible();
        if (isApart) await reader.click();
        expect(await page.evaluate(layoutFaults, look.includes('elder') ? 72 : 60)).toEqual([]);
        const lines = page.locator('.notice-title, .notice-section p');
        const unseen = new Set(await lines.allInnerTexts());
        expect(unseen.size).toBeGreaterThan(25);
        const next = page.locator('.pager-button').nth(1);
        for (let turns = 0; turns < 30; turns += 1) {
          for (const text of await page.evaluate(wholeLines)) unseen.delete(text);
          if ((await next.getAttribute('aria-disabled')) === 'true') break;
          await next.click();
        }
        expect([...unseen]).toEqual([]);
        if (isApart) await page.locator('.actions-forward .button').click();
        expect(await page.getByRole('checkbox').nth(1).isChecked()).toBe(true);
      });
    },
  );
});

describe.skipIf(!hasBrowser)('the other ways', () => {
  it('takes each of them, with the clerk always the last and no smaller than any', async () => {
    await onPage(PORTRAIT, async (page) => {
      await show(page, 'screen=methods-all');
      const rows = page.locator('.method');
      expect(await rows.count()).toBe(7);
      const heights = await Promise.all((await rows.all()).map(async (row) => (await row.boundingBox())!.height));
      expect(heights.at(-1)).toBeGreaterThanOrEqual(Math.max(...heights));
      for (const row of await rows.all()) await row.click();
      await press(page, '返回');
      expect(await actedOn(page)).toEqual([
        ...[
          'identity-check',
          'phone-check',
          'bank-card-check',
          'bank-card-phone-check',
          'another-liveness',
          'phone-hand-off',
        ].map((method) => ({ type: 'choose-method', method })),
        { type: 'choose-clerk' },
        { type: 'keep-going' },
      ]);
    });
  });

  it('leads back only where there is something to go back to', async () => {
    await onPage(LANDSCAPE, async (page) => {
      await show(page, 'screen=methods-one');
      expect(await page.getByRole('button', { name: '返回' }).count()).toBe(0);
      expect(await page.locator('.method').count()).toBe(2);
    });
  });

  it('goes on with the card’s pictures where the result says so', async () => {
    await onPage(LANDSCAPE, async (page) => {
      await show(page, 'screen=review-use-card');
      await press(page, '拍摄身份证继续');
      await press(page, '用其他方式');
      expect(await actedOn(page)).toEqual([{ type: 'continue-with-card' }, { type: 'other-method' }]);
      await show(page, 'screen=review');
      expect(await page.getByRole('button', { name: '拍摄身份证继续' }).count()).toBe(0);
    });
  });
});

describe.skipIf(!hasBrowser)('a hand-off', () => {
  it.each(SIZES.flatMap((size) => [...LOOKS, 'lang=en&elder'].map((look) => [size, look] as const)))(
    'has a code of at least 360 px at a place that never moves: %o %s',
    async (size, look) => {
      await onPage(size, async (page) => {
        const places: unknown[] = [];
        for (const name of ['hand-off-opening', 'hand-off', 'hand-off-opened']) {
          await show(page, `screen=${name}&${look}`);
          const box = (await page.locator('.code-place').boundingBox())!;
          const out = (await page.locator('.actions-out').boundingBox())!;
          places.push([box.x, box.y, box.width, box.height, out.y].map(Math.round));
        }
        expect(new Set(places.map(String)).size).toBe(1);
        await show(page, `screen=hand-off&${look}`);
        const code = (await page.locator('.code-place .qr').boundingBox())!;
        expect(Math.min(code.width, code.height)).toBeGreaterThanOrEqual(360);
      });
    },
  );
});

describe.skipIf(!hasBrowser)('an awaited verdict', () => {
  it('can be left, and changes to its result with the buttons and the receipt where they were', async () => {
    for (const size of SIZES) {
      await onPage(size, async (page) => {
        const places = async (name: string): Promise<unknown> => {
          await show(page, `screen=${name}`);
          const boxes = await Promise.all(
            ['h1', '.slip', '.actions-forward'].map((selector) => page.locator(selector).boundingBox()),
          );
          return boxes.map((box) => [Math.round(box!.x), Math.round(box!.y)]);
        };
        expect(await places('pending')).toEqual(await places('awaiting'));
        await press(page, '不等了');
        expect(await actedOn(page)).toEqual([{ type: 'done' }]);
      });
    }
  });
});

describe.skipIf(!hasBrowser)('a withdrawal', () => {
  it('begins where a card can be read, and nowhere else', async () => {
    await onPage(PORTRAIT, async (page) => {
      await show(page, 'screen=attract');
      const withdraw = page.getByRole('button', { name: '撤回同意，删除资料' });
      expect(await withdraw.count()).toBe(0);
      await show(page, 'screen=attract-withdraw');
      await withdraw.click();
      expect(await actedOn(page)).toEqual([{ type: 'withdraw' }]);
    });
  });

  it('asks once more before it erases, with leaving as large, in the same place', async () => {
    for (const size of SIZES) {
      await onPage(size, async (page) => {
        await show(page, 'screen=withdrawal-review');
        await press(page, '删除我的资料');
        expect(await actedOn(page)).toEqual([]);
        await press(page, '不删除');
        await press(page, '删除我的资料');
        const [keep, erase] = await Promise.all(
          ['不删除', '确定删除'].map((name) => page.getByRole('button', { name }).boundingBox()),
        );
        expect([keep!.y, keep!.height].map(Math.round)).toEqual([erase!.y, erase!.height].map(Math.round));
        expect(Math.abs(keep!.width - erase!.width)).toBeLessThan(1);
        await press(page, '确定删除');
        expect(await actedOn(page)).toEqual([{ type: 'confirm-withdrawal' }]);
        await show(page, 'screen=withdrawal-review');
        await press(page, '不删除');
        expect(await actedOn(page)).toEqual([{ type: 'cancel' }]);
      });
    }
  });

  it('is left by Escape, though no certification runs', async () => {
    await onPage(PORTRAIT, async (page) => {
      await show(page, 'screen=withdrawal-card');
      await page.keyboard.press('Escape');
      expect(await actedOn(page)).toEqual([{ type: 'cancel' }]);
    });
  });

  it('shows its receipt as a number and a code', async () => {
    await onPage(LANDSCAPE, async (page) => {
      await show(page, 'screen=withdrawal-done');
      expect(await page.locator('.receipt-number').innerText()).toBe('4C8M-19XW');
      expect(await page.locator('.slip .qr').count()).toBe(1);
      for (const name of ['withdrawal-nothing', 'withdrawal-failed']) {
        await show(page, `screen=${name}`);
        expect(await page.locator('.slip').count()).toBe(0);
      }
    });
  });
});

describe.skipIf(!hasBrowser)('these screens', () => {
  it('complained of nothing', () => {
    if (gallery) expect(gallery.complaints).toEqual([]);
  });
});
