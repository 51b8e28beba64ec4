import type { DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { chooseDevice } from '../detection/identity.ts';
import { pause, type Timing } from '../timing.ts';
import { listHidDevices, systemHidPlaceOf, type HidPlaceOf } from './hid-devices.ts';
import { hidFailure } from './hid-errors.ts';
import { loadHid, type HidBus, type HidDevice, type HidLibrary } from './hid-library.ts';
import { ReportReplies, reportsOf } from './hid-reports.ts';
import type { Transport } from './transport.ts';

export interface HidTransportOptions {
  readonly timing: Timing;
  /** Defaults to package `node-hid`. */
  readonly library?: HidLibrary;
  readonly placeOf?: HidPlaceOf;
}

/**
 * How often devices are listed to see whether the reader is still there. Listing slows other devices down (README of
 * node-hid, "Cost of HID.devices()"), and a pulled reader shows at once by a failed read; this is the net below it.
 */
export const HID_WATCH_MS = 5000;
/** A report that wasn't taken by then: the reader is stuck. The system itself gives up after 5 s. */
export const HID_WRITE_TIMEOUT_MS = 2000;
/** Closing waits for a write that is under way; one that the system keeps for longer is left to it. */
export const HID_CLOSE_LIMIT_MS = 1500;
const CLOSED = failure('reader.missing', 'the reader is closed');

/** A reader that speaks in HID reports, found by its identity wherever it is plugged in. */
export function hidTransport(wanted: DeviceIdentity, options: HidTransportOptions): Transport {
  return new HidTransport(wanted, options);
}

class HidTransport implements Transport {
  readonly label: string;
  readonly #wanted: DeviceIdentity;
  readonly #timing: Timing;
  readonly #library: HidLibrary;
  readonly #placeOf: HidPlaceOf;
  readonly #replies = new ReportReplies((bytes) => this.#onBytes(bytes));
  readonly #watch = new AbortController();
  #onBytes: (bytes: Uint8Array) => void = () => undefined;
  #onClosed: () => void = () => undefined;
  #state: 'new' | 'open' | 'ended' = 'new';
  #opening: Promise<unknown> = Promise.resolve();
  #writing: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | null = null;
  #device: HidDevice | null = null;

  constructor(wanted: DeviceIdentity, options: HidTransportOptions) {
    this.label = `hid ${wanted.vendorId}:${wanted.productId}`;
    this.#wanted = wanted;
    this.#timing = options.timing;
    this.#library = options.library ?? loadHid;
    this.#placeOf = options.placeOf ?? systemHidPlaceOf;
  }

  open(): Promise<Result<void, Failure>> {
    const opening = this.#open();
    this.#opening = opening;
    return opening;
  }

  async #open(): Promise<Result<void, Failure>> {
    const bus = await this.#library();
    if (!bus.ok) return bus;
    const present = await listHidDevices(bus.value, this.#placeOf);
    if (!present.ok) return present;
    const chosen = chooseDevice(this.#wanted, present.value);
    if (!chosen.ok) return chosen;
    let device: HidDevice;
    try {
      device = await bus.value.open(chosen.value.path);
    } catch (error) {
      return err(hidFailure(error));
    }
    if (this.#state !== 'new') {
      await device.close().catch(() => undefined);
      return err(CLOSED);
    }
    this.#state = 'open';
    this.#device = device;
    device.on('error', () => this.#lose());
    device.on('data', this.#onReport);
    void this.#watchDevices(bus.value, chosen.value.path);
    return ok(undefined);
  }

  readonly #onReport = (report: Uint8Array): void => {
    if (this.#state === 'open') this.#replies.take(report);
  };

  write(bytes: Uint8Array): Promise<Result<void, Failure>> {
    const written = this.#writing.then(() => this.#write(bytes));
    this.#writing = written;
    return written;
  }

  async #write(frame: Uint8Array): Promise<Result<void, Failure>> {
    if (!this.#device || this.#state !== 'open') return err(CLOSED);
    this.#replies.reset();
    for (const report of reportsOf(frame)) {
      const written = await this.#writeReport(this.#device, report);
      if (!written.ok) return written;
    }
    return ok(undefined);
  }

  async #writeReport(device: HidDevice, report: Buffer): Promise<Result<void, Failure>> {
    const limit = new AbortController();
    const sending = device.write(report).then(
      (count) => (count >= report.length ? 'sent' : 'refused'),
      () => 'gone' as const,
    );
    const late = pause(this.#timing, HID_WRITE_TIMEOUT_MS, limit.signal).then(() => 'late' as const);
    const outcome = await Promise.race([sending, late]);
    limit.abort();
    if (outcome === 'sent') return ok(undefined);
    if (outcome !== 'gone') return err(failure('reader.no-answer', `the reader does not take a report: ${outcome}`));
    this.#lose();
    return err(failure('reader.missing', 'the reader went away'));
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
    this.#released ??= this.#closeDevice();
    return this.#released;
  }

  async #closeDevice(): Promise<void> {
    this.#watch.abort();
    const limit = new AbortController();
    const closing = this.#opening.then(() => this.#device?.close().catch(() => undefined));
    await Promise.race([closing, pause(this.#timing, HID_CLOSE_LIMIT_MS, limit.signal)]);
    limit.abort();
    this.#device = null;
  }

  async #watchDevices(bus: HidBus, path: string): Promise<void> {
    const { signal } = this.#watch;
    while (!signal.aborted) {
      await pause(this.#timing, HID_WATCH_MS, signal);
      if (signal.aborted) return;
      // A list that can't be had says nothing about the reader.
      const entries = await bus.devicesAsync().catch(() => null);
      if (entries && !entries.some((entry) => entry.path === path)) return this.#lose();
    }
  }
}
