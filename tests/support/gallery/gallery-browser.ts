import type { Server } from 'node:http';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findBrowser } from '../../../tools/electron-stand-in/find-browser.ts';
import { builtGallery, serveGallery, type GalleryWindow } from './gallery-site.ts';

const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
];

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

export interface OpenGallery {
  readonly origin: string;
  /** A page of its own in a browser window of this size. */
  readonly newPage: (size: ScreenSize) => Promise<Page>;
  /** Opens a window's gallery page; `address` is its query, which stays for its life, such as `?pseudo`, and its hash. */
  readonly open: (window: GalleryWindow, size: ScreenSize, address?: string) => Promise<Page>;
  /** What the pages have complained about: errors, warnings, breaches of the policy. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${page.url()}: ${message.text()}`);
  });
}

/** The gallery pages of these windows from one build, one server and one browser; null when no browser is installed. */
export async function openGallery(windows?: readonly GalleryWindow[]): Promise<OpenGallery | null> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return null;
  const { origin, server }: { origin: string; server: Server } = await serveGallery(await builtGallery(windows));
  const browser: Browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  const complaints: string[] = [];
  const newPage = async (viewport: ScreenSize): Promise<Page> => {
    const context = await browser.newContext({ viewport, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' });
    const page = await context.newPage();
    listen(page, complaints);
    return page;
  };
  return {
    origin,
    complaints,
    newPage,
    open: async (window, size, address = '') => {
      const page = await newPage(size);
      await page.goto(`${origin}/${window}/gallery.html${address}`);
      return page;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
