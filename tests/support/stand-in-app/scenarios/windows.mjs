// Two windows at once, their sizes, and what a closed one leaves behind.
import { app, BrowserWindow, screen } from 'electron';
import { openWindow } from '../pages.mjs';

const SIZE = '[innerWidth, innerHeight, screen.width, screen.height]';

export async function run(say) {
  const kiosk = await openWindow({ kiosk: true }, 'app://kiosk/index.html');
  const admin = await openWindow({ width: 1180, height: 733 }, 'app://admin/index.html');
  say('sizes', {
    kiosk: await kiosk.webContents.executeJavaScript(SIZE),
    admin: await admin.webContents.executeJavaScript(SIZE),
    display: screen.getPrimaryDisplay().size,
    captured: (await admin.webContents.capturePage()).getSize(),
    png: (await kiosk.webContents.capturePage()).toPNG().subarray(1, 4).toString(),
    pdf: (await admin.webContents.printToPDF({ printBackground: true })).subarray(0, 5).toString(),
  });
  admin.setContentSize(640, 480);
  say('resized', { admin: await admin.webContents.executeJavaScript(SIZE) });
  say('found', {
    all: BrowserWindow.getAllWindows().map(({ id }) => id),
    byContents: BrowserWindow.fromWebContents(admin.webContents) === admin,
    byId: BrowserWindow.fromId(kiosk.id) === kiosk,
  });
  const frames =
    'new Promise((done) => { let n = 0; const next = () => (++n < 10 ? requestAnimationFrame(next) : done(n)); next(); })';
  say('frames', {
    both: await Promise.all([kiosk, admin].map(({ webContents }) => webContents.executeJavaScript(frames))),
  });
  admin.once('close', (event) => event.preventDefault());
  admin.close();
  say('close-prevented', { isDestroyed: admin.isDestroyed() });
  admin.on('closed', () => say('closed', { isDestroyed: admin.isDestroyed() }));
  admin.close();
  say('left', {
    count: BrowserWindow.getAllWindows().length,
    alive: await kiosk.webContents.executeJavaScript('1 + 1'),
  });
  kiosk.destroy();
  setTimeout(() => app.exit(7), 500);
}
