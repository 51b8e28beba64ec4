import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../steps/paths.ts';

/** One line of `card read --watch --json`. */
export type Told = Readonly<Record<string, unknown>> & { readonly event: string };

/** `card read --watch` in a process of its own. */
export interface WatchedReader {
  /** Everything told until `count` things were, or until `withinMs` have passed. */
  take(count: number, withinMs: number): Promise<readonly Told[]>;
  /** Interrupts it, as Ctrl-C does; gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts to watch the reader at the serial port `port`, with everything that can be read of a card. */
export function watchPort(port: string): WatchedReader {
  const words = ['card', 'read', '--watch', '--json', '--full', '--port', port];
  const everything = ['--appended-address', '--fingerprint', 'recognise'];
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...words, ...everything], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: Told[] = [];
  let heard = (): void => undefined;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  createInterface({ input: child.stdout }).on('line', (line) => {
    told.push(JSON.parse(line) as Told);
    heard();
  });
  const next = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      heard = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return {
    take: async (count, withinMs) => {
      const untilMs = performance.now() + withinMs;
      while (told.length < count && performance.now() < untilMs) await next(untilMs - performance.now());
      return told.splice(0);
    },
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
