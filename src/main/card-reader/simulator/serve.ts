import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { attach, terminalBaud } from './served-line.ts';
import type { SimulatedReader } from './simulated-reader.ts';

export interface ServeOptions {
  readonly timing: Timing;
  /** How fast replies are put on the line; a reader that listens at a speed of its own uses that one. */
  readonly baud: number;
  /** Over TCP: the speed at which the host's device server speaks to the reader, where that matters. */
  readonly hostBaud?: number | undefined;
}

/** How long the cable stays out when a fault has pulled it. */
const REPLUG_MS = 1000;

/** A simulated reader that can be reached from outside. */
export interface ServedReader {
  /** Where: the link path of the pseudo-terminal, or the TCP port. */
  readonly address: string;
  /** Pulls the cable; hosts see the port go away. */
  unplug(): Promise<void>;
  /** Puts it in again at the same address. */
  plug(): Promise<Result<void, Failure>>;
  stop(): Promise<void>;
}

/** Serves one host at a time on 127.0.0.1; with port 0 the system picks one. Fails with `reader.missing`. */
export async function serveTcp(
  reader: SimulatedReader,
  port: number,
  options: ServeOptions,
): Promise<Result<ServedReader, Failure>> {
  let host: Socket | null = null;
  const server = createServer((socket) => {
    // A serial port has one user, and so has this.
    if (host) return void socket.destroy();
    host = socket;
    socket.setNoDelay(true);
    const detach = attach(reader, options.timing, options.baud, {
      write: (bytes) => void socket.write(bytes),
      listen: (take) => void socket.on('data', take),
      hostBaud: () => Promise.resolve(options.hostBaud ?? null),
      unplug: () => cable.pullForAMoment(),
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      detach();
      host = null;
    });
  });
  const listen = (wanted: number): Promise<Result<void, Failure>> =>
    new Promise((resolve) => {
      const fail = (): void => resolve(err(failure('reader.missing', `port ${wanted} can not be used`)));
      server.once('error', fail);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', fail);
        resolve(ok(undefined));
      });
    });
  const unplug = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      host?.destroy();
    });
  const listening = await listen(port);
  if (!listening.ok) return listening;
  const given = (server.address() as AddressInfo).port;
  const cable = new Cable(options.timing, unplug, () => listen(given));
  return ok({ address: String(given), ...cable.ends });
}

/**
 * Serves behind a pseudo-terminal that `socat` makes, at `linkPath`. Each time a host closes the port the
 * pseudo-terminal ends, as the kernel has it, and a new one takes its place within a few milliseconds.
 *
 * Fails with `reader.missing` when socat isn't installed or can't make the link.
 */
export async function servePty(
  reader: SimulatedReader,
  linkPath: string,
  options: ServeOptions,
): Promise<Result<ServedReader, Failure>> {
  let plugged = true;
  let socat: ChildProcess | null = null;
  const start = async (): Promise<Result<void, Failure>> => {
    const started = await startSocat(linkPath);
    if (!started.ok) return started;
    const child = started.value;
    if (!plugged) {
      child.kill('SIGTERM');
      return ok(undefined);
    }
    socat = child;
    const detach = attach(reader, options.timing, options.baud, {
      write: (bytes) => void child.stdin?.write(bytes),
      listen: (take) => void child.stdout?.on('data', take),
      hostBaud: () => terminalBaud(linkPath),
      unplug: () => cable.pullForAMoment(),
    });
    child.once('exit', () => {
      detach();
      socat = null;
      if (plugged) void start();
    });
    return ok(undefined);
  };
  const unplug = async (): Promise<void> => {
    plugged = false;
    const child = socat;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  const plug = (): Promise<Result<void, Failure>> => {
    plugged = true;
    return start();
  };
  const cable = new Cable(options.timing, unplug, plug);
  const started = await start();
  return started.ok ? ok({ address: linkPath, ...cable.ends }) : started;
}

/** The reader's cable, which a fault may pull for a moment. */
class Cable {
  readonly ends: Pick<ServedReader, 'unplug' | 'plug' | 'stop'>;
  readonly #timing: Timing;
  #cancelReplug: () => void = () => undefined;

  constructor(timing: Timing, unplug: ServedReader['unplug'], plug: ServedReader['plug']) {
    this.#timing = timing;
    const pulled = (): Promise<void> => {
      this.#cancelReplug();
      return unplug();
    };
    this.ends = { unplug: pulled, plug, stop: pulled };
  }

  pullForAMoment(): void {
    void this.ends.unplug();
    this.#cancelReplug = this.#timing.setTimer(() => void this.ends.plug(), REPLUG_MS);
  }
}

const SOCAT_MISSING = 'socat is not installed; it makes the pseudo-terminal of the simulated reader';

function startSocat(linkPath: string): Promise<Result<ChildProcess, Failure>> {
  const args = ['-d', '-d', `pty,raw,echo=0,link=${linkPath}`, 'STDIO'];
  const child = spawn('socat', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  // Writing to a pseudo-terminal that just ended is no news.
  child.stdin.on('error', () => undefined);
  return new Promise((resolve) => {
    child.once('error', () => resolve(err(failure('reader.missing', SOCAT_MISSING))));
    child.once('exit', () => resolve(err(failure('reader.missing', 'socat could not make the pseudo-terminal'))));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('starting data transfer loop')) resolve(ok(child));
    });
  });
}
