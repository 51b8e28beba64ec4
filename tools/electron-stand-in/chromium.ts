import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumArguments, isHeadless } from './chromium-arguments.ts';
import { ChromiumPipe } from './chromium-pipe.ts';
import type { DevtoolsSession } from './devtools-session.ts';
import { findBrowser } from './find-browser.ts';
import { PageTargets } from './page-targets.ts';

const STOP_TIMEOUT_MS = 3000;

/** The one running Chromium. */
export interface Chromium {
  readonly browser: DevtoolsSession;
  readonly targets: PageTargets;
  readonly isHeadless: boolean;
  /** For example `156.0.8078.79`. */
  readonly version: string;
  /** Resolves when the process has ended; kills it if it doesn't end by itself. */
  stop(): Promise<void>;
}

let running: Chromium | undefined;

/** The running Chromium; throws before the application is ready. */
export function chromium(): Chromium {
  if (!running) throw new Error('windows can only be made after app is ready');
  return running;
}

function spawnChromium(userData: string, appSwitches: readonly string[]): ChildProcess {
  const executable = findBrowser();
  if (!executable) throw new Error('no Chromium found: install one or set COUNTERSIGN_CHROMIUM to its path');
  const profile = join(userData, 'chromium');
  mkdirSync(profile, { recursive: true });
  // Left by an earlier run, it would send a test to a port that is no longer there.
  rmSync(join(profile, 'DevToolsActivePort'), { force: true });
  const surroundings = { env: process.env, platform: process.platform, isRoot: process.getuid?.() === 0 };
  return spawn(executable, chromiumArguments(profile, appSwitches, surroundings), {
    stdio: ['ignore', 'ignore', process.env['COUNTERSIGN_CHROMIUM_LOG'] === '1' ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    // Its own group, so a Ctrl+C in the terminal ends the host first, which then closes Chromium.
    detached: process.platform !== 'win32',
  });
}

async function stopChromium(child: ChildProcess, browser: DevtoolsSession): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  // Chromium may close the pipe before it answers.
  await browser.send('Browser.close').catch(() => undefined);
  await ended;
  clearTimeout(timer);
}

/** Starts Chromium with its profile in `userData/chromium`. `onGone` is called if it ends without being asked to. */
export async function startChromium(
  userData: string,
  appSwitches: readonly string[],
  onGone: (how: string) => void,
): Promise<Chromium> {
  const child = spawnChromium(userData, appSwitches);
  const pipe = new ChromiumPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const browser = pipe.session();
  let isStopping = false;
  const gone = (how: string): void => {
    pipe.close(`Chromium is gone (${how})`);
    if (!isStopping) onGone(how);
  };
  child.once('error', (error) => gone(error.message));
  child.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`));
  const { product } = await browser.send('Browser.getVersion');
  await browser.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  const targets = new PageTargets(pipe);
  await targets.watch();
  running = {
    browser,
    targets,
    isHeadless: isHeadless({ env: process.env, platform: process.platform, isRoot: false }),
    version: product.slice(product.indexOf('/') + 1),
    stop: () => {
      isStopping = true;
      return stopChromium(child, browser);
    },
  };
  return running;
}
