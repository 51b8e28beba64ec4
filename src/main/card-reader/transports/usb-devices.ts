import type { DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Identified } from '../detection/identity.ts';
import { usbIdText } from '../detection/known-devices.ts';
import { usbFailure } from './usb-errors.ts';
import type { UsbBus, UsbDevice } from './usb-library.ts';

export interface SeenUsbDevice extends Identified {
  readonly device: UsbDevice;
  /** The maker's words of it; null where there are none or they weren't asked for. */
  readonly words: string | null;
}

/**
 * Lists the bus. Texts (serial number, maker's words) are read only from devices that `isInteresting`: reading them
 * may open a device. Fails like opening one; a machine without a bus fails with `reader.missing`.
 */
export async function listUsbDevices(
  bus: UsbBus,
  isInteresting: (ids: Pick<DeviceIdentity, 'vendorId' | 'productId'>, device: UsbDevice) => boolean,
): Promise<Result<readonly SeenUsbDevice[], Failure>> {
  try {
    const devices = await bus.getDevices();
    return ok(
      devices.map((device) => {
        const ids = { vendorId: usbIdText(device.vendorId), productId: usbIdText(device.productId) };
        return seen(device, ids, isInteresting(ids, device));
      }),
    );
  } catch (error) {
    return err(usbFailure(error));
  }
}

function seen(
  device: UsbDevice,
  ids: Pick<DeviceIdentity, 'vendorId' | 'productId'>,
  interesting: boolean,
): SeenUsbDevice {
  const serial = interesting ? text(() => device.serialNumber) : ok(null);
  const words = interesting
    ? [text(() => device.manufacturerName), text(() => device.productName)].flatMap((word) =>
        word.ok && word.value !== null ? [word.value] : [],
      )
    : [];
  return {
    identity: { ...ids, serialNumber: serial.ok ? serial.value : null, place: usbPlace(device) },
    unreadable: serial.ok ? null : serial.error,
    device,
    words: words.length > 0 ? words.join(' ') : null,
  };
}

/** Where a device is plugged in: `usb 1-2.3`. Null for a root hub. */
export function usbPlace(device: Pick<UsbDevice, 'bus' | 'ports'>): string | null {
  const name = busName(device);
  return name && `usb ${name}`.slice(0, 300);
}

/**
 * Bus and sockets on the way, `1-2.3`: on Linux the device's name in sysfs; elsewhere the bus has the system's own
 * name. Null for a root hub.
 */
export function busName({ bus, ports }: Pick<UsbDevice, 'bus' | 'ports'>): string | null {
  return ports.length === 0 ? null : `${bus.replace(/^0+(?=\d)/, '')}-${ports.join('.')}`;
}

/** A text that a device tells of itself: trimmed, empty ones count as none. */
export function deviceText(value: string | null | undefined): string | null {
  // Some readers pad their texts with zeros.
  const trimmed = (value ?? '').replaceAll('\0', '').trim().slice(0, 200);
  return trimmed === '' ? null : trimmed;
}

function text(read: () => string | null | undefined): Result<string | null, Failure> {
  try {
    return ok(deviceText(read()));
  } catch (error) {
    return err(usbFailure(error));
  }
}
