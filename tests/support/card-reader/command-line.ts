import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const CLI = join(import.meta.dirname, 'cli.ts');

export interface Ran {
  readonly exit: number | null;
  /** Standard output as it is. */
  readonly text: string;
  /** Standard output, one JSON value a line; empty when it isn't that. */
  readonly lines: readonly unknown[];
  readonly stderr: string;
}

/** Runs a card command to its end. */
export function run(...args: readonly string[]): Ran {
  return runWithInput('', ...args);
}

/** Runs a card command to its end, with `input` on its standard input. */
export function runWithInput(input: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    input,
    timeout: 60_000,
  });
  return { exit: status, text: stdout, lines: args.includes('--json') ? jsonLines(stdout) : [], stderr };
}

/** The same as `run`, for tests that have to go on meanwhile, because they are the other end. */
export async function runBeside(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exit: await ended, text: stdout, lines: args.includes('--json') ? jsonLines(stdout) : [], stderr };
}

function jsonLines(output: string): readonly unknown[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

/** A card command that goes on; `next` gives what it prints with `--json`, line by line. */
export interface Running {
  readonly child: ChildProcess;
  next(): Promise<Record<string, unknown>>;
  send(change: unknown): void;
  /** Interrupts it, as Ctrl-C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

export function start(...args: readonly string[]): Running {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    next: async () => {
      const line = await lines.next();
      if (line.done) throw new Error('the command has ended');
      return JSON.parse(line.value) as Record<string, unknown>;
    },
    send: (change) => void child.stdin.write(`${JSON.stringify(change)}\n`),
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
