import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StandInRun } from '../support/stand-in-run.ts';
import {
  debugAddress,
  eventually,
  isRunning,
  newUserData,
  processesOf,
  startStandIn,
} from '../support/stand-in-run.ts';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';

const APP = join(import.meta.dirname, '../support/stand-in-app');
const ORPHANS_GONE_MS = 10_000;

const browser = findBrowser();
if (!browser) console.log('skipped: no Chromium found (install one, or set COUNTERSIGN_CHROMIUM to its path)');

const runs: StandInRun[] = [];
const folders = new Set<string>();
function start(scenario: string, env: Record<string, string> = {}, userData?: string): StandInRun {
  const withDisplay = { COUNTERSIGN_DISPLAY: '1080x1920', ...env };
  const run = startStandIn(APP, [`--scenario=${scenario}`], withDisplay, userData);
  runs.push(run);
  folders.add(run.userData);
  return run;
}

async function stop(run: StandInRun): Promise<number | string> {
  run.child.kill('SIGTERM');
  return run.ended;
}

afterEach(async () => {
  for (const run of runs.splice(0)) {
    if (run.child.exitCode === null && run.child.signalCode === null) run.child.kill('SIGKILL');
    await run.ended;
  }
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!browser)('a page', () => {
  let run: StandInRun;
  let exitCode: number | string;
  const resultOf = (event: string): unknown => run.events.find((one) => one.event === event)?.['result'];

  beforeAll(async () => {
    run = start('page', { COUNTERSIGN_CHROMIUM_ARGS: '--use-fake-device-for-media-stream' });
    exitCode = await run.ended;
  });

  it('sees the exposed interface, frozen, and nothing else of the host', () => {
    expect(resultOf('isolation')).toEqual({
      strays: [],
      frozen: [true, true, true, true],
      globals: [],
      nested: { answer: 42, list: [1, 2, 3] },
      argv: ['--from-main'],
    });
  });

  it('exchanges structured values with a handler, both ways', () => {
    const kinds = ['Undefined', 'Null', 'Number', 'Number', 'BigInt', 'Date', 'Map', 'Float32Array', 'ArrayBuffer'];
    const tags = [...kinds, 'Object', 'Error'].map((kind) => `[object ${kind}]`);
    expect(resultOf('values')).toEqual({
      sameBytes: true,
      kinds: tags,
      backKinds: tags,
      minusZero: true,
      map: [['a', [1]]],
      floats: [0.5, -2],
      buffer: [1, 2],
      escaped: ['escaped', true],
      error: ['far', true],
    });
  });

  it("gets a failing handler's error in Electron's words, and a clear one for what is absent", () => {
    expect(resultOf('failures')).toEqual({
      refused: "Error: Error invoking remote method 'refuse': RangeError: refused on purpose",
      unknown: "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      thrown: 'Error: thrown in the preload',
      port: 'Error: the stand-in does not provide ipcRenderer.postMessage (MessagePort transfer)',
      require: "Error: the stand-in does not provide require('node:fs') in a sandboxed preload",
    });
  });

  it('receives a hundred events in order', () => {
    expect(resultOf('events')).toEqual(Array.from({ length: 100 }, (_, index) => [index, index, 255 - index]));
  });

  it('is served from the custom scheme with its policy, ranges, bodies and media', () => {
    expect(resultOf('scheme')).toEqual({
      isSecureContext: true,
      csp: "default-src 'none'; script-src 'self'; connect-src 'self' https://blocked.invalid; media-src 'self'",
      evalBlocked: expect.stringContaining('EvalError') as string,
      ranged: [206, 'bytes 40-47/8044', 8],
      posted: ['POST', 0, 200, 255],
      address: 'app://kiosk/address app://kiosk/index.html',
      missing: 404,
      broken: 'TypeError: Failed to fetch',
      audioSeconds: 1,
      fromWorker: 'app://kiosk/address',
    });
  });

  it('may use the camera only where the permission handler says so', () => {
    expect(resultOf('camera')).toBe('NotAllowedError: Permission denied');
    expect(resultOf('camera-granted')).toBe('no error');
  });

  it('is known to main by its address in the custom scheme', () => {
    const sender = {
      url: 'app://kiosk/index.html#start',
      origin: 'app://kiosk',
      parent: null,
      isMainFrame: true,
      id: 1,
    };
    expect(resultOf('sender')).toEqual(sender);
  });

  it('can neither navigate away, open a window, nor reach the network', () => {
    const told = run.events.filter(({ event }) =>
      ['will-navigate', 'window-open', 'request-blocked', 'still-there'].includes(event),
    );
    expect(told).toEqual([
      { event: 'will-navigate', url: 'https://elsewhere.invalid/' },
      { event: 'window-open', url: 'https://popup.invalid/' },
      { event: 'request-blocked', url: 'https://blocked.invalid/', type: 'xhr' },
      { event: 'still-there', url: 'app://kiosk/index.html#start' },
    ]);
  });

  it('carries frames of 80 kB up and down well above camera rate', () => {
    expect((resultOf('throughput') as { perSecond: number }).perSecond).toBeGreaterThan(30);
  });

  it('runs beside a main process that looks like Electron and throws on what is absent', () => {
    expect(run.events.find(({ event }) => event === 'main')).toEqual({
      event: 'main',
      argv: [APP, '--scenario=page'],
      electron: 'string',
      chromeMajor: true,
      version: '1.2.3',
      name: 'Stand-in fixture',
      secret: '卡 secret',
      sealedHasPlain: false,
      backend: 'basic_text',
      unknown: [
        'the stand-in does not provide app.getGPUFeatureStatus',
        'the stand-in does not provide desktopCapturer.getSources',
        'no error',
        'the stand-in does not provide webContents.postMessage (MessagePort transfer)',
        "the stand-in does not provide BrowserWindow.on('never-heard-of')",
        "the stand-in does not provide app.getPath('nowhere')",
      ],
    });
    expect(statSync(join(run.userData, 'stand-in-safe-storage.key')).mode & 0o777).toBe(0o600);
  });

  it('ends in order when the application quits', () => {
    expect(run.events.slice(-3).map(({ event }) => event)).toEqual(['before-quit', 'will-quit', 'quit']);
    expect(exitCode).toBe(0);
    expect(processesOf(run.userData)).toEqual([]);
  });
});

describe.skipIf(!browser)('windows', () => {
  it('have exactly the size asked for, two at a time, and close one by one', async () => {
    const run = start('windows');
    expect(await run.ended).toBe(7);
    expect(run.events.filter(({ event }) => event !== 'page-ready')).toEqual([
      {
        event: 'sizes',
        kiosk: [1080, 1920, 1080, 1920],
        admin: [1180, 733, 1080, 1920],
        display: { width: 1080, height: 1920 },
        captured: { width: 1180, height: 733 },
        png: 'PNG',
        pdf: '%PDF-',
      },
      { event: 'resized', admin: [640, 480, 1080, 1920] },
      { event: 'found', all: [1, 2], byContents: true, byId: true },
      { event: 'frames', both: [10, 10] },
      { event: 'close-prevented', isDestroyed: false },
      { event: 'closed', isDestroyed: true },
      { event: 'left', count: 1, alive: 2 },
      { event: 'window-all-closed' },
      { event: 'quit', code: 7 },
    ]);
  });

  it('report a renderer that crashes, and work again after a reload', async () => {
    const run = start('crash');
    expect(await run.ended).toBe(0);
    const crashed = { reason: 'crashed', exitCode: 139 };
    expect(run.events.filter(({ event }) => /gone|reloaded/.test(event))).toEqual([
      { event: 'app-render-process-gone', id: 1, ...crashed },
      { event: 'gone', ...crashed, isCrashed: true },
      {
        event: 'reloaded',
        isCrashed: false,
        sender: { url: 'app://kiosk/index.html', origin: 'app://kiosk', parent: null, isMainFrame: true, id: 1 },
        width: 800,
      },
    ]);
  });

  it('can be driven by Playwright, which sees no page but them', async () => {
    const run = start('stay', { COUNTERSIGN_DEBUG_PORT: '1' });
    await run.waitFor('staying');
    const connection = await chromium.connectOverCDP(await debugAddress(run.userData));
    const pages = connection.contexts().flatMap((context) => context.pages());
    const byHost = (host: string) => pages.find((page) => page.url() === `http://${host}.app.localhost/index.html`)!;
    const [kiosk, admin] = [byHost('kiosk'), byHost('admin')];
    for (const page of [kiosk, admin]) {
      await page.getByRole('button', { name: 'press' }).click();
      expect(await page.locator('#pressed').textContent()).toBe('1');
    }
    const sizes = await Promise.all([kiosk, admin].map(async (page) => pngSize(await page.screenshot())));
    await kiosk.evaluate(() =>
      (globalThis as unknown as { open(address: string): unknown }).open('https://popup.invalid/'),
    );
    await eventually(() => run.events.some(({ event }) => event === 'window-open'), ORPHANS_GONE_MS);
    const count = connection.contexts().flatMap((context) => context.pages()).length;
    await connection.close();
    expect({ sizes, count }).toEqual({ sizes: ['1080x1920', '700x500'], count: 2 });
    expect(await stop(run)).toBe(0);
  });
});

function pngSize(png: Buffer): string {
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

describe.skipIf(!browser)('a utility process', () => {
  it('answers, prints, and tells how it ended', async () => {
    const run = start('utility');
    expect(await run.ended).toBe(0);
    const gone = { event: 'child-process-gone', type: 'Utility', serviceName: 'node.mojom.NodeService' };
    expect(run.events.slice(0, 6)).toEqual([
      {
        event: 'answer',
        bytes: [2, 4, 6],
        kind: 'Uint8Array',
        args: ['first'],
        env: 'given',
        type: 'utility',
        pid: 'number',
      },
      { event: 'printed', text: 'asked to double' },
      { ...gone, reason: 'abnormal-exit', exitCode: 3, name: 'fixture' },
      { event: 'exited', code: 3, pid: 'undefined' },
      { ...gone, reason: 'killed', exitCode: 15, name: 'Node Utility Process' },
      { event: 'killed', asked: true, code: 15 },
    ]);
  });
});

describe.skipIf(!browser)('the host', () => {
  it('refuses a second instance on the same user data, and gives the lock back', async () => {
    const userData = newUserData();
    const first = start('stay', {}, userData);
    await first.waitFor('staying');
    const second = start('stay', {}, userData);
    expect(await second.ended).toBe(0);
    expect(second.events.map(({ event }) => event)).toEqual([
      'second-instance-refused',
      'before-quit',
      'will-quit',
      'quit',
    ]);
    expect(first.child.exitCode).toBeNull();
    expect(await stop(first)).toBe(0);
    const third = start('stay', {}, userData);
    await third.waitFor('staying');
    expect(await stop(third)).toBe(0);
  });

  it('ends with an error when Chromium dies, and leaves nothing running', async () => {
    const run = start('stay');
    const { utilityPid } = await run.waitFor('staying');
    const [browserPid] = processesOf(run.userData).filter((pid) => pid !== run.child.pid);
    process.kill(browserPid!, 'SIGKILL');
    expect(await run.ended).toBe(1);
    expect(run.errors()).toContain('Chromium ended unexpectedly: SIGKILL');
    await eventually(() => processesOf(run.userData).length === 0, ORPHANS_GONE_MS);
    await eventually(() => !isRunning(utilityPid as number), ORPHANS_GONE_MS);
  });

  it('takes everything with it when it is killed, and the next one takes over its lock', async () => {
    const run = start('stay');
    const { utilityPid } = await run.waitFor('staying');
    run.child.kill('SIGKILL');
    expect(await run.ended).toBe('SIGKILL');
    await eventually(() => processesOf(run.userData).length === 0, ORPHANS_GONE_MS);
    await eventually(() => !isRunning(utilityPid as number), ORPHANS_GONE_MS);
    const next = start('stay', {}, run.userData);
    await next.waitFor('staying');
    expect(await stop(next)).toBe(0);
  });

  it('says so when there is no Chromium', async () => {
    const run = start('stay', { COUNTERSIGN_CHROMIUM: join(APP, 'no-such-browser') });
    expect(await run.ended).toBe(1);
    expect(run.errors()).toContain('no Chromium found');
  });
});
