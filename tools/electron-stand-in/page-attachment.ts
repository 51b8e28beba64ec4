import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chromium } from './chromium.ts';
import type { DevtoolsSession } from './devtools-session.ts';
import type { WindowPlace } from './page-targets.ts';
import { displayBounds } from './screen.ts';
import { BINDING_NAME, pageWorldScript, preloadWorldScript } from './preload-script.ts';

export interface PageSettings {
  readonly place: WindowPlace;
  readonly preload: string | undefined;
  /** What the preload sees in `process.argv`. */
  readonly preloadArguments: readonly string[];
}

/** A page that is open, attached to and prepared, and still blank. */
export interface AttachedPage {
  readonly targetId: string;
  readonly session: DevtoolsSession;
  readonly mainFrameId: string;
  readonly preloadWorld: string;
}

async function installScripts(page: DevtoolsSession, preloadWorld: string, settings: PageSettings): Promise<void> {
  const token = randomBytes(16).toString('hex');
  await page.send('Runtime.addBinding', { name: BINDING_NAME, executionContextName: preloadWorld });
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(token) });
  if (settings.preload === undefined) return;
  const source = preloadWorldScript(token, readFileSync(settings.preload, 'utf8'), {
    platform: process.platform,
    versions: { ...process.versions },
    argv: [process.execPath, ...settings.preloadArguments],
  });
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: preloadWorld });
}

/** Makes the page exactly this large where no real screen gives it its size. */
export async function sizePage(page: DevtoolsSession, { x, y, width, height }: WindowPlace): Promise<void> {
  const display = displayBounds();
  await page.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 1,
    mobile: false,
    screenWidth: display.width,
    screenHeight: display.height,
    positionX: x,
    positionY: y,
  });
}

/**
 * Opens a page and makes it ready for its first document. `listen` adds its event listeners before any domain is
 * enabled, so it misses nothing.
 */
export async function attachPage(
  settings: PageSettings,
  onClosed: () => void,
  listen: (page: AttachedPage) => void,
): Promise<AttachedPage> {
  const { targetId, session: page } = await chromium().targets.open(settings.place, onClosed);
  const { frameTree } = await page.send('Page.getFrameTree');
  const attached = { targetId, session: page, mainFrameId: frameTree.frame.id, preloadWorld: `preload-${targetId}` };
  listen(attached);
  await Promise.all([page.send('Page.enable'), page.send('Runtime.enable'), page.send('Log.enable')]);
  await Promise.all([page.send('Inspector.enable'), page.send('Page.setLifecycleEventsEnabled', { enabled: true })]);
  await installScripts(page, attached.preloadWorld, settings);
  if (chromium().isHeadless) {
    await sizePage(page, settings.place);
    await page.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  }
  return attached;
}
