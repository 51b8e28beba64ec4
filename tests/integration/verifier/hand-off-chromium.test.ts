import { existsSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFolder, modelsFolder } from '../../../scripts/steps/paths.ts';
import { findBrowser } from '../../../tools/electron-stand-in/find-browser.ts';
import { startVerifier, type RunningVerifier } from '../../../src/verifier/start.ts';
import { look, opened } from '../../support/hand-off-parties.ts';
import { cameraFile, openPhone, type PhoneChromium } from '../../support/phone-chromium.ts';
import { enrolQuestioner, type Questioner } from '../../support/questioner.ts';
import { temporaryFolder } from '../../support/sample-store.ts';

const browser = findBrowser();
const clip = join(demoFolder, 'person-a.webm');
const missing = [
  browser === null ? 'an installed Chromium' : null,
  existsSync(join(modelsFolder, 'manifest.json')) ? null : 'the models',
  existsSync(clip) ? null : 'the demonstration clips',
  spawnSync('ffmpeg', ['-version']).status === 0 ? null : 'ffmpeg',
].filter((each) => each !== null);
if (missing.length > 0) console.warn(`the page on a phone not tried: ${missing.join(', ')} missing`);

/** How the judge may end it on a machine that is too slow for it. */
const UNDECIDED = /^(capture\.|camera\.too-slow|challenge\.)/;

describe.skipIf(missing.length > 0)('the page in a real browser', () => {
  const folder = temporaryFolder();
  const camera = join(folder.path, 'person.mjpeg');
  let phone: PhoneChromium | null = null;
  beforeAll(() => cameraFile(clip, camera));
  afterAll(() => folder.remove());

  async function serve(liveness: 'action' | 'silent'): Promise<{ verifier: RunningVerifier; device: Questioner }> {
    const checks = join(folder.path, `${liveness}.json`);
    writeFileSync(checks, JSON.stringify({ checks: { 'face-authority': ['mock'] }, mock: {}, handOffs: { liveness } }));
    const verifier = await startVerifier({
      dataFolder: join(folder.path, liveness),
      ...{ checks, modelsFolder, host: '127.0.0.1', port: 0, publicOrigin: null },
    });
    const { address, enrolmentCode } = verifier;
    return { verifier, device: await enrolQuestioner({ address, enrolmentCode: async () => enrolmentCode }) };
  }

  async function agree({ page }: PhoneChromium): Promise<void> {
    await page.click('#agree');
    expect(await page.isVisible('#both')).toBe(true);
    await page.click('label:has(#capture)');
    await page.click('label:has(#transmit)');
    await page.click('#agree');
    await page.waitForSelector('#camera:not([hidden])');
  }

  it('leads from the notice to the end, and the kiosk sees how it went', async () => {
    const { verifier, device } = await serve('silent');
    try {
      const { handOffId, url } = await opened(device, { language: 'en' });
      phone = await openPhone(browser!, camera, { locale: 'zh-CN' });
      const problems: string[] = [];
      phone.page.on('console', (message) => problems.push(message.text()));
      phone.page.on('pageerror', (error) => problems.push(error.message));
      await phone.page.goto(url);
      await phone.page.waitForSelector('#notice:not([hidden])');
      expect(await phone.page.textContent('h1')).toBe('Verify your identity on this phone');
      for (const button of ['#agree', '#refuse']) {
        expect((await phone.page.locator(button).boundingBox())?.height).toBeGreaterThanOrEqual(60);
      }
      const sizes = await Promise.all(['#agree', '#refuse'].map((id) => phone!.page.locator(id).boundingBox()));
      expect(sizes[0]).toMatchObject({ width: sizes[1]?.width, height: sizes[1]?.height });
      await agree(phone);
      await phone.page.waitForSelector('#message:not([hidden])', { timeout: 90_000 });
      expect(await phone.page.textContent('#title')).toBe('Done on the phone');
      const ended = await look(device, handOffId, 20);
      if (ended.state !== 'ended') throw new Error(ended.state);
      const { state, reason } = ended.outcome;
      console.log(`a looped clip before a silent challenge: ${state}, ${reason}`);
      // A silent challenge asks for nothing that a clip of a person doesn't show; slow machines see too few pictures.
      if (state === 'passed') expect(ended.outcome).toMatchObject({ reason: 'ok.confirmed', vendor: { name: 'mock' } });
      else expect(reason).toMatch(UNDECIDED);
      expect(problems).toEqual([]);
    } finally {
      await phone?.close();
      await verifier.close();
    }
  }, 150_000);

  it('asks for actions, stops when the person wishes, and says where no camera may be used', async () => {
    const { verifier, device } = await serve('action');
    try {
      const { handOffId, url } = await opened(device);
      phone = await openPhone(browser!, camera, { locale: 'zh-CN' });
      await phone.page.goto(url);
      await phone.page.waitForSelector('#notice:not([hidden])');
      await agree(phone);
      // The face is well placed, and the challenge has begun.
      const said = phone.page.locator('#say', { hasText: /请看着屏幕|转头|张开嘴|点一下头/ });
      await said.waitFor({ state: 'visible', timeout: 60_000 });
      await phone.page.click('#stop');
      await phone.page.waitForSelector('.end-refused');
      expect(await look(device, handOffId)).toMatchObject({ outcome: { reason: 'handoff.refused' } });
      await phone.close();

      const other = await opened(device);
      phone = await openPhone(browser!, null, { locale: 'zh-CN', denied: true });
      await phone.page.goto(other.url);
      await phone.page.waitForSelector('#notice:not([hidden])');
      await phone.page.click('label:has(#capture)');
      await phone.page.click('label:has(#transmit)');
      await phone.page.click('#agree');
      await phone.page.waitForSelector('#message:not([hidden])');
      expect(await phone.page.textContent('#title')).toMatch(/没有摄像头权限|没有找到摄像头/);
      expect(await phone.page.isVisible('#retry')).toBe(true);
      await phone.close();

      const inApp = await opened(device);
      phone = await openPhone(browser!, null, { locale: 'zh-CN', userAgent: 'Mobile MicroMessenger/8.0' });
      await phone.page.addInitScript("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })");
      await phone.page.goto(inApp.url);
      await phone.page.waitForSelector('#message:not([hidden])');
      expect(await phone.page.textContent('#title')).toBe('请用手机浏览器打开');
      // The person's own browser may still open it.
      expect(await look(device, inApp.handOffId)).toEqual({ state: 'waiting' });
    } finally {
      await phone?.close();
      await verifier.close();
    }
  }, 150_000);
});
