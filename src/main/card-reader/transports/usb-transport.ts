import type { DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { pause, type Timing } from '../timing.ts';
import type { Transport } from './transport.ts';
import { systemKernelDriverOf, type KernelDriverOf } from './usb-kernel-driver.ts';
import type { PipeEnd } from './usb-layout.ts';
import { loadUsb, type UsbBus, type UsbLibrary } from './usb-library.ts';
import { claimReader, type ClaimedReader } from './usb-open.ts';
import { SplitReplies } from './usb-split-replies.ts';
import { pump, send, type Pump } from './usb-transfers.ts';

export interface UsbTransportOptions {
  readonly timing: Timing;
  /** Defaults to package `usb`. */
  readonly library?: UsbLibrary;
  readonly kernelDriverOf?: KernelDriverOf;
  /** By default one for the process, so that a reader isn't asked in the wrong form each time it is opened. */
  readonly forms?: UsbForms;
}

/** The form that four-pipe readers answered in last, by their ids: the one to begin with. */
export type UsbForms = Map<string, 'split' | 'whole'>;

const formsOfThisProcess: UsbForms = new Map();

/** How often the bus is listed to see whether the reader is still on it. */
export const BUS_WATCH_MS = 2000;
/** Longest that closing waits for transfers; one that the system keeps for longer is left to it. */
export const CLOSE_LIMIT_MS = 1500;
const HEADER_BYTES = 7;
const CLOSED = failure('reader.missing', 'the reader is closed');

/** A reader with bulk pipes, found by its identity wherever it is plugged in. */
export function usbTransport(wanted: DeviceIdentity, options: UsbTransportOptions): Transport {
  return new UsbTransport(wanted, options);
}

class UsbTransport implements Transport {
  readonly label: string;
  readonly #wanted: DeviceIdentity;
  readonly #timing: Timing;
  readonly #library: UsbLibrary;
  readonly #kernelDriverOf: KernelDriverOf;
  readonly #forms: UsbForms;
  readonly #replies = new SplitReplies((bytes) => this.#receive(bytes));
  #onBytes: (bytes: Uint8Array) => void = () => undefined;
  #onClosed: () => void = () => undefined;
  #state: 'new' | 'open' | 'ended' = 'new';
  #opening: Promise<unknown> = Promise.resolve();
  #sending: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | null = null;
  #reader: ClaimedReader | null = null;
  #pumps: readonly Pump[] = [];
  readonly #watch = new AbortController();
  /** Which form the reader answered in; null as long as it was silent. */
  #settledForm: 'split' | 'whole' | null = null;
  #lastForm: 'split' | 'whole' | null = null;

  constructor(wanted: DeviceIdentity, options: UsbTransportOptions) {
    this.label = `usb ${wanted.vendorId}:${wanted.productId}`;
    this.#wanted = wanted;
    this.#timing = options.timing;
    this.#library = options.library ?? loadUsb;
    this.#kernelDriverOf = options.kernelDriverOf ?? systemKernelDriverOf;
    this.#forms = options.forms ?? formsOfThisProcess;
  }

  open(): Promise<Result<void, Failure>> {
    const opening = this.#open();
    this.#opening = opening;
    return opening;
  }

  async #open(): Promise<Result<void, Failure>> {
    const bus = await this.#library();
    if (!bus.ok) return bus;
    const claimed = await claimReader(bus.value, this.#wanted, this.#kernelDriverOf);
    if (!claimed.ok) return claimed;
    if (this.#state !== 'new') {
      await claimed.value.release();
      return err(CLOSED);
    }
    this.#state = 'open';
    this.#reader = claimed.value;
    this.#pumps = this.#startPumps(claimed.value);
    void this.#watchBus(bus.value, claimed.value);
    return ok(undefined);
  }

  /** A reader with four pipes that is silent is asked in the other form the next time: some use only the first pair. */
  write(bytes: Uint8Array): Promise<Result<void, Failure>> {
    const sent = this.#sending.then(() => this.#send(bytes));
    this.#sending = sent;
    return sent;
  }

  async #send(bytes: Uint8Array): Promise<Result<void, Failure>> {
    const reader = this.#reader;
    if (!reader || this.#state !== 'open') return err(CLOSED);
    const { device, layout } = reader;
    if (layout.form === 'whole') return send(device, layout.out, bytes);
    this.#replies.reset();
    const form = this.#settledForm ?? this.#formToTry();
    this.#lastForm = form;
    if (form === 'whole') return send(device, layout.headerOut, bytes);
    const header = await send(device, layout.headerOut, bytes.subarray(0, HEADER_BYTES));
    return header.ok ? send(device, layout.bodyOut, bytes.subarray(HEADER_BYTES)) : header;
  }

  #formToTry(): 'split' | 'whole' {
    if (this.#lastForm === null) return this.#forms.get(this.label) ?? 'split';
    return this.#lastForm === 'split' ? 'whole' : 'split';
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#onBytes = listener;
  }

  onClosed(listener: () => void): void {
    this.#onClosed = listener;
  }

  async close(): Promise<void> {
    this.#state = 'ended';
    await this.#release();
  }

  /** The far end went away by itself. */
  #lose(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    void this.#release();
    this.#onClosed();
  }

  #release(): Promise<void> {
    this.#released ??= this.#endEverything();
    return this.#released;
  }

  async #endEverything(): Promise<void> {
    this.#watch.abort();
    for (const each of this.#pumps) each.stop();
    const limit = new AbortController();
    const idle = Promise.all([this.#opening, this.#sending, ...this.#pumps.map(({ ended }) => ended)]);
    await Promise.race([idle, pause(this.#timing, CLOSE_LIMIT_MS, limit.signal)]);
    limit.abort();
    const reader = this.#reader;
    this.#reader = null;
    await reader?.release();
  }

  #startPumps({ device, layout }: ClaimedReader): readonly Pump[] {
    const listen = (pipe: PipeEnd, onBytes: (bytes: Uint8Array) => void): Pump =>
      pump(device, pipe, this.#timing, { onBytes, onGone: () => this.#lose() });
    if (layout.form === 'whole') return [listen(layout.in, (bytes) => this.#receive(bytes))];
    return [
      listen(layout.headerIn, (bytes) => this.#replies.fromHeaderPipe(bytes)),
      listen(layout.bodyIn, (bytes) => this.#replies.fromBodyPipe(bytes)),
    ];
  }

  #receive(bytes: Uint8Array): void {
    if (this.#state !== 'open' || bytes.length === 0) return;
    if (this.#settledForm === null && this.#lastForm !== null) {
      this.#settledForm = this.#lastForm;
      this.#forms.set(this.label, this.#lastForm);
    }
    this.#onBytes(bytes);
  }

  async #watchBus(bus: UsbBus, { device }: ClaimedReader): Promise<void> {
    const { signal } = this.#watch;
    while (!signal.aborted) {
      await pause(this.#timing, BUS_WATCH_MS, signal);
      if (signal.aborted) return;
      // A bus that can't be listed says nothing about the reader.
      const devices = await bus.getDevices().catch(() => null);
      if (devices && !devices.some(({ handle }) => handle === device.handle)) return this.#lose();
    }
  }
}
