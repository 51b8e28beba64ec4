import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { SerialPort } from 'serialport';
import { z } from 'zod';
import { deviceIdentitySchema, type DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { PortDescription } from '../contract.ts';

/** A serial port as the system lists it. */
export interface ListedPort extends PortDescription {
  /** The system's name of the device: part of `/dev/serial/by-id`, or the instance path of Windows. */
  readonly pnpId?: string;
  readonly locationId?: string;
  /** Name of the socket that the device is plugged into: `usb 1-4:1.0`, `Port_#0004.Hub_#0001`. */
  readonly place?: string;
}

/** What `listSerialPorts` asks; tests have their own. */
export interface PortListing {
  readonly list: () => Promise<unknown>;
  /** The socket of a port where the listing doesn't name it; null when there is none. */
  readonly placeOf: (path: string) => Promise<string | null>;
}

export const systemPortListing: PortListing = { list: () => SerialPort.list(), placeOf: placeInSysfs };

/**
 * Serial ports that the system lists; pseudo-terminals are never among them. Fails with `reader.missing` where the
 * system can't list them (Linux without udev), which doesn't mean that there are none.
 */
export async function listSerialPorts(
  listing: PortListing = systemPortListing,
): Promise<Result<readonly ListedPort[], Failure>> {
  const listed: unknown = await listing.list().catch(() => null);
  const ports = z.array(portSchema).safeParse(listed);
  if (!ports.success) return err(failure('reader.missing', 'this system does not list its ports'));
  return ok(
    await Promise.all(
      ports.data.map(async (port) => {
        const place = port.locationId ?? (await listing.placeOf(port.path)) ?? undefined;
        return place === undefined ? port : { ...port, place };
      }),
    ),
  );
}

/** The identity by which a port can be found again; null for ports that aren't on USB. */
export function portIdentity(port: ListedPort): DeviceIdentity | null {
  const identity = deviceIdentitySchema.safeParse({
    vendorId: port.vendorId?.toLowerCase(),
    productId: port.productId?.toLowerCase(),
    serialNumber: port.serialNumber ?? null,
    place: port.place ?? null,
  });
  return identity.success ? identity.data : null;
}

/**
 * Where `device` is plugged in now. A serial number follows it to any socket; without one its socket stands in for it.
 *
 * Fails with `reader.other-device` when something else is at `path`, with `reader.several` when two ports answer to the
 * identity, and with `reader.missing` when none does or ports can't be listed.
 */
export function pathOfDevice(
  device: DeviceIdentity,
  path: string,
  ports: readonly ListedPort[],
): Result<string, Failure> {
  const alike = ports.filter((port) => isOfMake(port, device));
  const here = alike.filter((port) => port.place === device.place);
  const followsSerialNumber = device.serialNumber !== null || device.place === null;
  const candidates = here.length > 0 || !followsSerialNumber ? here : alike;
  if (candidates.length > 1) return err(failure('reader.several', `${candidates.length} ports have this identity`));
  if (candidates[0]) return ok(candidates[0].path);
  if (alike.length > 0) return err(failure('reader.other-device', 'a device of the same make is at another socket'));
  if (ports.some((port) => port.path === path)) {
    return err(failure('reader.other-device', 'the port belongs to a device that was not chosen'));
  }
  return err(failure('reader.missing', 'the chosen device is not plugged in'));
}

function isOfMake(port: ListedPort, device: DeviceIdentity): boolean {
  const identity = portIdentity(port);
  return (
    identity !== null &&
    identity.vendorId === device.vendorId &&
    identity.productId === device.productId &&
    identity.serialNumber === device.serialNumber
  );
}

const said = z
  .string()
  .optional()
  .catch(undefined)
  .transform((text) => (text === '' ? undefined : text));

const portSchema = z
  .object({
    path: z.string(),
    manufacturer: said,
    serialNumber: said,
    vendorId: said,
    productId: said,
    pnpId: said,
    locationId: said,
  })
  .transform(({ path, ...described }): ListedPort => {
    return { path, ...Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined)) };
  });

/** On Linux a port's entry in sysfs lies under its USB interface, whose name tells bus, sockets and interface. */
async function placeInSysfs(path: string): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const entry = await realpath(`/sys/class/tty/${basename(path)}/device`).catch(() => null);
  const usbInterface = entry?.split('/').findLast((part) => /^\d+-[\d.]+:\d+\.\d+$/.test(part));
  return usbInterface === undefined ? null : `usb ${usbInterface}`;
}
