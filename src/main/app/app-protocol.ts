import { protocol } from 'electron';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { parseRange, within } from './served-file.ts';

export const APP_SCHEME = 'app';

/** One origin for all windows: Chromium gives each origin camera ids of its own, and they have to agree on them. */
const HOST = 'countersign';
export const ORIGIN = `${APP_SCHEME}://${HOST}`;

/** Where each window's pages are; a message from anywhere else is refused. */
export const PAGES = { kiosk: `${ORIGIN}/kiosk/`, admin: `${ORIGIN}/admin/`, clerk: `${ORIGIN}/clerk/` } as const;
export type WindowName = keyof typeof PAGES;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob: mediastream:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webm': 'video/webm',
  '.ogg': 'audio/ogg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Has to run before the application is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // Scripts are kept compiled from one start to the next.
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/**
 * Serves the built renderer under `app://countersign/`, and the simulated persons' clips under its `demo/` when
 * `mediaFolder` is given. Nothing outside of these folders can be reached.
 */
export function serveApp(rendererFolder: string, mediaFolder: string | null): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url);
    const name = decodeURIComponent(url.pathname).replace(/^\/+/, '');
    if (url.host !== HOST) return notFound();
    const inDemo = name.startsWith('demo/');
    const folder = inDemo ? mediaFolder : rendererFolder;
    if (folder === null) return notFound();
    const file = within(folder, inDemo ? name.slice('demo/'.length) : name);
    return file ? serveFile(file, request.headers.get('range')) : notFound();
  });
}

async function serveFile(file: string, range: string | null): Promise<Response> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return notFound();
  const headers: Record<string, string> = {
    'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Who of them may use it when is the session policy's.
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=()',
    'accept-ranges': 'bytes',
  };
  const span = range === null ? null : parseRange(range, found.size);
  if (span === 'unsatisfiable') return new Response(null, { status: 416, headers });
  const { start, end } = span ?? { start: 0, end: found.size - 1 };
  headers['content-length'] = String(end - start + 1);
  if (span) headers['content-range'] = `bytes ${start}-${end}/${found.size}`;
  const body =
    found.size === 0 ? null : (Readable.toWeb(createReadStream(file, { start, end })) as unknown as ReadableStream);
  return new Response(body, { status: span ? 206 : 200, headers });
}

function notFound(): Response {
  return new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
