import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { ForkOptions, UtilityProcess as ElectronUtilityProcess } from 'electron';
import { app } from './app.ts';
import { notProvided, strictEmitter, strictObject } from './not-provided.ts';
import { preventableEvent } from './preventable-event.ts';

const PARENT_PORT = new URL('./utility-parent-port.ts', import.meta.url).href;

const alive = new Set<UtilityProcess>();

/** Ends every utility process; they also end by themselves when the host is gone. */
export function endUtilityProcesses(): void {
  for (const child of alive) child.kill();
}

function stdioOf(stdio: ForkOptions['stdio']): ('pipe' | 'ignore' | 'inherit' | 'ipc')[] {
  const asked = Array.isArray(stdio) ? stdio : ['ignore', stdio ?? 'inherit', stdio ?? 'inherit'];
  const [, output = 'inherit', errors = 'inherit'] = asked as ('pipe' | 'ignore' | 'inherit')[];
  return ['ignore', output, errors, 'ipc'];
}

/** `UtilityProcess`: a forked Node that finds its end of the channel at `process.parentPort`. */
export class UtilityProcess
  extends strictEmitter('UtilityProcess', ['message', 'spawn', 'exit', 'error'])
  implements Pick<ElectronUtilityProcess, 'kill' | 'pid' | 'stdout' | 'stderr'>
{
  readonly #child: ChildProcess;
  readonly #serviceName: string;
  #isAskedToEnd = false;
  #hasEnded = false;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    if (options.session ?? options.partition) throw notProvided('a session for a utility process');
    this.#serviceName = options.serviceName ?? 'Node Utility Process';
    this.#child = fork(modulePath, args, {
      serialization: 'advanced',
      execArgv: ['--import', PARENT_PORT, ...(options.execArgv ?? [])],
      stdio: stdioOf(options.stdio),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...((options.env as NodeJS.ProcessEnv | undefined) ?? process.env) },
    });
    alive.add(this);
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('error', (error) => console.error(`${this.#serviceName}: ${error.message}`));
    // Unlike 'exit', this comes after everything the child has said.
    this.#child.on('close', (code, signal) => this.#ended(code, signal));
  }

  get pid(): number | undefined {
    return this.#hasEnded ? undefined : this.#child.pid;
  }
  get stdout(): Readable | null {
    return this.#hasEnded ? null : this.#child.stdout;
  }
  get stderr(): Readable | null {
    return this.#hasEnded ? null : this.#child.stderr;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw notProvided('UtilityProcess.postMessage with transfer');
    // As in Electron, a message to a process that has ended is lost.
    if (this.#child.connected) this.#child.send(message as object, () => undefined);
  }
  kill(): boolean {
    this.#isAskedToEnd = true;
    return this.#child.kill();
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.#hasEnded = true;
    alive.delete(this);
    const exitCode = code ?? (signal ? constants.signals[signal] : 1);
    this.emit('exit', exitCode);
    if (exitCode === 0 || app.isExiting) return;
    const crashed = signal !== null && ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGTRAP'].includes(signal);
    const reason = crashed ? 'crashed' : signal !== null || this.#isAskedToEnd ? 'killed' : 'abnormal-exit';
    const details = {
      type: 'Utility',
      reason,
      exitCode,
      serviceName: 'node.mojom.NodeService',
      name: this.#serviceName,
    };
    app.emit('child-process-gone', preventableEvent({}), details);
  }
}

export const utilityProcess = strictObject('utilityProcess', {
  fork: (modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess => {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready');
    return new UtilityProcess(modulePath, args, options);
  },
});
