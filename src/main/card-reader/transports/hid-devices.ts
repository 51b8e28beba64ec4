import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Identified } from '../detection/identity.ts';
import { usbIdText } from '../detection/known-devices.ts';
import { hidFailure } from './hid-errors.ts';
import type { HidBus, HidEntry } from './hid-library.ts';
import { deviceText } from './usb-devices.ts';

export interface SeenHidDevice extends Identified {
  readonly path: string;
  /** The maker's words of it. */
  readonly words: string | null;
  /** Whether its reports are of the maker's own kind: neither a keyboard, nor a mouse, nor any other standard one. */
  readonly isVendorDefined: boolean;
}

/** The socket of a HID device; null when it can't be told. */
export type HidPlaceOf = (path: string) => Promise<string | null>;

const FIRST_VENDOR_USAGE_PAGE = 0xff00;

/** Lists HID devices, each once, by the collection that a reader would speak through. Fails like opening one. */
export async function listHidDevices(
  bus: HidBus,
  placeOf: HidPlaceOf,
): Promise<Result<readonly SeenHidDevice[], Failure>> {
  try {
    const entries = await bus.devicesAsync();
    const chosen = entries.filter((entry) => isMainCollection(entry, entries));
    return ok(await Promise.all(chosen.map((entry) => seen(entry, placeOf))));
  } catch (error) {
    return err(hidFailure(error));
  }
}

type Listed = HidEntry & { readonly path: string };

/**
 * A make's vendor-defined collections come before the others, and of those the first interface's. The rule is one for
 * all devices of a make, so two readers stay two while the keyboard that a reader pretends to be isn't another one.
 */
function isMainCollection(entry: HidEntry, entries: readonly HidEntry[]): entry is Listed {
  if (entry.path === undefined || entry.path === '') return false;
  const ofMake = entries.filter((each) => each.vendorId === entry.vendorId && each.productId === entry.productId);
  const best = Math.min(...ofMake.map(rank));
  const isFirstOfPath = entries.find((each) => each.path === entry.path && rank(each) === best) === entry;
  return rank(entry) === best && isFirstOfPath;
}

function rank(entry: HidEntry): number {
  return (isVendorDefined(entry) ? 0 : 1000) + Math.max(entry.interface, 0);
}

function isVendorDefined({ usagePage }: HidEntry): boolean {
  return (usagePage ?? 0) >= FIRST_VENDOR_USAGE_PAGE;
}

async function seen(entry: Listed, placeOf: HidPlaceOf): Promise<SeenHidDevice> {
  const words = [deviceText(entry.manufacturer), deviceText(entry.product)].filter((word) => word !== null);
  return {
    identity: {
      vendorId: usbIdText(entry.vendorId),
      productId: usbIdText(entry.productId),
      serialNumber: deviceText(entry.serialNumber),
      place: await placeOf(entry.path),
    },
    path: entry.path,
    words: words.length > 0 ? words.join(' ') : null,
    isVendorDefined: isVendorDefined(entry),
  };
}

/**
 * On Linux the name of the USB interface in sysfs, `usb 1-2.3:1.0`: `/dev/hidraw0` goes to whoever comes first. On
 * other systems the path, which stays with the socket.
 */
export const systemHidPlaceOf: HidPlaceOf = async (path) => {
  if (process.platform !== 'linux') return path.slice(0, 300);
  const entry = await realpath(`/sys/class/hidraw/${basename(path)}/device`).catch(() => null);
  const usbInterface = entry?.split('/').findLast((part) => /^\d+-[\d.]+:\d+\.\d+$/.test(part));
  return usbInterface === undefined ? null : `usb ${usbInterface}`;
};
