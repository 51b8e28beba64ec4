import type { ReaderCandidate } from '../../../shared/domain/reader-diagnosis.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { listHidDevices, systemHidPlaceOf, type HidPlaceOf } from '../transports/hid-devices.ts';
import { loadHid, type HidLibrary } from '../transports/hid-library.ts';
import { listSerialPorts } from '../transports/serial-ports.ts';
import { listUsbDevices } from '../transports/usb-devices.ts';
import { loadUsb, type UsbLibrary } from '../transports/usb-library.ts';
import { isSameCandidate, listCandidates, type CandidatePorts, type ListedDevice } from './candidates.ts';
import { knownReader } from './known-devices.ts';

const VENDOR_DEFINED_CLASS = 0xff;

export interface SystemPortsOptions {
  readonly serial?: CandidatePorts['serial'];
  readonly usb?: UsbLibrary;
  readonly hid?: HidLibrary;
  readonly hidPlaceOf?: HidPlaceOf;
  /** Vendors' services that listen here; none by default. */
  readonly services?: CandidatePorts['services'];
}

/** What this machine lists. The libraries for USB and HID are loaded by the first listing. */
export function systemPorts({
  serial = () => listSerialPorts(),
  usb = loadUsb,
  hid = loadHid,
  hidPlaceOf = systemHidPlaceOf,
  services = async () => [],
}: SystemPortsOptions = {}): CandidatePorts {
  return {
    serial,
    usb: () => usbDevices(usb),
    hid: async () => {
      const library = await hid();
      return library.ok ? listHidDevices(library.value, hidPlaceOf) : library;
    },
    services,
  };
}

async function usbDevices(usb: UsbLibrary): Promise<Result<readonly ListedDevice[], Failure>> {
  const library = await usb();
  if (!library.ok) return library;
  // Other devices aren't read: that may open them.
  const seen = await listUsbDevices(
    library.value,
    (ids, { deviceClass }) => knownReader(ids) !== null || deviceClass === VENDOR_DEFINED_CLASS,
  );
  if (!seen.ok) return seen;
  return ok(
    seen.value.map(({ identity, words, device }) => {
      return { identity, words, isVendorDefined: device.deviceClass === VENDOR_DEFINED_CLASS };
    }),
  );
}

/**
 * Whether a candidate is still listed; true where that can't be told. Serial ports on Windows only: USB and HID
 * transports watch their device themselves, and on other systems the port's file is watched.
 */
export async function stillListed(
  candidate: ReaderCandidate,
  ports: CandidatePorts,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if (candidate.transport.kind !== 'serial' || platform !== 'win32') return true;
  const serial = await ports.serial();
  if (!serial.ok) return true;
  const none = async () => ok([]);
  const { candidates } = await listCandidates({
    serial: async () => serial,
    usb: none,
    hid: none,
    services: async () => [],
  });
  return candidates.some((other) => isSameCandidate(candidate, other));
}
