import { _electron, chromium, type Browser, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHost } from '../../scripts/steps/host.ts';
import { modelsFolder, root } from '../../scripts/steps/paths.ts';

export interface LaunchOptions {
  readonly dataFolder: string;
  readonly args?: readonly string[];
  /** Size of the display, and so of the kiosk window. */
  readonly display?: { readonly width: number; readonly height: number };
  readonly onLog?: (line: string) => void;
}

/** The built application running on whichever host is installed, with Playwright connected to its pages. */
export interface RunningApp {
  readonly host: 'electron' | 'stand-in';
  /** The page of a window, as soon as it is there. */
  page(name: 'kiosk' | 'admin' | 'clerk'): Promise<Page>;
  /** Resolves with the exit status when the application ends by itself. */
  readonly exited: Promise<number | null>;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** @throws when neither Electron nor a Chromium is installed, with what to install. */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const host = findHost();
  if (host === null) throw new Error('no Electron and no Chromium found: install one of them');
  const args = [
    ...host.args,
    `--data-folder=${options.dataFolder}`,
    `--models-folder=${modelsFolder}`,
    ...(options.args ?? []),
  ];
  const display = options.display ?? { width: 1080, height: 1920 };
  const env = { ...process.env, COUNTERSIGN_DISPLAY: `${display.width}x${display.height}` };
  return host.kind === 'electron'
    ? launchElectron(host.command, args, env)
    : launchStandIn(host.command, args, env, options);
}

async function launchElectron(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<RunningApp> {
  const app = await _electron.launch({ executablePath: command, args, env: env as Record<string, string> });
  const exited = new Promise<number | null>((resolve) => app.process().once('exit', (code) => resolve(code)));
  return {
    host: 'electron',
    page: (name) => waitForPage(() => app.windows(), name),
    exited,
    close: () => app.close(),
  };
}

async function launchStandIn(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  options: LaunchOptions,
): Promise<RunningApp> {
  const userData = join(options.dataFolder, 'browser');
  const child = spawn(command, [...args, `--user-data-dir=${userData}`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, COUNTERSIGN_DEBUG_PORT: '1', COUNTERSIGN_HEADLESS: '1' },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line !== '') options.onLog?.(line);
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const browser = await connect(join(userData, 'chromium', 'DevToolsActivePort'), child);
  return {
    host: 'stand-in',
    page: (name) => waitForPage(() => browser.contexts().flatMap((context) => context.pages()), name),
    exited,
    close: () => stop(child, browser, exited),
  };
}

async function connect(portFile: string, child: ChildProcess): Promise<Browser> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!existsSync(portFile) || !readFileSync(portFile, 'utf8').includes('\n')) {
    if (child.exitCode !== null) throw new Error(`the application ended with ${child.exitCode} before it was up`);
    if (Date.now() > deadline) throw new Error('the application did not start in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const port = Number(readFileSync(portFile, 'utf8').split('\n')[0]);
  return chromium.connectOverCDP(`http://127.0.0.1:${port}`);
}

async function stop(child: ChildProcess, browser: Browser, exited: Promise<number | null>): Promise<void> {
  await browser.close().catch(() => undefined);
  if (child.exitCode === null) child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(late);
}

async function waitForPage(pages: () => readonly Page[], name: string): Promise<Page> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const found = pages().find((page) => page.url().includes(`/${name}/index.html`));
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`no ${name} window came up`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
