// `node tools/electron-stand-in/host.ts APP_DIRECTORY [arguments…]`: what `electron APP_DIRECTORY` does, on an installed Chromium.
import { readFileSync, statSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './chromium.ts';
import { configureHost } from './host-settings.ts';

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

const STAND_IN = new URL('./electron.ts', import.meta.url).href;

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function readManifest(appDirectory: string): Manifest {
  const file = join(appDirectory, 'package.json');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) fail(`no application here: ${file} is missing`);
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

function electronVersion(): string {
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string };
  return version;
}

function replaceVersions(extra: Readonly<Record<string, string>>): void {
  Object.defineProperty(process, 'versions', {
    value: Object.freeze({ ...process.versions, ...extra }),
    configurable: true,
  });
}

// Makes this process look as Electron's main process does to the application.
function dressProcess(appDirectory: string, appArguments: readonly string[]): void {
  replaceVersions({ electron: electronVersion() });
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: appDirectory });
  process.argv = [process.execPath, appDirectory, ...appArguments];
  registerHooks({
    resolve: (specifier, context, next) =>
      ['electron', 'electron/main', 'electron/common'].includes(specifier)
        ? next(STAND_IN, context)
        : next(specifier, context),
  });
}

async function run(appDirectory: string, appArguments: readonly string[]): Promise<void> {
  const manifest = readManifest(appDirectory);
  configureHost({
    appDirectory,
    appName: manifest.productName ?? manifest.name ?? 'Electron',
    appVersion: manifest.version ?? '0.0.0',
    appArguments,
  });
  dressProcess(appDirectory, appArguments);
  const { app } = await import('./app.ts');
  const { endUtilityProcesses } = await import('./utility-process.ts');
  // Electron's main process warns of these and goes on.
  process.on('unhandledRejection', (reason) => {
    console.error('unhandled rejection:', reason);
    process.exitCode = 1;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // As in Electron, the application's main module is evaluated to its end before it becomes ready.
  await import(pathToFileURL(join(appDirectory, manifest.main ?? 'index.js')).href);
  if (app.isExiting) return;
  const chromium = await startChromium(app.getPath('userData'), app.switches.chromiumSwitches(), (how) => {
    console.error(`Chromium ended unexpectedly: ${how}`);
    app.exit(1);
  });
  app.beforeExit = async () => {
    endUtilityProcesses();
    await chromium.stop();
  };
  replaceVersions({ chrome: chromium.version });
  app.becomeReady();
}

const [, , appDirectory, ...appArguments] = process.argv;
if (appDirectory === undefined) fail('usage: node tools/electron-stand-in/host.ts APP_DIRECTORY [arguments…]');
await run(resolve(appDirectory), appArguments);
