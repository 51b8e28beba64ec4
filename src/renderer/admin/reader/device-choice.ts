import type { DetectedReader } from '../../../shared/domain/reader-diagnosis.ts';
import type { DeviceIdentity, ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { PortChoice } from '../../../shared/ipc/admin.ts';
import type { Problems } from '../form-problem.ts';

/** A device's identity as texts of a form; empty: the device has none of it. */
export interface DeviceFields {
  readonly vendorId: string;
  readonly productId: string;
  readonly serialNumber: string;
  readonly place: string;
}

/** The texts for a device; all empty for none. */
export function deviceFields(device: DeviceIdentity | null): DeviceFields {
  return {
    vendorId: device?.vendorId ?? '',
    productId: device?.productId ?? '',
    serialNumber: device?.serialNumber ?? '',
    place: device?.place ?? '',
  };
}

/** The device that the texts name; null where they name none. Not validated. */
export function deviceOf(fields: DeviceFields): DeviceIdentity | null {
  const vendorId = fields.vendorId.trim().toLowerCase();
  const productId = fields.productId.trim().toLowerCase();
  if (vendorId === '' && productId === '') return null;
  return {
    vendorId,
    productId,
    serialNumber: fields.serialNumber.trim() || null,
    place: fields.place.trim() || null,
  };
}

export function isSameDevice(a: DeviceIdentity, b: DeviceIdentity): boolean {
  const [one, other] = [deviceFields(a), deviceFields(b)];
  return (Object.keys(one) as (keyof DeviceFields)[]).every((field) => one[field] === other[field]);
}

const USB_ID = /^[0-9a-f]{4}$/i;

/** What is wrong with a device on the bus: none chosen, or ids that are none. */
export function chosenDevice(fields: DeviceFields): Problems<'vendorId' | 'productId'> {
  const { vendorId, productId } = fields;
  if (vendorId.trim() === '' && productId.trim() === '') return { vendorId: { key: 'reader.problem.device' } };
  return {
    ...(USB_ID.test(vendorId.trim()) ? {} : { vendorId: { key: 'reader.problem.usbId' } as const }),
    ...(USB_ID.test(productId.trim()) ? {} : { productId: { key: 'reader.problem.usbId' } as const }),
  };
}

/** A device that can be chosen, with words for it. */
export interface DeviceChoice {
  readonly device: DeviceIdentity;
  readonly label: string;
}

/** The devices of one kind that the last search found. */
export function foundDevices(found: readonly DetectedReader[], kind: 'usb' | 'hid'): readonly DeviceChoice[] {
  return found.flatMap(({ transport, label }) =>
    transport.kind === kind ? [{ device: transport.device, label }] : [],
  );
}

/** Whose device is at a serial port, from whatever knows it: the list of ports, the last search, the saved setting. */
export function deviceAtPort(
  path: string,
  ports: readonly PortChoice[],
  found: readonly DetectedReader[],
  saved: ReaderTransport | null,
): DeviceIdentity | null {
  const listed = ports.find((port) => port.path === path)?.device;
  if (listed !== undefined) return listed;
  for (const transport of [...found.map((one) => one.transport), saved]) {
    if (transport?.kind === 'serial' && transport.path === path && transport.device) return transport.device;
  }
  return null;
}
