import type {
  UsbBus,
  UsbConfiguration,
  UsbDevice,
  UsbInResult,
  UsbLibrary,
  UsbOutResult,
} from '../../../src/main/card-reader/transports/usb-library.ts';
import { ok } from '../../../src/shared/result.ts';
import type { UsbReader } from './usb-reader.ts';

/**
 * A bus as package `usb` 3.1 shows it: every listing gives new objects for the same devices (src/lib.rs,
 * `getDevices`), and a machine without a bus fails to list it.
 */
export class FakeUsbBus implements UsbBus {
  readonly readers: UsbReader[] = [];
  /** Devices that aren't readers. */
  readonly others: UsbDevice[] = [];
  listings = 0;
  hasBus = true;
  /** Words of the error with which devices don't open; null when they do. */
  openError: string | null = null;

  constructor(...readers: readonly UsbReader[]) {
    this.readers.push(...readers);
  }

  readonly library: UsbLibrary = async () => ok(this);

  async getDevices(): Promise<readonly UsbDevice[]> {
    this.listings++;
    if (!this.hasBus) throw new Error('getDevices error: /sys/bus/usb/devices/ not found (errno 2)');
    const plugged = this.readers.filter(({ isPlugged }) => isPlugged);
    return [...this.others, ...plugged.map((reader) => new UsbHandle(this, reader))];
  }
}

/** What one listing gives of a device. */
class UsbHandle implements UsbDevice {
  readonly #bus: FakeUsbBus;
  readonly #reader: UsbReader;
  readonly handle: string;
  readonly deviceClass = 0;
  /** Three digits, as nusb names Linux's buses. */
  readonly bus = '001';
  readonly manufacturerName = 'Example';
  readonly productName = 'IDC\0\0';
  #isOpen = false;

  constructor(bus: FakeUsbBus, reader: UsbReader) {
    this.#bus = bus;
    this.#reader = reader;
    this.handle = `${this.ports.join('.')}#${reader.connection}`;
  }

  get vendorId(): number {
    return this.#reader.setup.vendorId ?? 0x0400;
  }

  get productId(): number {
    return this.#reader.setup.productId ?? 0xc35a;
  }

  get ports(): readonly number[] {
    return this.#reader.setup.ports ?? [2];
  }

  get serialNumber(): string | null {
    // Where the system doesn't know the text the library opens the device for it, which may be refused.
    if (this.#bus.openError !== null && this.#reader.setup.serialNumber === undefined) {
      throw new Error(`open error: ${this.#bus.openError}`);
    }
    return this.#reader.setup.serialNumber ?? null;
  }

  get configuration(): UsbConfiguration {
    return this.#reader.configuration;
  }

  async open(): Promise<void> {
    if (!this.#reader.isPlugged) throw new Error('open error: device not found (errno 2)');
    if (this.#bus.openError !== null) throw new Error(`open error: ${this.#bus.openError}`);
    this.#isOpen = true;
    this.#reader.counts.opened++;
  }

  async close(): Promise<void> {
    if (this.#isOpen) this.#reader.counts.closed++;
    this.#isOpen = false;
  }

  async claimInterface(): Promise<void> {
    if (!this.#isOpen) throw new Error('claimInterface error: invalid state');
    if (this.#reader.owner !== null) throw new Error('claimInterface error: interface is busy (errno 16)');
    this.#reader.owner = this;
    this.#reader.counts.claimed++;
  }

  async releaseInterface(): Promise<void> {
    this.#reader.counts.released++;
    if (this.#reader.owner !== this) throw new Error('releaseInterface error: not claimed');
    this.#reader.owner = null;
  }

  async detachKernelDriver(): Promise<void> {
    this.#reader.counts.detached++;
    this.#reader.owner = null;
  }

  async attachKernelDriver(): Promise<void> {
    this.#reader.counts.attached++;
    this.#reader.owner = 'driver';
  }

  async transferIn(endpointNumber: number, length: number, timeoutMs: number): Promise<UsbInResult> {
    const trouble = this.#transferError('in');
    const pipe = this.#reader.inPipes.get(endpointNumber);
    if (trouble !== null) throw new Error(`transferIn error: ${trouble}`);
    if (!pipe) throw new Error('transferIn error: endpoint not found');
    return pipe.transfer(length, timeoutMs);
  }

  async transferOut(endpointNumber: number, data: Uint8Array, timeoutMs: number): Promise<UsbOutResult> {
    const trouble = this.#transferError('out');
    if (trouble !== null) throw new Error(`transferOut error: ${trouble}`);
    return this.#reader.receive(endpointNumber, data, timeoutMs);
  }

  async clearHalt(direction: 'in' | 'out'): Promise<void> {
    this.#reader.clearHalt(direction);
  }

  #transferError(direction: 'in' | 'out'): string | null {
    if (this.#reader.isPlugged && this.#reader.owner !== this) return 'endpoint not found';
    return this.#reader.transferError(direction);
  }
}
