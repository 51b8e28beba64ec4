import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strictObject } from './not-provided.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
};

async function fetchFile(address: string): Promise<Response> {
  const path = fileURLToPath(address);
  const type = CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  return new Response(new Uint8Array(await readFile(path)), { headers: { 'content-type': type } });
}

/** `net`: Node's own fetch, and whole files for `file:` addresses. */
export const net = strictObject('net', {
  fetch: (input: string | Request, init?: RequestInit): Promise<Response> => {
    const address = typeof input === 'string' ? input : input.url;
    return address.startsWith('file:') ? fetchFile(address) : fetch(input, init);
  },
  isOnline: (): boolean => true,
  online: true,
});
