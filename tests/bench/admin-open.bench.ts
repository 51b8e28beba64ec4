/**
 * How long the admin window takes to open, against a window whose page is empty, in turn in the same run: a new window,
 * its page loaded from the built product, its heading and, for the admin window, the form to sign in there. `node tests/bench/admin-open.bench.ts
 * [--rounds=N]`. Beside the time on the wall stands the time that the page's main thread worked, which other work on the
 * machine changes less.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { root } from '../../scripts/steps/paths.ts';
import { findBrowser } from '../../tools/electron-stand-in/find-browser.ts';

const rounds = Number(process.argv.find((one) => one.startsWith('--rounds='))?.slice(9) ?? 15);
const WARM_UP = 3;
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const EMPTY = '<!doctype html><html lang="en"><title>empty</title><body><h1>empty</h1></body></html>';
/** What the page finds as its bridge: a terminal at which nobody has signed in. */
const BRIDGE = `window.countersign = { invoke: async (channel) => channel === 'admin:gate'
  ? { ok: true, value: { state: 'signed-out', choices: [{ staffId: '01900000-0000-7000-8000-000000000001', name: 'A', triesLeft: 5, lockedForSeconds: null }] } }
  : { ok: false, error: { code: 'request.invalid' } } };`;

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error('an installed Chromium is needed');

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/empty.html') return void response.writeHead(200, { 'content-type': 'text/html' }).end(EMPTY);
  try {
    const body = readFileSync(join(root, 'out/renderer', normalize(pathname)));
    response.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

interface Opening {
  readonly wallMs: number;
  /** Of the page's main thread: all tasks, and the scripts among them. */
  readonly taskMs: number;
  readonly scriptMs: number;
}

async function open(context: BrowserContext, address: string, until: string): Promise<Opening> {
  const beganMs = performance.now();
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Performance.enable');
  await page.goto(`${origin}${address}`, { waitUntil: 'commit' });
  await page.locator(until).first().waitFor();
  const wallMs = performance.now() - beganMs;
  const { metrics } = await tools.send('Performance.getMetrics');
  const ofMs = (wanted: string): number => 1_000 * (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN);
  await page.close();
  return { wallMs, taskMs: ofMs('TaskDuration'), scriptMs: ofMs('ScriptDuration') };
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
await context.addInitScript(BRIDGE);
const measured: Record<'empty' | 'admin', Opening[]> = { empty: [], admin: [] };
for (let round = -WARM_UP; round < rounds; round += 1) {
  const empty = await open(context, '/empty.html', 'h1');
  const admin = await open(context, '/admin/index.html', 'form');
  if (round < 0) continue;
  measured.empty.push(empty);
  measured.admin.push(admin);
}
await browser.close();
server.close();

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const middle = (opened: readonly Opening[], part: keyof Opening): number => median(opened.map((each) => each[part]));
for (const [name, opened] of [
  ['an empty window', measured.empty],
  ['the admin window', measured.admin],
] as const) {
  const [wall, task, script] = [middle(opened, 'wallMs'), middle(opened, 'taskMs'), middle(opened, 'scriptMs')];
  const least = Math.min(...opened.map(({ wallMs }) => wallMs));
  console.log(
    `${name}: median ${wall.toFixed(0)} ms, least ${least.toFixed(0)} ms; its main thread ${task.toFixed(0)} ms, ` +
      `of which scripts ${script.toFixed(0)} ms`,
  );
}
const ratio = middle(measured.admin, 'wallMs') / middle(measured.empty, 'wallMs');
console.log(`ratio ${ratio.toFixed(2)} (goal 1.25), load ${loadavg()[0]!.toFixed(1)}, ${rounds} rounds`);
