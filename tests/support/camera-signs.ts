import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import type { WatchedFrame } from '../../src/main/camera/frame-watch.ts';
import type { CameraChallengePlan, CameraChallengeReport } from '../../src/shared/domain/camera-challenge.ts';
import type { OpenedCamera } from '../../src/shared/domain/camera-identity.ts';
import type { SentPicture } from './camera-signs-shapes.ts';
import { BROWSER_FLAGS, bundlePage, servePage } from './liveness-loop.ts';

/** A browser page that describes a camera, sends its raw frames and runs the camera challenge. */
export interface CameraSignsPage {
  open(source: 'device' | 'canvas'): Promise<OpenedCamera>;
  frames(count: number): Promise<readonly WatchedFrame[]>;
  challenge(
    plan: CameraChallengePlan,
  ): Promise<{ readonly report: CameraChallengeReport; readonly frames: readonly WatchedFrame[] }>;
  close(): Promise<void>;
}

function frameOf({ capturedAtMs, rgbBase64 }: SentPicture): WatchedFrame {
  return { capturedAtMs, rgb: new Uint8Array(Buffer.from(rgbBase64, 'base64')) };
}

/** @param flags which fake camera the browser has. */
export async function openCameraSigns(executablePath: string, flags: readonly string[]): Promise<CameraSignsPage> {
  const server = await servePage(await bundlePage('camera-signs-page.ts'));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = [...BROWSER_FLAGS, '--use-fake-ui-for-media-stream', ...flags];
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage();
  await page.goto(origin);
  await page.waitForFunction(`'cameraSigns' in window`);
  const call = <T>(method: string, given: unknown): Promise<T> =>
    page.evaluate<T>(`window.cameraSigns.${method}(${JSON.stringify(given)})`);
  return {
    open: (source) => call('open', source),
    frames: async (count) => (await call<SentPicture[]>('frames', count)).map(frameOf),
    challenge: async (plan) => {
      const { report, sent } = await call<{ report: CameraChallengeReport; sent: SentPicture[] }>('challenge', plan);
      return { report, frames: sent.map(frameOf) };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
