import type { DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { chooseDevice, isSameMake } from '../detection/identity.ts';
import { listUsbDevices, busName } from './usb-devices.ts';
import { usbFailure } from './usb-errors.ts';
import type { KernelDriverOf } from './usb-kernel-driver.ts';
import { pipeLayout, type PipeLayout } from './usb-layout.ts';
import type { UsbBus, UsbConfiguration, UsbDevice } from './usb-library.ts';

/** A reader whose interface is ours until it is released. */
export interface ClaimedReader {
  readonly device: UsbDevice;
  readonly layout: PipeLayout;
  /** Gives back the interface, to the system's driver too if it had it. Never rejects. */
  release(): Promise<void>;
}

/**
 * Finds the wanted device, opens it and claims the interface with its pipes.
 *
 * Fails with what `chooseDevice` fails with, `reader.not-permitted`, `reader.port-busy` (another program has it),
 * `reader.driver-missing` (Windows without WinUSB) and `reader.fault` (no pipes to use).
 */
export async function claimReader(
  bus: UsbBus,
  wanted: DeviceIdentity,
  kernelDriverOf: KernelDriverOf,
): Promise<Result<ClaimedReader, Failure>> {
  const wantedMake = (ids: Pick<DeviceIdentity, 'vendorId' | 'productId'>): boolean =>
    isSameMake({ ...wanted, ...ids }, wanted);
  const present = await listUsbDevices(bus, wantedMake);
  if (!present.ok) return present;
  const chosen = chooseDevice(wanted, present.value);
  if (!chosen.ok) return chosen;
  const { device } = chosen.value;
  const opened = await attempt(() => device.open());
  if (!opened.ok) return opened;
  const claimed = await claimPipes(device, kernelDriverOf);
  if (!claimed.ok) await device.close().catch(() => undefined);
  return claimed;
}

async function claimPipes(device: UsbDevice, kernelDriverOf: KernelDriverOf): Promise<Result<ClaimedReader, Failure>> {
  const configuration = await attempt(async () => device.configuration ?? null);
  if (!configuration.ok) return configuration;
  const layout = configuration.value && pipeLayout(configuration.value);
  if (!layout) return err(failure('reader.fault', 'the device has no bulk pipes'));
  const claimed = await claim(device, configuration.value, layout.interfaceNumber, kernelDriverOf);
  if (!claimed.ok) return claimed;
  const detached = claimed.value;
  const release = async (): Promise<void> => {
    await device.releaseInterface(layout.interfaceNumber).catch(() => undefined);
    if (detached) await device.attachKernelDriver(layout.interfaceNumber).catch(() => undefined);
    await device.close().catch(() => undefined);
  };
  return ok({ device, layout, release });
}

/**
 * Claims an interface, taking it from a driver of the system but not from another program: detaching would take it
 * from that one too.
 *
 * @returns whether a driver was detached.
 */
async function claim(
  device: UsbDevice,
  configuration: UsbConfiguration,
  interfaceNumber: number,
  kernelDriverOf: KernelDriverOf,
): Promise<Result<boolean, Failure>> {
  const first = await attempt(() => device.claimInterface(interfaceNumber));
  if (first.ok) return ok(false);
  const name = busName(device);
  if (first.error.code !== 'reader.port-busy' || name === null) return first;
  const driver = await kernelDriverOf(name, configuration.configurationValue, interfaceNumber);
  if (driver === null || driver === 'usbfs') return first;
  const detached = await attempt(() => device.detachKernelDriver(interfaceNumber));
  if (!detached.ok) return first;
  const second = await attempt(() => device.claimInterface(interfaceNumber));
  if (second.ok) return ok(true);
  await device.attachKernelDriver(interfaceNumber).catch(() => undefined);
  return second;
}

async function attempt<T>(call: () => Promise<T>): Promise<Result<T, Failure>> {
  try {
    return ok(await call());
  } catch (error) {
    return err(usbFailure(error));
  }
}
