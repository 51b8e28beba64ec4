import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

/** A collection of a HID device as `node-hid` lists it (nodehid.d.ts, `Device`): one device may have several. */
export interface HidEntry {
  readonly vendorId: number;
  readonly productId: number;
  readonly path?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  /** -1 where the system doesn't tell. */
  readonly interface: number;
  readonly usagePage?: number | undefined;
}

/**
 * An open device of `node-hid` 3.4 (its README, "Async API Usage"). Input reports come as `data` events as long as
 * someone listens; after an `error` of reading there are no more.
 */
export interface HidDevice {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  /** The report's number, 0 where reports have none, and its bytes; resolves with how many bytes that was. */
  write(report: Buffer): Promise<number>;
  /** Waits for writes under way; rejects when it is closed already. */
  close(): Promise<void>;
}

/** What is used of package `node-hid`. */
export interface HidBus {
  devicesAsync(): Promise<readonly HidEntry[]>;
  open(path: string): Promise<HidDevice>;
}

export type HidLibrary = () => Promise<Result<HidBus, Failure>>;

/** Loads package `node-hid`. Fails with `reader.driver-missing` where its native part can't be loaded. */
export const loadHid: HidLibrary = () => loadHidFrom(() => import('node-hid'));

interface NodeHid {
  devicesAsync(): Promise<readonly HidEntry[]>;
  readonly HIDAsync: { open(path: string): Promise<HidDevice> };
  getHidapiVersion(): string;
}

/** The same with the import passed in. The native part is loaded by the first call, which is this one. */
export async function loadHidFrom(load: () => Promise<NodeHid>): Promise<Result<HidBus, Failure>> {
  try {
    const library = await load();
    library.getHidapiVersion();
    return ok({ devicesAsync: () => library.devicesAsync(), open: (path) => library.HIDAsync.open(path) });
  } catch {
    return err(failure('reader.driver-missing', 'the HID library can not be loaded'));
  }
}
