// What every scenario shares: the custom scheme, permissions by host, the handlers, and the windows.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron';

const CSP = "default-src 'none'; script-src 'self'; connect-src 'self' https://blocked.invalid; media-src 'self'";
const TYPES = { html: 'text/html', js: 'text/javascript', wav: 'audio/wav' };

// One second of silence: 8 kHz, 8 bit, mono (RIFF WAVE header of 44 bytes).
function silentWav() {
  const wav = Buffer.alloc(44 + 8000, 128);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 8000, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(8000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(8000, 40);
  return wav;
}

function inRange(body, headers, range) {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range);
  const last = to === '' ? body.length - 1 : Number(to);
  const contentRange = `bytes ${from}-${last}/${body.length}`;
  return new Response(body.subarray(Number(from), last + 1), {
    status: 206,
    headers: { ...headers, 'content-range': contentRange },
  });
}

async function serve(request) {
  const { pathname } = new URL(request.url);
  const type = TYPES[pathname.split('.').at(-1)] ?? 'application/octet-stream';
  const headers = { 'content-type': type, 'content-security-policy': CSP, 'accept-ranges': 'bytes' };
  if (pathname === '/echo')
    return new Response(await request.arrayBuffer(), { headers: { ...headers, 'x-method': request.method } });
  if (pathname === '/address') return new Response(`${request.url} ${request.headers.get('referer')}`, { headers });
  if (pathname === '/broken') throw new Error('the handler failed on purpose');
  const body =
    pathname === '/silence.wav'
      ? silentWav()
      : await readFile(join(import.meta.dirname, 'page', pathname)).catch(() => undefined);
  if (!body) return new Response('not here', { status: 404 });
  const range = request.headers.get('range');
  return range ? inRange(body, headers, range) : new Response(body, { headers });
}

export function prepare(say) {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  ipcMain.handle('echo', (_event, value) => value);
  ipcMain.handle('kinds', (_event, values) => values.map((value) => Object.prototype.toString.call(value)));
  ipcMain.handle('refuse', () => {
    throw new RangeError('refused on purpose');
  });
  ipcMain.handle('sender', ({ sender, senderFrame }) => {
    const { url, origin, parent } = senderFrame;
    return { url, origin, parent, isMainFrame: senderFrame === sender.mainFrame, id: sender.id };
  });
  ipcMain.on('ask-events', (event, count) => {
    for (let index = 0; index < count; index++) event.sender.send('tick', index, new Uint8Array([index, 255 - index]));
  });
  ipcMain.on('say', (_event, name, details) => say(name, details));
  app.on('render-process-gone', (_event, contents, details) =>
    say('app-render-process-gone', { id: contents.id, ...details }),
  );
  app.on('child-process-gone', (_event, details) => say('child-process-gone', details));
  void app.whenReady().then(() => {
    protocol.handle('app', serve);
    // The host `open` may use the camera, and nothing else may.
    session.defaultSession.setPermissionRequestHandler((contents, permission, callback, details) => {
      const isVideo = permission === 'media' && details.mediaTypes?.[0] === 'video';
      const isOpen = contents.getURL().startsWith('app://open/') && details.requestingUrl.startsWith('app://open/');
      callback(isVideo && isOpen);
    });
    session.defaultSession.webRequest.onBeforeRequest((details, callback) => {
      const isOurs = details.url.startsWith('app://');
      if (!isOurs) say('request-blocked', { url: details.url, type: details.resourceType });
      callback({ cancel: !isOurs });
    });
  });
}

/** Opens one of the fixture's pages and waits until it has loaded. */
export async function openWindow(options, address) {
  const window = new BrowserWindow({
    ...options,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      additionalArguments: ['--from-main'],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    process.stdout.write(`${JSON.stringify({ event: 'window-open', url })}\n`);
    return { action: 'deny' };
  });
  await window.loadURL(address);
  return window;
}
