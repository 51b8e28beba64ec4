import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';

const RENDERER = path.resolve(import.meta.dirname, '../../src/renderer');
const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** As strict as the product's own pages: nothing inline, nothing evaluated, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; connect-src 'self'; font-src 'self'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

export interface KioskGallery {
  /** Shows one fixture: `screen`, `lang`, and the flags `elder`, `dark`, `demo`, `mute`. */
  show(page: Page, query: string): Promise<void>;
  newPage(size: ScreenSize): Promise<Page>;
  /** What the pages have complained about: errors, warnings, breaches of the policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    try {
      const body = readFileSync(path.join(folder, path.normalize(pathname)));
      const type = TYPES[path.extname(pathname)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: RENDERER,
    plugins: [react()],
    build: { outDir, emptyOutDir: true, rollupOptions: { input: path.join(RENDERER, 'kiosk/gallery.html') } },
  });
}

/** The kiosk's screens from fixtures in a browser; null when none is installed. */
export async function openKioskGallery(): Promise<KioskGallery | null> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'kiosk-gallery-'));
  await bundle(folder);
  const server = await serve(folder);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  const complaints: string[] = [];
  return {
    complaints,
    newPage: async (viewport) => {
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') {
          complaints.push(`${page.url()}: ${message.text()}`);
        }
      });
      return page;
    },
    show: async (page, query) => {
      await page.goto(`${origin}/kiosk/gallery.html#${query}`);
      await page.locator(`[data-shown="#${query}"]`).waitFor();
    },
    close: async () => {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
