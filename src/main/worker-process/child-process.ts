import { fork } from 'node:child_process';
import type { WorkerProcess } from './endpoint.ts';

/**
 * Starts `modulePath` as a forked Node process whose messages may hold typed arrays. Used by the command line and
 * by tests; the windowed application starts Electron utility processes instead.
 *
 * @param options.output `ignore` for a process whose output nobody may see.
 */
export function forkWorker(
  modulePath: string,
  args: readonly string[] = [],
  { output }: { readonly output: 'inherit' | 'ignore' } = { output: 'inherit' },
): WorkerProcess {
  const child = fork(modulePath, [...args], {
    serialization: 'advanced',
    stdio: ['ignore', output, output, 'ipc'],
  });
  // A child that is already gone is reported by 'exit'; the write error that follows adds nothing.
  child.on('error', () => undefined);
  return {
    post: (message) => {
      if (child.connected) child.send(message as Parameters<typeof child.send>[0], () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
}
