import { SerialPort } from 'serialport';
import type { DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { watchDeviceNode } from './device-node.ts';
import { listSerialPorts, pathOfDevice, systemPortListing, type PortListing } from './serial-ports.ts';
import type { LineSpeed, Transport } from './transport.ts';

export { listSerialPorts, portIdentity, type ListedPort } from './serial-ports.ts';

/** What of a serial port is used; `SerialPort` is one. */
export interface SerialStream {
  readonly isOpen: boolean;
  open(done: (error: Error | null) => void): void;
  write(bytes: Buffer, done: (error: Error | null | undefined) => void): unknown;
  update(options: { readonly baudRate: number }, done: (error: Error | null) => void): void;
  close(done: (error: Error | null) => void): void;
  on(event: 'data', listener: (bytes: Buffer) => void): unknown;
  on(event: 'close' | 'error' | 'end', listener: (error?: unknown) => void): unknown;
}

/** The machine's serial ports; tests have their own. */
export interface SerialSystem extends PortListing {
  readonly create: (path: string, baud: number) => SerialStream;
}

export interface SerialOptions {
  /** The device that was chosen: looked for wherever it is plugged in; another one is refused. */
  readonly device?: DeviceIdentity;
  readonly system?: SerialSystem;
}

/** Some drivers (Bluetooth ports on Windows) keep an open waiting for half a minute. */
const OPEN_TIMEOUT_MS = 8000;

const machine: SerialSystem = {
  ...systemPortListing,
  create: (path, baud) =>
    new SerialPort({ path, baudRate: baud, dataBits: 8, parity: 'none', stopBits: 1, autoOpen: false }),
};

/**
 * A serial port (also a virtual one over USB, and a pseudo-terminal), 8N1 without flow control. With `auto` it opens
 * at 115,200 baud, and whoever uses it finds the speed.
 *
 * Opening fails with `reader.port-busy`, `reader.not-permitted` or `reader.missing`; with a chosen device also with
 * `reader.other-device` and `reader.several`.
 */
export function serialTransport(path: string, baud: number | 'auto', options: SerialOptions = {}): Transport {
  return new SerialTransport(path, baud, options);
}

class SerialTransport implements Transport {
  readonly label: string;
  readonly speed: LineSpeed;
  readonly #path: string;
  readonly #options: SerialOptions;
  readonly #onBytes: ((bytes: Uint8Array) => void)[] = [];
  readonly #onClosed: (() => void)[] = [];
  #port: SerialStream | null = null;
  #baud: number;
  #closed = false;
  #endWatch = (): void => undefined;

  constructor(path: string, baud: number | 'auto', options: SerialOptions) {
    this.label = `serial ${path}`;
    this.#path = path;
    this.#options = options;
    this.#baud = baud === 'auto' ? 115_200 : baud;
    const current = (): number => this.#baud;
    this.speed = {
      wanted: baud,
      get baud() {
        return current();
      },
      set: (wanted) => this.#setBaud(wanted),
    };
  }

  async open(): Promise<Result<void, Failure>> {
    const system = this.#options.system ?? machine;
    const path = await this.#findPath(system);
    if (!path.ok) return path;
    const port = system.create(path.value, this.#baud);
    // Errors also come through callbacks and 'close'; unheard, they would end the process.
    port.on('error', () => undefined);
    const opened = await openPort(port);
    if (!opened.ok) return opened;
    if (this.#closed) {
      await closePort(port);
      return err(failure('reader.missing', 'the port is closed'));
    }
    this.#port = port;
    // A port that hung up ends its stream, closes with an error, or only loses its file.
    port.on('close', (error) => error && this.#gone());
    port.on('end', () => this.#gone());
    for (const listener of this.#onBytes) port.on('data', listener);
    this.#endWatch = watchDeviceNode(path.value, () => this.#gone());
    return ok(undefined);
  }

  write(bytes: Uint8Array): Promise<Result<void, Failure>> {
    const port = this.#port;
    return new Promise((resolve) => {
      if (!port?.isOpen) return resolve(err(failure('reader.missing', 'the port is closed')));
      port.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), (error) =>
        resolve(error ? err(failure('reader.missing', 'writing to the port failed')) : ok(undefined)),
      );
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#onBytes.push(listener);
  }

  onClosed(listener: () => void): void {
    this.#onClosed.push(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endWatch();
    this.#onClosed.length = 0;
    if (this.#port?.isOpen) await closePort(this.#port);
  }

  async #findPath(system: SerialSystem): Promise<Result<string, Failure>> {
    const { device } = this.#options;
    if (!device) return ok(this.#path);
    const ports = await listSerialPorts(system);
    return ports.ok ? pathOfDevice(device, this.#path, ports.value) : ports;
  }

  #setBaud(baud: number): Promise<Result<void, Failure>> {
    const port = this.#port;
    return new Promise((resolve) => {
      if (!port?.isOpen) return resolve(err(failure('reader.missing', 'the port is closed')));
      port.update({ baudRate: baud }, (error) => {
        if (error) return resolve(err(failure('reader.wrong-speed', `the port can not do ${baud} baud`)));
        this.#baud = baud;
        resolve(ok(undefined));
      });
    });
  }

  #gone(): void {
    this.#endWatch();
    for (const listener of this.#onClosed.splice(0)) listener();
  }
}

function openPort(port: SerialStream): Promise<Result<void, Failure>> {
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      resolve(err(failure('reader.missing', 'the port takes too long to open')));
    }, OPEN_TIMEOUT_MS);
    port.open((error) => {
      clearTimeout(timer);
      if (!late) return resolve(error ? err(openFailure(error)) : ok(undefined));
      if (!error) void closePort(port);
    });
  });
}

function closePort(port: SerialStream): Promise<void> {
  return new Promise((resolve) => port.close(() => resolve()));
}

/** The words are those of node-serialport's bindings; Windows refuses a port that is in use with "access denied". */
function openFailure(error: Error): Failure {
  const busy = process.platform === 'win32' ? /lock|busy|in use|access denied/i : /lock|busy|in use|unavailable/i;
  if (busy.test(error.message)) return failure('reader.port-busy', 'another program uses the port');
  if (/permission|access denied|not permitted|EACCES|EPERM/i.test(error.message)) {
    return failure('reader.not-permitted', 'this account may not use the port');
  }
  if (/no such (file|device)|file not found|does not exist|ENOENT|ENXIO|ENODEV/i.test(error.message)) {
    return failure('reader.missing', 'there is no such port');
  }
  return failure('reader.missing', 'the port can not be opened');
}
