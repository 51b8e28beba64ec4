import {
  identityOf,
  parseCameraLabel,
  type CameraIdentity,
  type OpenedCamera,
  type VideoDevice,
} from '../../shared/domain/camera-identity.ts';

/** Video4Linux cuts names after 31 characters. */
const SHORT_NAME = 31;

export type DeviceMatch =
  | { readonly kind: 'hardware'; readonly device: VideoDevice; readonly identity: CameraIdentity }
  /** No listed hardware can be what was opened. */
  | { readonly kind: 'none' }
  /** Several could be, and nothing tells which. */
  | { readonly kind: 'ambiguous' };

function isSameName(listed: string, labelled: string): boolean {
  return listed === labelled || (listed.length === SHORT_NAME && labelled.startsWith(listed));
}

/**
 * The listed devices that Chromium can mean by a label. It appends the ids of a USB camera; a label without ids is
 * never a USB camera's, whatever its name. Software may put ids into its name, so the whole label is compared too.
 */
export function candidatesFor(label: string, devices: readonly VideoDevice[]): readonly VideoDevice[] {
  const { name, vendorId, productId } = parseCameraLabel(label);
  return devices.filter((device) => {
    if (device.usb) return device.usb.vendorId === vendorId && device.usb.productId === productId;
    return isSameName(device.name, label.trim()) || isSameName(device.name, name);
  });
}

/** Finds the device behind an opened camera. One camera may have several nodes: its picture, its metadata. */
export function matchDevice(label: string, devices: readonly VideoDevice[]): DeviceMatch {
  const candidates = candidatesFor(label, devices);
  if (candidates.length === 0 || candidates.some(({ bus }) => bus === 'virtual')) return { kind: 'none' };
  const identities = new Set(candidates.map(identityOf));
  const device = candidates[0]!;
  const identity = identityOf(device);
  return identities.size > 1 || identity === null ? { kind: 'ambiguous' } : { kind: 'hardware', device, identity };
}

/** Whether the page sees more cameras of this label than there is hardware for. */
export function hasGhost({ label, labels }: OpenedCamera, devices: readonly VideoDevice[]): boolean {
  return labels.filter((other) => other === label).length > Math.max(1, candidatesFor(label, devices).length);
}
