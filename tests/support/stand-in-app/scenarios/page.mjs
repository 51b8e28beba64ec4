// Everything a page sees, and what main learns about it.
import { app, desktopCapturer, safeStorage } from 'electron';
import { openWindow } from '../pages.mjs';

const errorOf = (act) => {
  try {
    act();
    return 'no error';
  } catch (error) {
    return error.message;
  }
};

export async function run(say) {
  const window = await openWindow({ width: 800, height: 600 }, 'app://kiosk/index.html#start');
  const page = window.webContents;
  for (const check of ['isolation', 'values', 'failures', 'events', 'scheme', 'camera', 'throughput']) {
    say(check, { result: await page.executeJavaScript(`checks.${check}()`) });
  }
  say('sender', { result: await page.executeJavaScript("fixture.invoke('sender')") });
  const other = await openWindow({ width: 500, height: 400 }, 'app://open/index.html');
  say('camera-granted', { result: await other.webContents.executeJavaScript('checks.camera()') });
  page.on('will-navigate', (event, url) => {
    say('will-navigate', { url });
    event.preventDefault();
  });
  await page.executeJavaScript(
    "location.href = 'https://elsewhere.invalid/'; new Promise((done) => setTimeout(done, 300))",
  );
  await page.executeJavaScript("window.open('https://popup.invalid/') === null", true);
  await page.executeJavaScript("fetch('https://blocked.invalid/').catch(() => 'failed')");
  say('still-there', { url: page.getURL() });
  const sealed = safeStorage.encryptString('卡 secret');
  say('main', {
    argv: process.argv.slice(1, 3),
    electron: typeof process.versions.electron,
    chromeMajor: Number(process.versions.chrome.split('.')[0]) > 100,
    version: app.getVersion(),
    name: app.getName(),
    secret: safeStorage.decryptString(sealed),
    sealedHasPlain: sealed.includes('secret'),
    backend: safeStorage.getSelectedStorageBackend(),
    unknown: [
      errorOf(() => app.getGPUFeatureStatus()),
      errorOf(() => desktopCapturer.getSources({ types: [] })),
      errorOf(() => page.print()),
      errorOf(() => page.postMessage('x', null, [])),
      errorOf(() => window.on('never-heard-of', () => undefined)),
      errorOf(() => app.getPath('nowhere')),
    ],
  });
  app.quit();
}
