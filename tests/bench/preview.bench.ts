/**
 * The guided preview: frames a second, longest gap, main-thread and CPU time, how late the face's place is and what is
 * sent for it, against the same preview without guidance in the same run. Run with
 * `node tests/bench/preview.bench.ts [seconds] [camera | simulated]`. The camera is Chromium's stand-in for one: a face
 * that sways at 30 frames a second. The simulated person draws itself in the page and costs it a good part.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type CDPSession } from '@playwright/test';
import type { CameraSource } from '../../src/shared/ipc/camera-source.ts';
import type { InferenceContract } from '../../src/main/inference/contract.ts';
import { forkWorker } from '../../src/main/worker-process/child-process.ts';
import { callerFor } from '../../src/main/worker-process/rpc.ts';
import { MODELS_FOLDER } from '../support/inference/media.ts';
import { writeCameraClip } from '../support/camera-clip.ts';
import { BROWSER_FLAGS, bundlePage, findBrowser, findMedia, servePage } from '../support/liveness-loop.ts';
import type { PreviewRun } from '../support/preview-bench-shapes.ts';

const seconds = Number(process.argv[2] ?? 10);
const kind = process.argv[3] ?? 'camera';
const PERSON = 'person-a.webm';
const CAPTURE = 'bench';
const TICKS_PER_SECOND = 100;

const executablePath = findBrowser();
const picture = findMedia(PERSON.replace('.webm', '.png'));
if (!executablePath || !picture) throw new Error('an installed Chromium and the simulated persons are needed');

const worker = forkWorker(join(import.meta.dirname, '../../src/main/inference/worker.ts'));
const caller = callerFor<InferenceContract>(worker, { crashed: 'inference.crashed', late: 'inference.unavailable' });
const prepared = await caller.call('prepare', { modelsFolder: MODELS_FOLDER, threads: 1 });
if (!prepared.ok) throw new Error(prepared.error.code);
await caller.call('openCapture', { captureId: CAPTURE });

const inferencePid = findInference();
const server = await servePage(await bundlePage('preview-bench-page.ts'), (url, request, response) => {
  if (!url.startsWith('/guide?')) return false;
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const frame = {
      captureId: CAPTURE,
      jpeg: new Uint8Array(Buffer.concat(parts)),
      capturedAtMs: Number(url.slice(7)),
    };
    void caller.call('guide', frame).then((answer) => {
      if (answer.ok) response.end(JSON.stringify({ ...answer.value, progress: 0 }));
      else response.writeHead(503).end();
    });
  });
  return true;
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const workFolder = mkdtempSync(join(tmpdir(), 'countersign-preview-'));
const clip = join(workFolder, 'camera.y4m');
await writeCameraClip(picture, clip);
const browser = await chromium.launch({
  executablePath,
  args: [
    ...BROWSER_FLAGS,
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${clip}`,
  ],
});
const page = await browser.newPage({ viewport: { width: 1_080, height: 1_920 } });
let foreignRequests = 0;
page.on('request', (request) => {
  if (!request.url().startsWith(origin)) foreignRequests += 1;
});
await page.goto(origin);
await page.waitForFunction(`'previewBench' in window`);
const devTools = await page.context().newCDPSession(page);
const browserTools = await browser.newBrowserCDPSession();
await devTools.send('Performance.enable');
const source: CameraSource =
  kind === 'simulated'
    ? { kind, url: `${origin}/media/${PERSON}`, presentation: 'live', startSeconds: 5 }
    : { kind: 'device', deviceId: null };
const label = await page.evaluate<string>(`window.previewBench.open(${JSON.stringify(source)})`);
if (label.startsWith('camera.')) throw new Error(label);

/** The process that runs the inference worker: the only child of this one that is Node. */
function findInference(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number);
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('inference/worker.ts'));
  if (found === undefined) throw new Error('the inference process is not there');
  return found;
}

/** CPU seconds of a process, all threads; Linux. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function spent(tools: CDPSession): Promise<{ mainThread: number; browser: number; inference: number }> {
  const { metrics } = await tools.send('Performance.getMetrics');
  const { processInfo } = await browserTools.send('SystemInfo.getProcessInfo');
  return {
    mainThread: metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0,
    browser: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    inference: cpuSeconds(inferencePid),
  };
}

function quantile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? '-' : sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(0);
}

async function measure(name: string, expression: string): Promise<void> {
  const before = await spent(devTools);
  const load = loadavg()[0]!.toFixed(1);
  const run = await page.evaluate<PreviewRun>(expression);
  const after = await spent(devTools);
  const elapsed = run.elapsedMs / 1_000;
  const percent = (from: number, to: number): string => `${((100 * (to - from)) / elapsed).toFixed(0)} %`;
  console.log(`\n${name} (${elapsed.toFixed(0)} s, load ${load})`);
  console.log(
    `  preview      ${(run.frames / elapsed).toFixed(1)} frames/s of ${(run.given / elapsed).toFixed(1)} that the camera gave, ${run.dropped} dropped, longest gap ${run.longestGapMs.toFixed(0)} ms`,
  );
  console.log(
    `  main thread  ${((1_000 * (after.mainThread - before.mainThread)) / run.frames).toFixed(1)} ms a frame`,
  );
  console.log(
    `  CPU          browser ${percent(before.browser, after.browser)} of a core, inference ${percent(before.inference, after.inference)}`,
  );
  console.log(
    `  box          ${(run.latenciesMs.length / elapsed).toFixed(1)} answers/s, ${quantile(run.latenciesMs, 0.5)} ms late (median), ${quantile(run.latenciesMs, 0.95)} ms (95 %), drawn ${(run.drawn / elapsed).toFixed(0)} times/s`,
  );
  const bytes = run.sentBytes.reduce((sum, size) => sum + size, 0);
  console.log(`  sent         ${(bytes / 1_000 / elapsed).toFixed(0)} kB/s to the inference process`);
}

console.log(`${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
console.log(`${browser.version()}, ${kind}, ${label}`);
await measure('preview alone', `window.previewBench.measure(${seconds * 1_000}, false)`);
await measure('guided by the inference process', `window.previewBench.measure(${seconds * 1_000}, true)`);
console.log(`\nrequests to anywhere else: ${foreignRequests}`);
await browser.close();
server.closeAllConnections();
server.close();
worker.kill();
rmSync(workFolder, { recursive: true });
