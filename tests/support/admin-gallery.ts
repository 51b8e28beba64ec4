import type { Page } from '@playwright/test';
import { openGallery, type ScreenSize } from './gallery/gallery-browser.ts';

export interface AdminGallery {
  /** Opens a page of the gallery; errors of the page and breaches of its policy are collected in `complaints`. */
  open(size: ScreenSize, address: string): Promise<Page>;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** The admin window from fixtures in a browser; null when none is installed. */
export async function openAdminGallery(): Promise<AdminGallery | null> {
  const gallery = await openGallery(['admin']);
  if (gallery === null) return null;
  const { complaints, close } = gallery;
  return { complaints, close, open: (size, address) => gallery.open('admin', size, address) };
}
