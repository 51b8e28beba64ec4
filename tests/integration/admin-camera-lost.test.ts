import { expect, it } from 'vitest';
import { reasonText } from '../../src/shared/reason-texts.ts';
import { describeGallery } from '../support/gallery/suite.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;

/** Whether the preview shows a camera whose picture flows. */
const FLOWS = `document.querySelector('video')?.srcObject?.getVideoTracks()[0]?.readyState === 'live'`;

describeGallery('a camera that goes while an administrator looks at it', 'admin', (gallery) => {
  it.each(LANGUAGES)('is told, leaves what was typed, and comes back by itself: %s', async (language) => {
    const page = await gallery().open('admin', { width: 1366, height: 768 }, `?language=${language}#camera`);
    await expect.poll(() => page.evaluate(FLOWS), { timeout: 5_000 }).toBe(true);
    const typed = page.locator('main input[inputmode], main input[type="number"], main input[type="text"]').first();
    await typed.fill('41');
    await page.evaluate(`(() => {
      const track = document.querySelector('video').srcObject.getVideoTracks()[0];
      track.stop();
      track.dispatchEvent(new Event('ended'));
    })()`);
    const told = page.locator('[role="alert"]', { hasText: reasonText('camera.lost', language, 'clerk') });
    await told.waitFor({ timeout: 1_000 });
    expect(await told.getByRole('button').count()).toBe(1);
    await expect.poll(() => page.evaluate(FLOWS), { timeout: 6_000 }).toBe(true);
    await told.waitFor({ state: 'detached' });
    expect(await typed.inputValue()).toBe('41');
    await page.context().close();
  });

  it('complains of nothing', () => expect(gallery().complaints).toEqual([]));
});
