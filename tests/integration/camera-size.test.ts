import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { findBrowser, openLoopPage, type LoopPage } from '../support/liveness-loop.ts';

const browser = findBrowser();
if (!browser) console.warn('camera sizes not tried: an installed Chromium missing');

const NEAR = { x: 0.3, y: 0.2, width: 0.3, height: 0.6 };
const FAR = { x: 0.45, y: 0.4, width: 0.08, height: 0.2 };

describe.skipIf(!browser)('the picture asked of a camera', () => {
  let loop: LoopPage | null = null;
  afterEach(async () => {
    await loop?.close();
    loop = null;
  });

  /** A browser whose only camera is a test pattern with so many frames a second. */
  async function opened(framesPerSecond: number): Promise<LoopPage> {
    const device = `--use-fake-device-for-media-stream=fps=${framesPerSecond}`;
    loop = await openLoopPage(browser!, [device, '--use-fake-ui-for-media-stream']);
    return loop;
  }
  async function sizeOf(jpeg: Uint8Array): Promise<string> {
    const { width, height } = await sharp(jpeg).metadata();
    return `${width} x ${height}`;
  }

  it('is large where the camera keeps up, and distant faces are cut out of it', async () => {
    const page = await opened(30);
    expect(await page.openDevice()).toBe('1280 x 720');
    expect(await sizeOf(await page.evidenceOf(NEAR))).toBe('640 x 360');
    expect(await sizeOf(await page.evidenceOf(FAR))).toBe('640 x 480');
    const cut = await page.evidenceOf(FAR);
    expect(cut.length).toBeLessThanOrEqual(100_000);
  });

  it('is the usual one where a large one would come too slowly', async () => {
    const page = await opened(15);
    expect(await page.openDevice()).toBe('640 x 480');
    expect(await sizeOf(await page.evidenceOf(FAR))).toBe('640 x 480');
  });
});
