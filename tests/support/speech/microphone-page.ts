import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { BROWSER_FLAGS } from '../liveness-loop.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** As strict about scripts as the application's own pages. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'";

export interface Listened {
  readonly openedAtMs: number;
  readonly endedAtMs: number;
  readonly levels: readonly number[];
  readonly chunks: readonly { readonly pcm: Uint8Array; readonly startedAtMs: number }[];
}

export interface MicrophonePage {
  listen(forMs: number): Promise<string | Listened>;
  close(): Promise<void>;
}

/** The page's files by name, built as the application's are: the worklet in a file of its own. */
async function builtFiles(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    build: {
      write: false,
      minify: false,
      rollupOptions: {
        input: path.join(ROOT, 'tests/renderer/microphone-page.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const files = new Map<string, string>();
  for (const bundle of Array.isArray(built) ? built : [built]) {
    if (!('output' in bundle)) continue;
    for (const file of bundle.output) {
      const content = file.type === 'chunk' ? file.code : file.source;
      files.set(`/${file.fileName}`, typeof content === 'string' ? content : Buffer.from(content).toString());
    }
  }
  return files;
}

/** A browser with a made-up microphone; `flags` say which, and whether it may be used. */
export async function openMicrophonePage(executablePath: string, flags: readonly string[]): Promise<MicrophonePage> {
  const files = await builtFiles();
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html');
      return response.end('<!doctype html><title>microphone</title><script type="module" src="/page.js"></script>');
    }
    if (file === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', 'text/javascript').end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS, ...flags] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await page.waitForFunction(`'microphone' in window`);
  return {
    listen: async (forMs) => {
      type Sent = Omit<Listened, 'chunks'> & { chunks: { pcmBase64: string; startedAtMs: number }[] };
      const heard = await page.evaluate<string | Sent>(`window.microphone.listen(${forMs})`);
      if (typeof heard === 'string') return heard;
      const chunks = heard.chunks.map(({ pcmBase64, startedAtMs }) => ({
        pcm: new Uint8Array(Buffer.from(pcmBase64, 'base64')),
        startedAtMs,
      }));
      return { ...heard, chunks };
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
