import { access, constants, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../shared/reasons.ts';
import { knownReader, serialBridge } from '../main/card-reader/detection/known-devices.ts';
import { ok, troubled, unknown, type Check } from './doctor-check.ts';

/** Where Linux shows its USB devices, and where their files are; tests have their own folders. */
export interface UsbFolders {
  readonly sys: string;
  readonly dev: string;
  /** Whether this account may read and write the file. */
  readonly mayUse: (path: string) => Promise<boolean>;
}

export const SYSTEM_USB_FOLDERS: UsbFolders = {
  sys: '/sys/bus/usb/devices',
  dev: '/dev',
  mayUse: (path) =>
    access(path, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    ),
};

interface BusDevice {
  readonly ids: string;
  readonly words: string;
  readonly kind: 'reader' | 'adapter';
  /** Files through which it can be used: its own, and those of its serial ports and HID interfaces. */
  readonly nodes: readonly string[];
}

/**
 * Card readers and USB serial adapters on the bus, by their ids, and whether this account may open them. Nothing is
 * opened. Looks at Linux only: elsewhere `card list` says what there is.
 */
export async function checkUsb(folders: UsbFolders, platform: string): Promise<readonly Check[]> {
  if (platform !== 'linux') return [];
  const names = await readdir(folders.sys).catch(() => null);
  if (names === null) return [unknown('USB devices', 'the bus can not be looked at', 'Run this on the kiosk itself.')];
  const devices = await Promise.all(names.map((name) => busDevice(folders, name)));
  const known = devices.filter((device) => device !== null);
  if (known.length === 0) return [ok('USB devices', 'no known card reader and no USB serial adapter')];
  return Promise.all(known.map((device) => deviceCheck(device, folders)));
}

async function deviceCheck({ ids, words, kind, nodes }: BusDevice, folders: UsbFolders): Promise<Check> {
  const name = `USB ${kind} ${ids}`;
  const ports = nodes.filter((node) => !node.includes('/bus/usb/'));
  if (kind === 'adapter' && ports.length === 0) {
    return troubled(name, failure('reader.driver-missing', `${words}: the system made no serial port of it`));
  }
  // An adapter is used through its port; the bus's file of it doesn't matter.
  const asked = kind === 'adapter' ? ports : nodes;
  const usable = await Promise.all(asked.map((node) => folders.mayUse(node)));
  const allowed = asked.filter((_, at) => usable[at]);
  if (allowed.length === 0) return troubled(name, failure('reader.not-permitted', asked.join(', ')));
  return ok(name, `${words}: ${allowed.join(', ')}`);
}

async function busDevice({ sys, dev }: UsbFolders, name: string): Promise<BusDevice | null> {
  // Interfaces have a colon in their name; they lie in their device's folder.
  if (name.includes(':')) return null;
  const folder = join(sys, name);
  const read = (file: string): Promise<string> =>
    readFile(join(folder, file), 'utf8').then(
      (text) => text.trim(),
      () => '',
    );
  const [vendorId, productId] = [await read('idVendor'), await read('idProduct')];
  const reader = knownReader({ vendorId, productId });
  const bridge = serialBridge({ vendorId, productId });
  const make = reader ?? bridge;
  if (make === null) return null;
  const [bus, number] = [await read('busnum'), await read('devnum')];
  const words = (await read('product')) || make.maker || 'card reader';
  const own = join(dev, 'bus/usb', bus.padStart(3, '0'), number.padStart(3, '0'));
  const interfaces = (await readdir(folder)).filter((entry) => entry.includes(':'));
  const deeper = await Promise.all(interfaces.map((entry) => nodeNames(join(folder, entry), 4)));
  const nodes = [...new Set(deeper.flat())].sort().map((node) => join(dev, node));
  return { ids: `${vendorId}:${productId}`, words, kind: reader ? 'reader' : 'adapter', nodes: [own, ...nodes] };
}

/** Names of the serial ports and HID files that belong to an interface, from its folder downwards. */
async function nodeNames(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const here = folders.filter((name) => /^(tty(USB|ACM)|hidraw)\d+$/.test(name));
  if (depth === 0) return here;
  const deeper = await Promise.all(folders.map((name) => nodeNames(join(folder, name), depth - 1)));
  return [...here, ...deeper.flat()];
}
