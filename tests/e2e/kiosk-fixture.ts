import { test as base, type Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordDetail } from '../../src/shared/ipc/admin.ts';
import type { Provisioning } from '../../src/main/composition/provisioning.ts';
import { openInstallation, type Installation } from '../../src/main/composition/installation.ts';
import { KEY_FILE_NAME, keyFile } from '../../src/main/store/key-file.ts';
import type { VaultPart } from '../../src/main/store/vault-bundle.ts';
import type { Bundle } from '../../src/main/store/vault.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { demoFolder } from '../../scripts/steps/paths.ts';
import { launchApp, type RunningApp } from '../support/app-host.ts';
import { visitorAt, type KioskVisitor } from '../support/kiosk-visitor.ts';

export interface Kiosk {
  readonly app: RunningApp;
  readonly visitor: KioskVisitor;
  readonly dataFolder: string;
  /** Everything that the application has written to its output. */
  readonly log: readonly string[];
  adminPage(): Promise<Page>;
  /** Looks into the kiosk's database from outside, while it runs. */
  readonly records: () => readonly RecordDetail[];
}

interface StartOptions {
  readonly demo: boolean;
  readonly provisioning?: Provisioning;
  readonly display?: { readonly width: number; readonly height: number };
  readonly args?: readonly string[];
}

/** Starts kiosks for a test and ends them after it. */
export const test = base.extend<{ startKiosk: (options: StartOptions) => Promise<Kiosk>; workFolder: string }>({
  workFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  startKiosk: async ({ workFolder }, use, info) => {
    const started: Kiosk[] = [];
    await use(async (options) => {
      const kiosk = await start(join(workFolder, `kiosk-${started.length}`), options);
      info.annotations.push({ type: 'host', description: kiosk.app.host });
      started.push(kiosk);
      return kiosk;
    });
    for (const { app } of started) await app.close();
    if (info.status !== info.expectedStatus) {
      for (const { log } of started) console.log(log.slice(-40).join('\n'));
    }
  },
});

export { expect } from '@playwright/test';

async function start(dataFolder: string, options: StartOptions): Promise<Kiosk> {
  mkdirSync(dataFolder, { recursive: true });
  if (options.provisioning) {
    writeFileSync(join(dataFolder, 'provisioning.json'), JSON.stringify(options.provisioning));
  }
  const log: string[] = [];
  const app = await launchApp({
    dataFolder,
    args: [...(options.demo ? ['--demo', `--demo-folder=${demoFolder}`] : []), ...(options.args ?? [])],
    ...(options.display ? { display: options.display } : {}),
    onLog: (line) => void log.push(line),
  });
  const page = await app.page('kiosk');
  return {
    app,
    visitor: visitorAt(page),
    dataFolder,
    log,
    adminPage: async () => {
      await page.keyboard.press('Control+Alt+a');
      return app.page('admin');
    },
    records: () => withInstallation(dataFolder, readRecords),
  };
}

/** Opens the database of a kiosk, running or not, for a look. */
export function withInstallation<T>(dataFolder: string, look: (installation: Installation) => T): T {
  const installation = openFrom(dataFolder);
  try {
    return look(installation);
  } finally {
    installation.close();
  }
}

/** Takes a bundle of kept evidence out of the vault; null when there is none. */
export async function bundleOf(
  dataFolder: string,
  certifyId: string,
  bundle: Bundle,
): Promise<readonly VaultPart[] | null> {
  const installation = openFrom(dataFolder);
  try {
    const read = await installation.vault.read(certifyId, bundle);
    if (!read.ok) throw new Error(`the kiosk's vault: ${read.error.code}`);
    return read.value;
  } finally {
    installation.close();
  }
}

function openFrom(dataFolder: string): Installation {
  const source = keyFile(join(dataFolder, KEY_FILE_NAME), () => {
    throw new Error('the kiosk has not made its key yet');
  });
  const opened = openInstallation(dataFolder, source, systemClock);
  if (!opened.ok) throw new Error(`the kiosk's database: ${opened.error.code}`);
  return opened.value;
}

function readRecords({ queries }: Installation): readonly RecordDetail[] {
  const page = queries.list(0, 100, null);
  if (!page.ok) throw new Error(page.error.code);
  return page.value.rows
    .map(({ certifyId }) => queries.show(certifyId))
    .flatMap((detail) => (detail.ok ? [detail.value] : []))
    .reverse();
}
