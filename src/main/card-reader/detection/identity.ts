import type { DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

/**
 * Whether a device that is there is the one that was chosen. With a serial number the socket doesn't matter; without
 * one it decides, because nothing else tells two readers of one make apart. A choice with neither means the make.
 */
export function matchesIdentity(candidate: DeviceIdentity, wanted: DeviceIdentity): boolean {
  if (!isSameMake(candidate, wanted)) return false;
  if (wanted.serialNumber !== null) return candidate.serialNumber === wanted.serialNumber;
  if (wanted.place === null) return true;
  return candidate.serialNumber === null && candidate.place === wanted.place;
}

/** Something that was enumerated. */
export interface Identified {
  readonly identity: DeviceIdentity;
  /** Why its serial number can't be told; null when it was read, or when the device has none. */
  readonly unreadable?: Failure | null;
}

/**
 * Finds the chosen device among those that are there.
 *
 * Fails with `reader.missing`; with `reader.other-device` when another one of its make, or another one at its place,
 * is there instead; with `reader.several` when two can't be told apart (makes that give all their readers one serial
 * number, in other sockets than the chosen one); with the device's own failure when its serial number can't be read.
 */
export function chooseDevice<T extends Identified>(wanted: DeviceIdentity, present: readonly T[]): Result<T, Failure> {
  const matching = present.filter(({ identity }) => matchesIdentity(identity, wanted));
  const atPlace = present.filter(({ identity }) => wanted.place !== null && identity.place === wanted.place);
  const [only, second] = matching.length > 1 ? matching.filter((device) => atPlace.includes(device)) : matching;
  if (only && !second) return ok(only);
  if (matching.length > 0) return err(failure('reader.several', 'devices with the same serial number'));
  const sameMake = present.filter(({ identity }) => isSameMake(identity, wanted));
  const unreadable = sameMake.find((device) => device.unreadable)?.unreadable;
  if (unreadable) return err(unreadable);
  if (sameMake.length > 0) return err(failure('reader.other-device', 'another device of the same make'));
  if (atPlace.length > 0) return err(failure('reader.other-device', 'another make of device at its place'));
  return err(failure('reader.missing', 'the device is not there'));
}

/** Whether two devices seen in different ways (bus, reports, port) are one: same make and serial number or place. */
export function isSameDevice(one: DeviceIdentity, other: DeviceIdentity): boolean {
  if (!isSameMake(one, other)) return false;
  if (one.serialNumber !== null && other.serialNumber !== null) return one.serialNumber === other.serialNumber;
  return one.place !== null && other.place !== null && socketOf(one.place) === socketOf(other.place);
}

/** A place without the interface that Linux adds to it: `usb 1-2.3` for `usb 1-2.3:1.0`. */
function socketOf(place: string): string {
  return /^(usb \d+-[\d.]+):/.exec(place)?.[1] ?? place;
}

/** By the USB vendor's and product's ids alone. */
export function isSameMake(one: DeviceIdentity, other: DeviceIdentity): boolean {
  return one.vendorId === other.vendorId && one.productId === other.productId;
}
