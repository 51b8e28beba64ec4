import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { VideoDevice } from '../../shared/domain/camera-identity.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Where the kernel lists video devices, below the root of `sysfs` (Documentation/ABI/testing/sysfs-class-video4linux). */
const VIDEO_CLASS = 'class/video4linux';
/**
 * Parents that are software although they look like hardware: test drivers of the kernel, and USB controllers that
 * exist in memory only (dummy_hcd for gadgets of this very machine, vhci_hcd for USB over a network).
 */
const SOFTWARE_PARENT = /\/(vivid|vimc|visl|vicodec|dummy_hcd|vhci_hcd|dummy_udc)\b/;

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** The nearest folder above that is a USB device: it carries `idVendor`. */
function usbDeviceAbove(folder: string, root: string): string | null {
  for (let at = folder; at.startsWith(root) && at !== root; at = dirname(at)) {
    if (readText(join(at, 'idVendor')) !== null) return at;
  }
  return null;
}

/** As the kernel names the place in `bus_info`: the controller's address and the chain of ports. */
function usbPath(device: string): string {
  const devpath = readText(join(device, 'devpath')) ?? basename(device);
  const controller = /^(.*\/)?([^/]+)\/usb\d+(\/|$)/.exec(device)?.[2];
  return controller === undefined ? basename(device) : `${controller}-${devpath}`;
}

function describe(node: string, root: string): VideoDevice {
  const folder = realpathSync(node);
  const name = readText(join(folder, 'name')) ?? basename(node);
  if (folder.startsWith(join(root, 'devices/virtual/')) || SOFTWARE_PARENT.test(folder)) {
    return { name, bus: 'virtual', usb: null, path: null };
  }
  const device = usbDeviceAbove(folder, root);
  if (device === null) {
    return { name, bus: 'platform', usb: null, path: basename(dirname(dirname(folder))) };
  }
  const vendorId = readText(join(device, 'idVendor'))?.toLowerCase() ?? '';
  const productId = readText(join(device, 'idProduct'))?.toLowerCase() ?? '';
  const serial = readText(join(device, 'serial'));
  const usb = { vendorId, productId, serial: serial === '' ? null : serial };
  return { name, bus: 'usb', usb, path: usbPath(device) };
}

/**
 * Reads the video devices from `sysfs`. A machine without any has no such class, which is an empty list; a class that
 * can't be read is a failure.
 *
 * @param sysRoot `/sys`, or a copy of its shape.
 */
export function listLinuxDevices(sysRoot: string): Result<readonly VideoDevice[], Failure> {
  try {
    const root = realpathSync(sysRoot);
    if (!readdirSync(join(root, 'class')).includes('video4linux')) return ok([]);
    const nodes = readdirSync(join(root, VIDEO_CLASS)).toSorted();
    return ok(nodes.map((node) => describe(join(root, VIDEO_CLASS, node), root)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return err(failure('camera.missing', `the video devices can't be listed: ${code}`));
  }
}
