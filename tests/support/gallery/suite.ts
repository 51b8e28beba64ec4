import { afterAll, beforeAll, describe } from 'vitest';
import { findBrowser } from '../../../tools/electron-stand-in/find-browser.ts';
import { openGallery, type OpenGallery } from './gallery-browser.ts';
import type { GalleryWindow } from './gallery-site.ts';

const hasBrowser = findBrowser() !== undefined;

/** A suite over the gallery of one window; where no browser is installed it is skipped and says so. */
export function describeGallery(
  name: string,
  window: GalleryWindow,
  tests: (gallery: () => OpenGallery) => void,
): void {
  if (!hasBrowser) console.warn(`${name} not run: no Chromium is installed (or set COUNTERSIGN_CHROMIUM to its path)`);
  describe.skipIf(!hasBrowser)(name, () => {
    let opened: OpenGallery;
    beforeAll(async () => {
      const gallery = await openGallery([window]);
      if (gallery === null) throw new Error('no browser');
      opened = gallery;
    }, 120_000);
    afterAll(() => opened.close());
    tests(() => opened);
  });
}
