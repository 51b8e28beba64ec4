/**
 * What the kiosk costs while nobody is there: processor time of the whole application on its attract screen, against a
 * browser window of the same size that shows nothing, in the same run. `node tests/bench/attract.bench.ts
 * [--seconds=N]`, Linux only. Chromium paints in software here, so a machine with a graphics chip uses less.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { demoFolder } from '../../scripts/steps/paths.ts';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';
import { launchApp } from '../support/app-host.ts';
import { cpuWithin } from './process-tree.ts';

const seconds = Number(process.argv.find((one) => one.startsWith('--seconds='))?.slice(10) ?? 60);
const SETTLE_MS = 15_000;
const DISPLAY = { width: 1080, height: 1920 };

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error('an installed Chromium is needed');
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
const share = (spent: number): string => `${((100 * spent) / seconds).toFixed(2)} % of one core`;

function groupOf(command: string): string {
  if (command.includes('--type=renderer')) return 'page';
  if (command.includes('--type=gpu-process')) return 'compositor';
  if (command.includes('--type=') || /chrom/.test(command)) return 'browser';
  return 'main process and workers';
}

async function measure(name: string): Promise<number> {
  await settle();
  const used = await cpuWithin(process.pid, seconds, groupOf);
  const total = [...used.values()].reduce((sum, one) => sum + one, 0);
  console.log(`${name}: ${share(total)} over ${seconds} s`);
  for (const [group, spent] of used) console.log(`  ${group}: ${share(spent)}`);
  return total;
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: DISPLAY });
await page.goto('about:blank');
const blank = await measure('an empty window');
await browser.close();

const dataFolder = mkdtempSync(join(tmpdir(), 'countersign-attract-'));
try {
  const args = process.argv.includes('--demo') ? ['--demo', `--demo-folder=${demoFolder}`] : [];
  const app = await launchApp({ dataFolder, args, display: DISPLAY });
  const kiosk = await app.page('kiosk');
  await kiosk.locator('[data-screen="attract"]').waitFor({ timeout: 60_000 });
  const attract = await measure('the attract screen');
  console.log(`above the empty window: ${share(attract - blank)} (goal 2 %), load ${loadavg()[0]!.toFixed(1)}`);
  await app.close();
} finally {
  rmSync(dataFolder, { recursive: true, force: true });
}
