import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import type { DocumentGuidance, DocumentPage } from '../../src/shared/domain/document-reading.ts';
import { BROWSER_FLAGS, bundlePage, servePage } from './liveness-loop.ts';

export interface DeskState {
  readonly size: readonly [number, number] | null;
  readonly mirrored: boolean;
  readonly failed: string | null;
  readonly frozen: boolean;
  readonly refused: string | null;
  readonly seen: boolean;
}

/** The kiosk's document capture before a simulated desk in a browser; the test is the main process. */
export interface DocumentDeskPage {
  show(page: DocumentPage, person?: string): Promise<void>;
  change(view: { page?: DocumentPage; reading?: boolean; problem?: string | null }): Promise<void>;
  answerWith(guidance: DocumentGuidance): Promise<void>;
  take(): Promise<void>;
  state(): Promise<DeskState>;
  counts(): Promise<{ readonly live: number; readonly full: number; readonly largest: number }>;
  last(kind: 'live' | 'full'): Promise<Uint8Array>;
  /** Gives the state of the camera's track afterwards. */
  stop(): Promise<string>;
  waitMs(ms: number): Promise<void>;
  close(): Promise<void>;
}

export async function openDocumentDesk(executablePath: string): Promise<DocumentDeskPage> {
  const server = await servePage(await bundlePage('document-desk-page.ts'), (url, _request, response) => {
    if (!url.startsWith('/media/missing')) return false;
    response.writeHead(404).end();
    return true;
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  const page = await browser.newPage();
  await page.goto(origin);
  await page.waitForFunction(`'documentDesk' in window`);
  const call = <T>(method: string, ...given: unknown[]): Promise<T> =>
    page.evaluate<T>(`window.documentDesk.${method}(${given.map((value) => JSON.stringify(value)).join(', ')})`);
  return {
    show: (document, person = 'person-a.webm') =>
      call('show', document, {
        kind: 'simulated',
        url: `${origin}/media/${person}`,
        presentation: 'live',
        startSeconds: 0,
      }),
    change: (view) => call('change', view),
    answerWith: (guidance) => call('answerWith', guidance),
    take: () => call('take'),
    state: () => call('state'),
    counts: () => call('counts'),
    last: async (kind) => Buffer.from(await call<string>('last', kind), 'base64'),
    stop: () => call('stop'),
    waitMs: (ms) => page.waitForTimeout(ms),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
