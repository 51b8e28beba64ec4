// A renderer that dies, and the page after a reload.
import { once } from 'node:events';
import { app } from 'electron';
import { openWindow } from '../pages.mjs';

export async function run(say) {
  const { webContents } = await openWindow({}, 'app://kiosk/index.html');
  const gone = once(webContents, 'render-process-gone');
  webContents.forcefullyCrashRenderer();
  const [, details] = await gone;
  say('gone', { ...details, isCrashed: webContents.isCrashed() });
  const loaded = once(webContents, 'did-finish-load');
  webContents.reload();
  await loaded;
  say('reloaded', {
    isCrashed: webContents.isCrashed(),
    sender: await webContents.executeJavaScript("fixture.invoke('sender')"),
    width: await webContents.executeJavaScript('innerWidth'),
  });
  app.quit();
}
