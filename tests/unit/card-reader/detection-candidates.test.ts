import { describe, expect, test } from 'vitest';
import {
  candidateChanges,
  isAskable,
  listCandidates,
  type CandidatePorts,
  type ListedDevice,
} from '../../../src/main/card-reader/detection/candidates.ts';
import { stillListed, systemPorts } from '../../../src/main/card-reader/detection/system-ports.ts';
import type { ListedPort } from '../../../src/main/card-reader/transports/serial-ports.ts';
import type { ReaderCandidate } from '../../../src/shared/domain/reader-diagnosis.ts';
import { readerTransportSchema, type DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { FakeHidBus, HidReader } from '../../support/card-reader/hid-reader.ts';
import { FakeUsbBus } from '../../support/card-reader/usb-bus.ts';
import { UsbReader } from '../../support/card-reader/usb-reader.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const READER: DeviceIdentity = { vendorId: '0400', productId: 'c35a', serialNumber: null, place: 'usb 1-2' };
const bridge: ListedPort = { path: '/dev/ttyUSB0', vendorId: '1A86', productId: '7523', place: 'usb 1-3:1.0' };
const modem: ListedPort = { path: '/dev/ttyACM0', vendorId: '12d1', productId: '1506', place: 'usb 1-4:1.0' };
const builtIn: ListedPort = { path: '/dev/ttyS0' };
const device = (identity: DeviceIdentity, isVendorDefined = true): ListedDevice => ({
  identity,
  words: null,
  isVendorDefined,
});

function ports(given: {
  readonly serial?: readonly ListedPort[];
  readonly usb?: readonly ListedDevice[];
  readonly hid?: readonly ListedDevice[];
  readonly services?: readonly ReaderCandidate[];
}): CandidatePorts {
  return {
    serial: async () => ok(given.serial ?? []),
    usb: async () => ok(given.usb ?? []),
    hid: async () => ok(given.hid ?? []),
    services: async () => given.services ?? [],
  };
}

const service: ReaderCandidate = {
  transport: { kind: 'vendor-http', dialect: 'cvr', address: 'http://127.0.0.1:19196' },
  label: 'service',
  device: null,
  known: true,
};

describe('candidates', () => {
  test('known readers come first, then what readers are built with, then the rest', async () => {
    const { candidates } = await listCandidates(
      ports({
        serial: [builtIn, modem, bridge],
        usb: [device(READER)],
        services: [service, { ...service, known: false }],
      }),
    );
    expect(candidates.map(({ label, known }) => [label, known])).toEqual([
      ['USB 0400:c35a · 神思, 新中新, 华视, 中控', true],
      ['service', true],
      ['/dev/ttyUSB0 · WCH CH340', false],
      ['/dev/ttyS0', false],
      ['/dev/ttyACM0', false],
      ['service', false],
    ]);
    expect(candidates.map(isAskable)).toEqual([true, true, true, false, false, false]);
    for (const { transport } of candidates) expect(readerTransportSchema.parse(transport)).toEqual(transport);
  });

  test('a device that is a serial port or HID too is listed once', async () => {
    const onPort: ListedPort = { path: '/dev/ttyACM1', vendorId: '0400', productId: 'c35a', place: 'usb 1-2:1.0' };
    const asHid = { ...READER, place: 'usb 1-2:1.0' };
    const kinds = async (given: Parameters<typeof ports>[0]) =>
      (await listCandidates(ports(given))).candidates.map(({ transport }) => transport.kind);
    expect(await kinds({ serial: [onPort], usb: [device(READER)] })).toEqual(['serial']);
    expect(await kinds({ hid: [device(asHid)], usb: [device(READER)] })).toEqual(['hid']);
    expect(await kinds({ hid: [device(asHid)], usb: [device({ ...READER, place: 'usb 1-9' })] })).toEqual([
      'hid',
      'usb',
    ]);
    // Windows names sockets differently in both lists.
    const path = '\\\\?\\hid#vid_0400&pid_c35a#7&1a&0&0000';
    expect(await kinds({ hid: [device({ ...READER, place: path })], usb: [device(READER)] })).toEqual(['hid']);
  });

  test('keyboards, hubs and other standard devices are none', async () => {
    const other = { ...READER, vendorId: '046d' };
    expect(
      (await listCandidates(ports({ hid: [device(other, false)], usb: [device(other, false)] }))).candidates,
    ).toEqual([]);
    // A serial chip is reached through its port.
    const chip = { ...READER, vendorId: '1a86', productId: '7523' };
    expect((await listCandidates(ports({ usb: [device(chip)] }))).candidates).toEqual([]);
  });

  test('what can not be listed is said, and the rest is listed all the same', async () => {
    const broken = failure('reader.driver-missing');
    const listed = await listCandidates({ ...ports({ serial: [bridge] }), usb: async () => err(broken) });
    expect(listed.unlisted).toEqual([{ kind: 'usb', failure: broken }]);
    expect(listed.candidates.length).toBe(1);
  });

  test('coming and going shows between two listings, moving with a serial number does not', async () => {
    const at = (place: string, serialNumber: string | null) => device({ ...READER, serialNumber, place });
    const list = async (...usb: readonly ListedDevice[]) =>
      (await listCandidates(ports({ usb, serial: [bridge] }))).candidates;
    expect(candidateChanges(await list(at('usb 1-2', 'A')), await list(at('usb 1-5', 'A')))).toEqual({
      appeared: [],
      gone: [],
    });
    const moved = candidateChanges(await list(at('usb 1-2', null)), await list(at('usb 1-5', null)));
    expect([moved.appeared.length, moved.gone.length]).toEqual([1, 1]);
    expect(candidateChanges(await list(), await list(at('usb 1-2', null))).appeared.length).toBe(1);
  });

  test('a port without any identity is told by its path', async () => {
    const list = async (...serial: readonly ListedPort[]) => (await listCandidates(ports({ serial }))).candidates;
    const noPlace = { path: 'COM3', vendorId: '1A86', productId: '7523' };
    const [com3] = await list(noPlace);
    expect(candidateChanges([com3!], await list(noPlace))).toEqual({ appeared: [], gone: [] });
    expect(candidateChanges([com3!], await list({ ...noPlace, path: 'COM4' })).gone.length).toBe(1);
    expect(await stillListed(com3!, ports({ serial: [noPlace] }), 'win32')).toBe(true);
    expect(await stillListed(com3!, ports({}), 'win32')).toBe(false);
    expect(
      await stillListed(com3!, { ...ports({}), serial: async () => err(failure('reader.missing')) }, 'win32'),
    ).toBe(true);
    expect(await stillListed(com3!, ports({}), 'linux')).toBe(true);
  });
});

test('a machine is listed without opening anything', async () => {
  const timing = new VirtualTiming();
  const usb = new UsbReader({ timing, form: 'split', serialNumber: 'A1' });
  const hid = new HidReader({ timing });
  const keyboard = { vendorId: 0x046d, productId: 1, path: '/dev/hidraw9', interface: 0, usagePage: 1 };
  const hidBus = new FakeHidBus(hid);
  hidBus.others.push(keyboard);
  const { candidates } = await listCandidates(
    systemPorts({
      serial: async () => ok([]),
      usb: new FakeUsbBus(usb).library,
      hid: hidBus.library,
      hidPlaceOf: async () => 'usb 1-7:1.0',
    }),
  );
  expect(candidates.map(({ label, device: seen }) => [label, seen?.serialNumber, seen?.place])).toEqual([
    ['HID 2b8b:2721 · Example IDC', null, 'usb 1-7:1.0'],
    ['USB 0400:c35a · Example IDC', 'A1', 'usb 1-2'],
  ]);
  expect([usb.counts.opened, hid.counts.opened]).toEqual([0, 0]);
});
