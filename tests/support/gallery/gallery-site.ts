import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { pseudoLocale } from './pseudo-locale.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const RENDERER = path.join(ROOT, 'src/renderer');
/** What the pages are made of: when nothing of it has changed, neither have they. */
const SOURCES = ['src/renderer', 'src/shared', 'src/preload', 'resources/locales', 'tests/support/gallery'];
export const GALLERY_WINDOWS = ['ui', 'kiosk', 'admin', 'clerk'] as const;
export type GalleryWindow = (typeof GALLERY_WINDOWS)[number];
const KEPT_MS = 60 * 60_000;
/** As strict as the product's own pages: nothing inline, nothing evaluated, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; connect-src 'self'; font-src 'self'; frame-src 'self'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The windows that have a gallery page. */
export function galleryWindows(): readonly GalleryWindow[] {
  return GALLERY_WINDOWS.filter((name) => existsSync(path.join(RENDERER, name, 'gallery.html')));
}

/** The window's gallery page; with the components comes the page to choose screens on. */
function pagesOf(window: GalleryWindow): readonly string[] {
  const names = window === 'ui' ? ['gallery.html', 'chooser.html'] : ['gallery.html'];
  return names.map((name) => path.join(RENDERER, window, name));
}

/** Bundles gallery pages into `outDir` as the product's pages are bundled. */
export async function bundleGallery(outDir: string, windows: readonly GalleryWindow[]): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: RENDERER,
    plugins: [pseudoLocale(), react()],
    build: {
      outDir,
      emptyOutDir: true,
      rollupOptions: { input: windows.flatMap(pagesOf) },
    },
  });
}

function stateOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES.map((name) => path.join(ROOT, name))) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      const { mtimeMs, size } = statSync(path.join(folder, file));
      hash.update(`${folder}/${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** A folder with the built pages; builds them only when the sources have changed since somebody did. */
export async function builtGallery(windows: readonly GalleryWindow[] = galleryWindows()): Promise<string> {
  const kept = path.join(tmpdir(), 'countersign-galleries');
  mkdirSync(kept, { recursive: true });
  for (const name of readdirSync(kept)) {
    const age = Date.now() - (statSync(path.join(kept, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > KEPT_MS) rmSync(path.join(kept, name), { recursive: true, force: true });
  }
  const folder = path.join(kept, `${stateOfSources()}-${windows.join('-')}`);
  if (existsSync(folder)) return folder;
  const making = mkdtempSync(path.join(kept, 'making-'));
  await bundleGallery(making, windows);
  try {
    renameSync(making, folder);
  } catch {
    // Another run has finished the same pages in the meantime.
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** Serves the folder on this machine alone, under the policy of the product's pages. */
export async function serveGallery(folder: string, port = 0): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    try {
      const file = pathname === '/' ? 'ui/chooser.html' : pathname;
      const body = readFileSync(path.join(folder, path.normalize(file)));
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
