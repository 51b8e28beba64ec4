import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

export interface UsbEndpoint {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: string;
  readonly packetSize: number;
}

export interface UsbInterface {
  readonly interfaceNumber: number;
  readonly alternate: { readonly interfaceClass: number; readonly endpoints: readonly UsbEndpoint[] };
}

export interface UsbConfiguration {
  readonly configurationValue: number;
  readonly interfaces: readonly UsbInterface[];
}

/** A WebUSB device as package `usb` 3.1 gives it (its README, "Implementation Status"). */
export interface UsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceClass: number;
  readonly bus: string;
  readonly ports: readonly number[];
  /** Names this connection of the device: another one after it was plugged in again. */
  readonly handle?: string;
  /** These open the device where the system doesn't know the text, and throw when that is refused. */
  readonly manufacturerName?: string | null | undefined;
  readonly productName?: string | null | undefined;
  readonly serialNumber?: string | null | undefined;
  readonly configuration?: UsbConfiguration | null | undefined;
  open(): Promise<void>;
  close(): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  attachKernelDriver(interfaceNumber: number): Promise<void>;
  /** One transfer at a time for each endpoint. What arrived is lost when the time is over before the transfer is. */
  transferIn(endpointNumber: number, length: number, timeoutMs: number): Promise<UsbInResult>;
  transferOut(endpointNumber: number, data: Uint8Array<ArrayBuffer>, timeoutMs: number): Promise<UsbOutResult>;
  clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void>;
}

export interface UsbInResult {
  readonly data?: DataView | undefined;
  readonly status?: string | undefined;
}

export interface UsbOutResult {
  readonly bytesWritten: number;
  readonly status?: string | undefined;
}

/**
 * What is used of package `usb`. Not its events: adding a listener where the bus can't be enumerated ends the process
 * by a promise that nobody can catch (3.1.0, seen on Linux without /sys/bus/usb).
 */
export interface UsbBus {
  getDevices(): Promise<readonly UsbDevice[]>;
}

export type UsbLibrary = () => Promise<Result<UsbBus, Failure>>;

/** Loads package `usb`. Fails with `reader.driver-missing` where its native part can't be loaded. */
export const loadUsb: UsbLibrary = () => loadUsbFrom(() => import('usb'));

/** The same with the import passed in; the library's own types leave its transfers out. */
export async function loadUsbFrom(load: () => Promise<{ readonly usb: unknown }>): Promise<Result<UsbBus, Failure>> {
  try {
    const { usb } = await load();
    return ok(usb as UsbBus);
  } catch {
    return err(failure('reader.driver-missing', 'the USB library can not be loaded'));
  }
}
