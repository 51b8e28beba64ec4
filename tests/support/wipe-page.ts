import path from 'node:path';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { z } from 'zod';
import type { KioskAction } from '../../src/shared/ipc/kiosk-action.ts';
import type { KioskView } from '../../src/shared/ipc/kiosk-view.ts';
import { BROWSER_FLAGS } from './liveness-loop.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const snapshotSchema = z.object({ strings: z.array(z.string()) });

/** A view as a test shows it; the page counts by itself. */
export type ShownView = KioskView extends infer View ? (View extends unknown ? Omit<View, 'revision'> : never) : never;

/** What every view of a test begins with. */
export const BASE_VIEW = {
  siteName: '样例大厅',
  sceneName: 'counter',
  language: 'zh-CN',
  elder: false,
  idleSecondsLeft: null,
  demo: null,
  camera: null,
} as const;

/** The kiosk's page before a camera that Chromium makes up, showing what it is given. */
export interface WipePage {
  readonly page: Page;
  show(view: ShownView): Promise<void>;
  /** What the visitor has asked the main process for, oldest first. */
  readonly acted: readonly KioskAction[];
  /** Every string that the page's scripts, its components and its elements still hold, after collecting garbage. */
  heldStrings(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** As it is shipped: the other form of the library keeps more of what it has shown, for looking into it. */
async function bundle(): Promise<string> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    return await bundleNow();
  } finally {
    process.env['NODE_ENV'] = before;
  }
}

async function bundleNow(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: path.join(ROOT, 'tests/renderer/wipe-page.tsx'), formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const bundles = Array.isArray(built) ? built : [built];
  const chunk = bundles.flatMap((one) => ('output' in one ? one.output : [])).find(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('the page did not bundle');
  return chunk.code;
}

/**
 * @param first what it shows to begin with
 * @param answer what is shown after an action, as the main process would decide; null leaves what is there
 */
export async function openWipePage(
  executablePath: string,
  first: ShownView,
  answer: (action: KioskAction) => ShownView | null = () => null,
): Promise<WipePage> {
  const script = await bundle();
  const acted: KioskAction[] = [];
  let revision = 0;
  let view: object = { ...first, revision };
  const server = createServer((request, response) => {
    if (request.url === '/view') {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      return response.end(JSON.stringify(view));
    }
    if (request.url === '/act') {
      void json(request).then((action) => {
        acted.push(action as KioskAction);
        const next = answer(action as KioskAction);
        if (next) view = { ...next, revision: (revision += 1) };
        response.end();
      });
      return undefined;
    }
    if (request.url === '/page.js') {
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    }
    return response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><meta charset="utf-8"><body><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS, ...FAKE_CAMERA] });
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    acted,
    show: async (next) => {
      revision += 1;
      view = { ...next, revision };
      await page.locator(`[data-screen="${next.screen}"]`).first().waitFor({ timeout: 8_000 });
    },
    heldStrings: async () => {
      const session = await page.context().newCDPSession(page);
      await session.send('HeapProfiler.enable');
      for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
      const chunks: string[] = [];
      session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      await session.detach();
      return snapshotSchema.parse(JSON.parse(chunks.join(''))).strings;
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
