import { expect, it } from 'vitest';
import { describeGallery } from '../support/gallery/suite.ts';

describeGallery("the clerk's window", 'clerk', (gallery) => {
  it('decides a record, and goes over a result with a colleague, by keys', { timeout: 60_000 }, async () => {
    const page = await gallery().open('clerk', { width: 1366, height: 768 }, '?language=en#queue');
    const { keyboard } = page;
    await page.locator('.case-row').first().waitFor();
    const waiting = await page.locator('.case-row').count();
    await keyboard.press('ArrowDown');
    await page.locator('.case-head').waitFor();
    await keyboard.press('r');
    await page.locator('.decision').waitFor();
    await keyboard.press('Enter');
    await page.getByText('Choose a reason').waitFor();
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await page.locator('.verdict-now').waitFor();
    await expect.poll(() => page.locator('.case-row').count()).toBe(waiting - 1);
    expect(await page.locator('.verdict-now').innerText()).toContain('decided by staff');
    expect(await page.locator('.verdicts').innerText()).toContain('The machine’s verdict');

    await keyboard.press('F4');
    await page.locator('.case-row').nth(8).waitFor();
    for (let row = 0; row < 3; row += 1) await keyboard.press('ArrowDown');
    await page.locator('.case-head').waitFor();
    await keyboard.press('o');
    await page.locator('.decision').waitFor();
    await page.getByLabel('Old portrait, but the same person').check();
    await page.getByLabel('Note').fill('138 0013 8000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('It holds a personal number').waitFor();
    await page.getByLabel('Note').fill('Compared in person with the original document.');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
    await keyboard.type('730416');
    await keyboard.press('Enter');
    const second = page.getByRole('dialog', { name: 'A colleague confirms' });
    await second.waitFor();
    expect(await second.getByText('周敏').count()).toBe(0);
    await keyboard.type('258903');
    await keyboard.press('Enter');
    await page.locator('.history').waitFor();
    expect(await page.locator('.history').innerText()).toContain('周敏, with 林岚');
    expect(gallery().complaints).toEqual([]);
    await page.context().close();
  });
});
