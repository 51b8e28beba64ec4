import type { Page } from '@playwright/test';
import { expect, test } from './kiosk-fixture.ts';

/** What a first-time visitor may be asked to touch, from the first touch to the last. */
const MOST_TOUCHES = 9;

/** Counts what is touched on the page, whoever touches it. */
async function countTouches(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`window.touches = 0; addEventListener('pointerdown', () => (window.touches += 1), true)`);
  return () => page.evaluate<number>('window.touches');
}

test('a first-time visitor comes through with few touches, being told each step', async ({ startKiosk }) => {
  const kiosk = await startKiosk({ demo: true });
  const { visitor } = kiosk;
  const { page } = visitor;
  await visitor.waitFor(['attract'], 60_000);
  await visitor.choose({ person: 'a', presentation: 'live', card: null });
  const touches = await countTouches(page);

  // What the screens said, in their order; nobody is left without a sentence.
  const said: string[] = [];
  const listen = async (screen: string): Promise<void> => {
    await visitor.waitFor([screen]);
    said.push((await page.locator('h1').first().innerText()).trim());
  };

  await page.getByRole('button', { name: '大字' }).click();
  await visitor.start();
  await listen('consent');
  await page.getByRole('checkbox').first().click();
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await listen('card');
  await visitor.choose({ person: 'a', presentation: 'live', card: 'a' });
  await visitor.waitFor(['position', 'light', 'challenge', 'deciding']);
  const result = await visitor.result();
  await listen('result');
  await visitor.press('完成');
  await visitor.waitFor(['attract']);

  expect(result).toEqual({ state: 'passed', reason: 'ok.matched' });
  expect(said.filter((sentence) => sentence.length < 4)).toEqual([]);
  expect(await touches()).toBeLessThanOrEqual(MOST_TOUCHES);

  const [record] = kiosk.records();
  const { stagesMs, startedAtMs } = record!.record;
  const all = Object.values(stagesMs).reduce((sum, ms) => sum + ms, 0);
  const withoutLiveness = all - (stagesMs.liveness ?? 0);
  expect(startedAtMs).toBeGreaterThan(0);
  console.log(`${await touches()} touches; ${(withoutLiveness / 1_000).toFixed(1)} s without the liveness check`);
});
