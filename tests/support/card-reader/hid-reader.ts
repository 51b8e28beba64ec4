import { EventEmitter } from 'node:events';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Timing } from '../../../src/main/card-reader/timing.ts';
import type { HidBus, HidDevice, HidEntry, HidLibrary } from '../../../src/main/card-reader/transports/hid-library.ts';
import { ok } from '../../../src/shared/result.ts';

/** How the reader or the system's HID layer behaves; everything but `plain` is a way in which real ones differ. */
export type HidBehaviour =
  | { readonly kind: 'plain' }
  /** Reports are padded with what the reader had in its memory, or with one byte. */
  | { readonly kind: 'padded'; readonly with: number | Uint8Array }
  /** The system leaves the report's number in front: 65 bytes. */
  | { readonly kind: 'numbered' }
  /** Replies begin behind so many bytes of noise. */
  | { readonly kind: 'begins-at'; readonly offset: number }
  /** Empty reports between the full ones. */
  | { readonly kind: 'zero-reports' }
  | { readonly kind: 'answers-nothing' }
  /** Writing never ends. */
  | { readonly kind: 'takes-nothing' }
  /** The plug is pulled when so many reports of the next reply were received. */
  | { readonly kind: 'pulled-after'; readonly reports: number };

export interface HidReaderSetup {
  readonly timing: Timing;
  readonly reader?: SimulatedReader;
  readonly vendorId?: number;
  readonly productId?: number;
  readonly serialNumber?: string;
  readonly path?: string;
  readonly interface?: number;
  readonly usagePage?: number;
}

const REPORT_BYTES = 64;
/** An interrupt pipe at full speed is asked once a millisecond. */
const REPORT_MS = 1;

/** The hardware: a simulated reader behind HID reports. */
export class HidReader {
  readonly reader: SimulatedReader;
  readonly setup: HidReaderSetup;
  readonly counts = { opened: 0, closed: 0, writes: 0 };
  readonly handles = new Set<HidHandle>();
  behaviour: HidBehaviour = { kind: 'plain' };
  isPlugged = true;
  #timers: (() => void)[] = [];

  constructor(setup: HidReaderSetup) {
    this.setup = setup;
    this.reader = setup.reader ?? new SimulatedReader(setup.timing);
  }

  get entry(): HidEntry {
    const { vendorId = 0x2b8b, productId = 0x2721, path = '/dev/hidraw0', serialNumber = '' } = this.setup;
    const { usagePage = 0xff00 } = this.setup;
    // Texts that a device lacks are empty (README, sample output).
    const words = { manufacturer: 'Example', product: 'IDC', serialNumber };
    return { vendorId, productId, path, interface: this.setup.interface ?? 0, usagePage, ...words };
  }

  unplug(): void {
    this.isPlugged = false;
    for (const cancel of this.#timers.splice(0)) cancel();
    for (const handle of [...this.handles]) handle.failReading();
  }

  receive(report: Uint8Array): void {
    this.counts.writes++;
    // The reader reads a frame's length itself, so the padding is nothing to it.
    for (const { bytes, thinkMs } of this.reader.receive(report.subarray(1))) this.#answer(bytes, thinkMs);
  }

  #answer(frame: Uint8Array, thinkMs: number): void {
    const behaviour = this.behaviour;
    if (behaviour.kind === 'answers-nothing') return;
    reportsOf(frame, behaviour).forEach((report, at) => {
      const pulls = behaviour.kind === 'pulled-after' && at === behaviour.reports;
      const give = (): void => {
        if (pulls) return this.unplug();
        for (const handle of this.handles) handle.give(Buffer.from(report));
      };
      this.#timers.push(this.setup.timing.setTimer(give, thinkMs + (at + 1) * REPORT_MS));
    });
  }
}

function reportsOf(frame: Uint8Array, behaviour: HidBehaviour): readonly Uint8Array[] {
  const before = behaviour.kind === 'begins-at' ? behaviour.offset : 0;
  const padding = behaviour.kind === 'padded' ? behaviour.with : 0;
  const bytes = new Uint8Array(Math.ceil((before + frame.length) / REPORT_BYTES) * REPORT_BYTES);
  if (typeof padding === 'number') bytes.fill(padding);
  else for (let at = 0; at < bytes.length; at++) bytes[at] = padding[at % padding.length]!;
  bytes.fill(0x11, 0, before);
  bytes.set(frame, before);
  const reports: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += REPORT_BYTES) reports.push(bytes.slice(at, at + REPORT_BYTES));
  if (behaviour.kind === 'numbered') return reports.map((report) => Uint8Array.of(0, ...report));
  if (behaviour.kind === 'zero-reports') return reports.flatMap((report) => [new Uint8Array(REPORT_BYTES), report]);
  return reports;
}

/** Devices as package `node-hid` 3.4 lists and opens them. */
export class FakeHidBus implements HidBus {
  readonly readers: HidReader[];
  /** Further collections and devices in the list. */
  readonly others: HidEntry[] = [];
  listings = 0;
  canList = true;
  /** What the system says when a device is opened; null when it opens. */
  openError: string | null = null;

  constructor(...readers: readonly HidReader[]) {
    this.readers = [...readers];
  }

  readonly library: HidLibrary = async () => ok(this);

  async devicesAsync(): Promise<readonly HidEntry[]> {
    this.listings++;
    if (!this.canList) throw new Error('hidapi not initialized');
    return [...this.others, ...this.readers.filter(({ isPlugged }) => isPlugged).map(({ entry }) => entry)];
  }

  async open(path: string): Promise<HidDevice> {
    const reader = this.readers.find(({ isPlugged, entry }) => isPlugged && entry.path === path);
    const words = this.openError ?? (reader ? null : 'No such file or directory');
    // hidapi/linux/hid.c, `hid_open_path`; src/HIDAsync.cc adds the first part.
    if (words !== null || !reader) throw new Error(`cannot open device with path ${path}: Failed to open: ${words}`);
    reader.counts.opened++;
    return new HidHandle(reader);
  }
}

/** An open device (nodehid.js, `HIDAsync`): reading begins with the first listener and ends with the first error. */
class HidHandle extends EventEmitter implements HidDevice {
  readonly #reader: HidReader;
  #isClosed = false;

  constructor(reader: HidReader) {
    super();
    this.#reader = reader;
    reader.handles.add(this);
  }

  give(report: Buffer): void {
    if (!this.#isClosed) this.emit('data', report);
  }

  failReading(): void {
    if (!this.#isClosed)
      this.emit('error', 'could not read from HID device: unexpected poll error (device disconnected)');
  }

  async write(report: Buffer): Promise<number> {
    if (this.#isClosed) throw new Error('device has been closed');
    if (!this.#reader.isPlugged) throw new Error('Cannot write to hid device: No such device');
    if (this.#reader.behaviour.kind === 'takes-nothing') return new Promise(() => undefined);
    this.#reader.receive(report);
    return report.length;
  }

  async close(): Promise<void> {
    if (this.#isClosed) throw new Error('device is already closed');
    this.#isClosed = true;
    this.#reader.handles.delete(this);
    this.#reader.counts.closed++;
    // Jobs of one device run one after another, so a write that hangs keeps closing waiting.
    if (this.#reader.behaviour.kind === 'takes-nothing') return new Promise(() => undefined);
    this.removeAllListeners();
  }
}
