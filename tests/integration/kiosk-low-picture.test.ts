import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { PAINTED_FACE } from '../../src/renderer/kiosk/gallery/painted-face.ts';
import { showScreen } from '../support/gallery/screen-pass.ts';
import { describeGallery } from '../support/gallery/suite.ts';

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1366, height: 768 },
] as const;
const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
type Box = z.infer<typeof boxSchema>;

async function boxOf(page: Page, selector: string): Promise<Box> {
  return boxSchema.parse(await page.locator(selector).boundingBox());
}

/** Where the painted face is on the screen: the picture is four by three, fills its element and is mirrored. */
function faceIn(video: Box): Box {
  const width = (video.height * 4) / 3;
  const left = video.x + (video.width - width) / 2;
  return {
    x: left + (1 - PAINTED_FACE.x - PAINTED_FACE.width) * width,
    y: video.y + PAINTED_FACE.y * video.height,
    width: PAINTED_FACE.width * width,
    height: PAINTED_FACE.height * video.height,
  };
}

const close = ({ x, y, width, height }: Box): unknown =>
  Object.fromEntries(Object.entries({ x, y, width, height }).map(([name, px]) => [name, expect.closeTo(px, -0.5)]));

const transformOf = (page: Page, selector: string): Promise<string> =>
  page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).transform`);

describeGallery('pictures on a lowered screen', 'kiosk', (gallery) => {
  it.each(SIZES)('have the mark where the face is, lowered or not: $width × $height', async (size) => {
    const page = await gallery().open('kiosk', size);
    const heights: number[] = [];
    for (const look of ['', '&low', '&low&elder']) {
      await showScreen(page, `screen=position&lang=en${look}`);
      await page.locator('.face-mark[style*="opacity: 1"]').waitFor();
      const video = await boxOf(page, '.oval video');
      expect(await boxOf(page, '.face-mark')).toEqual(close(faceIn(video)));
      heights.push(video.height / (await boxOf(page, '.oval')).height);
    }
    // Lowered, the picture is cut: it is larger than its oval.
    expect(heights.map((share) => Math.round(share * 100))).toEqual([100, 115, 115]);
    await page.context().close();
  });

  it.each(SIZES)('of documents are neither cut nor turned around: $width × $height', async (size) => {
    const page = await gallery().open('kiosk', size);
    for (const screen of ['document-good', 'document-passport', 'document-instead', 'card-photo']) {
      await showScreen(page, `screen=${screen}&lang=en`);
      const usual = await transformOf(page, '.preview video');
      await showScreen(page, `screen=${screen}&lang=en&low`);
      expect([screen, await transformOf(page, '.preview video')]).toEqual([screen, usual]);
      const [video, around] = [await boxOf(page, '.preview video'), await boxOf(page, '.preview')];
      expect([screen, video.width <= around.width + 1, video.height <= around.height + 1]).toEqual([
        screen,
        true,
        true,
      ]);
    }
    await page.context().close();
  });
});
