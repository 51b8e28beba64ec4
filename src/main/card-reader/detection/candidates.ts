import type { ReaderCandidate } from '../../../shared/domain/reader-diagnosis.ts';
import type { DeviceIdentity } from '../../../shared/domain/reader-transport.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import { portIdentity, type ListedPort } from '../transports/serial-ports.ts';
import { isSameDevice, isSameMake, matchesIdentity } from './identity.ts';
import { knownReader, serialBridge } from './known-devices.ts';

/** A device as the bus or the HID layer lists it. */
export interface ListedDevice {
  readonly identity: DeviceIdentity;
  /** The maker's words of it. */
  readonly words: string | null;
  /** Whether it is of the maker's own kind: no keyboard, camera, hub or other standard device. */
  readonly isVendorDefined: boolean;
}

/** Where candidates are looked for. None of it opens a device. */
export interface CandidatePorts {
  readonly serial: () => Promise<Result<readonly ListedPort[], Failure>>;
  readonly usb: () => Promise<Result<readonly ListedDevice[], Failure>>;
  readonly hid: () => Promise<Result<readonly ListedDevice[], Failure>>;
  /** Vendors' services that listen on this machine. */
  readonly services: () => Promise<readonly ReaderCandidate[]>;
}

export interface CandidateList {
  /** Known readers first, then what may be one, then the rest. */
  readonly candidates: readonly ReaderCandidate[];
  /** Kinds that could not be listed, which doesn't mean that there are none. */
  readonly unlisted: readonly { readonly kind: 'serial' | 'usb' | 'hid'; readonly failure: Failure }[];
}

/** Lists everything that may be a reader, without opening any of it. A device that shows in two ways is listed once. */
export async function listCandidates(ports: CandidatePorts): Promise<CandidateList> {
  const [serial, usb, hid, services] = await Promise.all([ports.serial(), ports.usb(), ports.hid(), ports.services()]);
  const serialPorts = listed(serial).map(serialCandidate);
  const hidDevices = devicesOf(hid, 'hid');
  const seen = [...serialPorts, ...hidDevices];
  // A device that a driver of the system serves as a port or as HID can't be used over bulk pipes.
  const usbDevices = devicesOf(usb, 'usb').filter(
    ({ device }) => !seen.some((each) => isDuplicate(device, each.device)),
  );
  const candidates = [...seen, ...usbDevices, ...services].toSorted((one, other) => order(one) - order(other));
  const kinds = { serial, usb, hid };
  const unlisted = (['serial', 'usb', 'hid'] as const).flatMap((kind) => {
    const result: Result<unknown, Failure> = kinds[kind];
    return result.ok ? [] : [{ kind, failure: result.error }];
  });
  return { candidates, unlisted };
}

/**
 * Whether a candidate may be asked who it is without a person having picked it. Asking writes ten bytes to it, which a
 * printer prints and a modem takes for a command; so only known readers, USB-to-serial chips that readers are built
 * with, and services that answered as such are.
 */
export function isAskable({ transport, device, known }: ReaderCandidate): boolean {
  return known || (transport.kind === 'serial' && device !== null && serialBridge(device) !== null);
}

/** Whether two candidates are one device or service, wherever it is plugged in now. */
export function isSameCandidate(one: ReaderCandidate, other: ReaderCandidate): boolean {
  if (one.transport.kind !== other.transport.kind) return false;
  const tells = (device: DeviceIdentity | null): boolean =>
    device !== null && (device.serialNumber !== null || device.place !== null);
  if (one.device && other.device && tells(one.device) && tells(other.device)) {
    return isSameDevice(one.device, other.device);
  }
  return wayKey(one) === wayKey(other);
}

/** Whether a listed candidate is the one that was chosen, by the rules for chosen devices. */
export function isChosen(listed: ReaderCandidate, chosen: ReaderCandidate): boolean {
  if (isSameCandidate(listed, chosen)) return true;
  if (listed.transport.kind !== chosen.transport.kind) return false;
  return listed.device !== null && chosen.device !== null && matchesIdentity(listed.device, chosen.device);
}

/** What came and what went between two listings. */
export function candidateChanges(
  before: readonly ReaderCandidate[],
  after: readonly ReaderCandidate[],
): { readonly appeared: readonly ReaderCandidate[]; readonly gone: readonly ReaderCandidate[] } {
  const without = (these: readonly ReaderCandidate[], those: readonly ReaderCandidate[]): readonly ReaderCandidate[] =>
    these.filter((one) => !those.some((other) => isSameCandidate(one, other)));
  return { appeared: without(after, before), gone: without(before, after) };
}

function wayKey({ transport }: ReaderCandidate): string {
  return transport.kind === 'serial' ? transport.path : JSON.stringify(transport);
}

function listed<T>(result: Result<readonly T[], Failure>): readonly T[] {
  return result.ok ? result.value : [];
}

function serialCandidate(port: ListedPort): ReaderCandidate {
  const device = portIdentity(port);
  const words = [port.path, port.manufacturer ?? (device && serialBridge(device)?.maker)].filter(Boolean).join(' · ');
  return {
    transport: { kind: 'serial', path: port.path, baud: 'auto', ...(device ? { device } : {}) },
    label: words,
    device,
    known: device !== null && knownReader(device) !== null,
  };
}

function devicesOf(
  result: Result<readonly ListedDevice[], Failure>,
  kind: 'usb' | 'hid',
): readonly (ReaderCandidate & { readonly device: DeviceIdentity })[] {
  return listed(result).flatMap(({ identity, words, isVendorDefined }) => {
    const reader = knownReader(identity);
    if (!reader && (!isVendorDefined || serialBridge(identity))) return [];
    const ids = `${identity.vendorId}:${identity.productId}`;
    const name = words ?? reader?.maker ?? null;
    const label = `${kind === 'usb' ? 'USB' : 'HID'} ${ids}${name === null ? '' : ` · ${name}`}`;
    return [{ transport: { kind, device: identity }, label, device: identity, known: reader !== null }];
  });
}

/** On systems that name sockets differently in both lists (Windows), the make has to do. */
function isDuplicate(one: DeviceIdentity, other: DeviceIdentity | null): boolean {
  if (!other || !isSameMake(one, other)) return false;
  const comparable =
    (one.serialNumber !== null && other.serialNumber !== null) || (isUsbPlace(one.place) && isUsbPlace(other.place));
  return !comparable || isSameDevice(one, other);
}

function isUsbPlace(place: string | null): boolean {
  return place !== null && /^usb \d/.test(place);
}

function order(candidate: ReaderCandidate): number {
  if (candidate.known) return 0;
  return isAskable(candidate) ? 1 : 2;
}
