import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { build } from 'vite';
import type { Action, DisplayLog, LightChallenge } from '../../src/shared/domain/challenge.ts';
import type { LightFrame, PixelBox } from '../../src/shared/domain/liveness.ts';
import type { Presentation } from '../../src/shared/ipc/camera-source.ts';
import type { CameraFault, PageGuidance, PageRun } from './liveness-loop-shapes.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** The renderer's camera layer in a browser, lit by its own page. */
export interface LoopPage {
  /** The camera's label, or the code of the failure. */
  open(file: string, presentation: Presentation, startSeconds: number): Promise<string>;
  /** Tells the simulated person to do something, and takes pictures as JPEG for `forMs`, about `perSecond` of them. */
  act(action: Action, forMs: number, perSecond: number): Promise<ActedPicture[]>;
  /** Lets the simulated person read digits, `everyMs` one; gives the loudness of the voice every 20 ms. */
  speak(digits: string, everyMs: number): Promise<number[]>;
  run(challenge: LightChallenge, box: PixelBox): Promise<LoopRecording>;
  /** As `run`, but the camera's track ends `afterMs` from the start. */
  runAndLose(challenge: LightChallenge, box: PixelBox, afterMs: number): Promise<LoopRecording>;
  guide(forMs: number, answerMs: number, box: PixelBox): Promise<PageGuidance>;
  lose(fault: CameraFault): Promise<string>;
  /** Opens the first camera of the browser itself; gives the size of its picture, or the code of the failure. */
  openDevice(): Promise<string>;
  /** A picture of evidence with a face at a place, as a JPEG. */
  evidenceOf(face: PixelBox): Promise<Uint8Array>;
  /** Closes the camera. */
  shut(): Promise<void>;
  close(): Promise<void>;
}

export interface ActedPicture {
  /** Since the person was told. */
  readonly atMs: number;
  readonly jpeg: Uint8Array;
}

export interface LoopRecording {
  /** The code of the failure when the challenge didn't end. */
  readonly failed: string | null;
  readonly display: DisplayLog;
  readonly frames: readonly LightFrame[];
  readonly evidence: readonly { readonly phase: string; readonly jpeg: Uint8Array }[];
}

export function findBrowser(): string | null {
  return BROWSERS.find((file) => existsSync(file)) ?? null;
}

/** A clip as it was downloaded, or a simulated person's file that `scripts/prepare-demo.ts` made. */
export function findMedia(name: string): string | null {
  const cache = process.env['COUNTERSIGN_CACHE'] ?? path.join(ROOT, '.cache');
  const files = ['demo', 'media'].map((folder) => path.join(cache, folder, name));
  return files.find((file) => existsSync(file)) ?? null;
}

/** The files of a simulated person that are missing. */
export function missingPerson(clip: string): string[] {
  return ['.webm', '.json', '.png'].map((end) => clip.replace(/\.webm$/, end)).filter((name) => !findMedia(name));
}

/** The script of a page of `tests/renderer`, as one file. */
export async function bundlePage(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    build: {
      write: false,
      minify: false,
      lib: { entry: path.join(ROOT, 'tests/renderer', entry), formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const bundles = Array.isArray(built) ? built : [built];
  const chunk = bundles.flatMap((bundle) => ('output' in bundle ? bundle.output : [])).find((o) => o.type === 'chunk');
  if (!chunk) throw new Error('the page did not bundle');
  return chunk.code;
}

/** Answers a request that is for neither the page nor a video; false when it isn't for this one either. */
type ExtraRoute = (url: string, request: IncomingMessage, response: ServerResponse) => boolean;

/** Serves a page, its script and the videos, with byte ranges so that a video can be entered in the middle. */
export function servePage(script: string, extraRoute: ExtraRoute = () => false): Promise<Server> {
  const page = '<!doctype html><title>loop</title><script type="module" src="/page.js"></script>';
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url === '/') return response.setHeader('content-type', 'text/html').end(page);
    if (url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script);
    if (extraRoute(url, request, response)) return undefined;
    const file = url.startsWith('/media/') ? findMedia(path.basename(url)) : null;
    if (!file) return response.writeHead(404).end();
    const whole = readFileSync(file);
    if (!file.endsWith('.webm')) return response.end(whole);
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(206, {
      'content-type': 'video/webm',
      'accept-ranges': 'bytes',
      'content-length': whole.length - from,
      'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}`,
    });
    return response.end(whole.subarray(from));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function recordingOf(run: PageRun): LoopRecording {
  const rgb = Buffer.from(run.rgbBase64, 'base64');
  let at = 0;
  const frames = run.frames.map((frame): LightFrame => {
    const length = frame.width * frame.height * 3;
    at += length;
    return { ...frame, rgb: new Uint8Array(rgb.subarray(at - length, at)) };
  });
  return {
    failed: run.display.ok ? null : run.display.error.code,
    display: run.display.ok ? run.display.value : [],
    frames,
    evidence: run.evidence.map(({ phase, jpegBase64 }) => ({ phase, jpeg: Buffer.from(jpegBase64, 'base64') })),
  };
}

export async function openLoopPage(executablePath: string, flags: readonly string[] = []): Promise<LoopPage> {
  const server = await servePage(await bundlePage('liveness-loop-page.ts'));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS, ...flags] });
  const page = await browser.newPage({ viewport: { width: 1_080, height: 1_920 } });
  await page.goto(origin);
  await page.waitForFunction(`'livenessLoop' in window`);
  // The page's own types need the DOM, so calls cross as text.
  const call = <T>(method: string, ...given: unknown[]): Promise<T> =>
    page.evaluate<T>(`window.livenessLoop.${method}(${given.map((value) => JSON.stringify(value)).join(', ')})`);
  return {
    open: (file, presentation, startSeconds) =>
      call('open', { kind: 'simulated', url: `${origin}/media/${file}`, presentation, startSeconds }),
    act: async (action, forMs, perSecond) => {
      const pictures = await call<{ atMs: number; jpegBase64: string }[]>('act', action, forMs, perSecond);
      return pictures.map(({ atMs, jpegBase64 }) => ({ atMs, jpeg: Buffer.from(jpegBase64, 'base64') }));
    },
    speak: (digits, everyMs) => call('speak', digits, everyMs),
    run: async (challenge, box) => recordingOf(await call('run', challenge, box)),
    runAndLose: async (challenge, box, afterMs) => recordingOf(await call('runAndLose', challenge, box, afterMs)),
    guide: (forMs, answerMs, box) => call('guide', forMs, answerMs, box),
    lose: (fault) => call('lose', fault),
    openDevice: () => call('openDevice'),
    evidenceOf: async (face) => Buffer.from(await call<string>('evidenceOf', face), 'base64'),
    shut: () => call('close'),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
