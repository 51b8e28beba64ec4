import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface StandInEvent {
  readonly event: string;
  readonly [detail: string]: unknown;
}

export interface StandInRun {
  readonly child: ChildProcess;
  readonly userData: string;
  /** Everything the application said on standard output so far, as JSON lines. */
  readonly events: readonly StandInEvent[];
  readonly errors: () => string;
  /** The first event of this name; rejects when the run ends without it. */
  waitFor(event: string): Promise<StandInEvent>;
  /** The exit code, or the signal that ended the host. */
  readonly ended: Promise<number | string>;
}

const ROOT = join(import.meta.dirname, '../..');
const HOST = join(ROOT, 'tools/electron-stand-in/host.ts');
const POLL_MS = 50;

export function newUserData(): string {
  return mkdtempSync(join(tmpdir(), 'stand-in-'));
}

/** Starts the stand-in on an application directory, headless, with a profile of its own. */
export function startStandIn(
  appDirectory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  userData = newUserData(),
): StandInRun {
  const child = spawn(process.execPath, [HOST, appDirectory, ...args, `--user-data-dir=${userData}`], {
    env: { ...process.env, COUNTERSIGN_HEADLESS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: StandInEvent[] = [];
  let partial = '';
  let errors = '';
  let hasEnded = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (partial + text).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) events.push(JSON.parse(line) as StandInEvent);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal ?? 'unknown');
    });
  });
  const waitFor = async (name: string): Promise<StandInEvent> => {
    for (;;) {
      const found = events.find(({ event }) => event === name);
      if (found) return found;
      if (hasEnded) throw new Error(`the run ended without '${name}':\n${errors}`);
      await delay(POLL_MS);
    }
  };
  return { child, userData, events, errors: () => errors, waitFor, ended };
}

/** Ids of the processes whose command line names `userData`, the browser process of Chromium first. */
export function processesOf(userData: string): readonly number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1 << 24 }).split('\n');
  const ours = rows.filter((row) => row.includes(userData));
  const browserFirst = (row: string): number =>
    row.includes('--remote-debugging-pipe') && !row.includes('--type=') ? 0 : 1;
  return ours.sort((a, b) => browserFirst(a) - browserFirst(b)).map((row) => Number.parseInt(row, 10));
}

/** Whether the process exists and isn't a zombie. */
export function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

/** Waits until `isDone`; rejects after `timeoutMs`. */
export async function eventually(isDone: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isDone()) {
    if (Date.now() > deadline) throw new Error(`not so after ${timeoutMs} ms: ${isDone.toString()}`);
    await delay(POLL_MS);
  }
}

/** Where Playwright's `connectOverCDP` reaches a run that was started with `COUNTERSIGN_DEBUG_PORT=1`. */
export async function debugAddress(userData: string): Promise<string> {
  const file = join(userData, 'chromium', 'DevToolsActivePort');
  for (;;) {
    try {
      const [port] = readFileSync(file, 'utf8').split('\n');
      if (port) return `http://127.0.0.1:${port}`;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await delay(POLL_MS);
  }
}
