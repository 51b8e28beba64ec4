import type { Page } from '@playwright/test';
import { openGallery, type ScreenSize } from './gallery/gallery-browser.ts';

export type { ScreenSize };

export interface KioskGallery {
  /** Shows one fixture: `screen`, `lang`, and the flags `elder`, `dark`, `demo`, `mute`. */
  show(page: Page, query: string): Promise<void>;
  newPage(size: ScreenSize): Promise<Page>;
  /** What the pages have complained about: errors, warnings, breaches of the policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** The kiosk's screens from fixtures in a browser; null when none is installed. */
export async function openKioskGallery(): Promise<KioskGallery | null> {
  const gallery = await openGallery(['kiosk']);
  if (gallery === null) return null;
  const { complaints, close, newPage, origin } = gallery;
  return {
    complaints,
    close,
    newPage,
    show: async (page, query) => {
      await page.goto(`${origin}/kiosk/gallery.html#${query}`);
      await page.locator(`[data-shown="#${query}"]`).waitFor();
    },
  };
}
