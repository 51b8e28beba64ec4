import { describe, expect, test } from 'vitest';
import { serialTransport, type SerialStream } from '../../../src/main/card-reader/transports/serial.ts';
import { listSerialPorts, pathOfDevice, portIdentity } from '../../../src/main/card-reader/transports/serial-ports.ts';
import type { DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';

const FTDI = { vendorId: '0403', productId: '6001' };
const CH340 = { vendorId: '1A86', productId: '7523' };

const identity = (serialNumber: string | null, place: string | null, make = FTDI): DeviceIdentity => ({
  vendorId: make.vendorId.toLowerCase(),
  productId: make.productId.toLowerCase(),
  serialNumber,
  place,
});

describe('listing', () => {
  test('keeps what tells devices apart, with the socket from elsewhere where the list has none', async () => {
    const listing = {
      list: async () => [
        { path: 'COM3', manufacturer: 'wch.cn', serialNumber: '', ...CH340, locationId: 'Port_#0004.Hub_#0001' },
        { path: '/dev/ttyUSB0', serialNumber: 'A1', pnpId: 'usb-FTDI_A1-if00-port0', ...FTDI },
        { path: '/dev/ttyS0' },
      ],
      placeOf: async (path: string) => (path === '/dev/ttyUSB0' ? 'usb 1-4:1.0' : null),
    };
    const ports = await listSerialPorts(listing);
    expect(ports).toEqual({
      ok: true,
      value: [
        {
          path: 'COM3',
          manufacturer: 'wch.cn',
          ...CH340,
          locationId: 'Port_#0004.Hub_#0001',
          place: 'Port_#0004.Hub_#0001',
        },
        { path: '/dev/ttyUSB0', serialNumber: 'A1', pnpId: 'usb-FTDI_A1-if00-port0', ...FTDI, place: 'usb 1-4:1.0' },
        { path: '/dev/ttyS0' },
      ],
    });
    expect(ports.ok && ports.value.map(portIdentity)).toEqual([
      identity(null, 'Port_#0004.Hub_#0001', CH340),
      identity('A1', 'usb 1-4:1.0'),
      null,
    ]);
  });

  test('that fails is a failure, not an empty list', async () => {
    const listing = { list: () => Promise.reject(new Error('no udev')), placeOf: async () => null };
    expect(await listSerialPorts(listing)).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
  });
});

describe('a device that was chosen', () => {
  const at = (path: string, serialNumber: string | null, place: string, make = FTDI) => ({
    path,
    place,
    ...make,
    ...(serialNumber === null ? {} : { serialNumber }),
  });

  test.each([
    ['is found by its serial number at another socket', identity('A1', 'usb 1-4'), [at('b', 'A1', 'usb 2-1')], 'b'],
    [
      'of two channels is the one at the same place',
      identity('A1', 'x'),
      [at('a', 'A1', 'w'), at('b', 'A1', 'x')],
      'b',
    ],
    [
      'without a serial number is found at its socket',
      identity(null, 'x'),
      [at('a', null, 'w'), at('b', null, 'x')],
      'b',
    ],
  ])('%s', (_, device, ports, path) => {
    expect(pathOfDevice(device, 'a', ports)).toEqual({ ok: true, value: path });
  });

  test.each([
    ['another serial number at its path', identity('A1', 'x'), [at('a', 'B2', 'x')], 'reader.other-device'],
    ['another make at its path', identity('A1', 'x'), [at('a', 'A1', 'x', CH340)], 'reader.other-device'],
    ['one of its make at another socket', identity(null, 'x'), [at('b', null, 'y')], 'reader.other-device'],
    ['two that can not be told apart', identity('A1', 'x'), [at('a', 'A1', 'y'), at('b', 'A1', 'z')], 'reader.several'],
    ['nothing of the kind', identity('A1', 'x'), [at('b', 'B2', 'y', CH340)], 'reader.missing'],
    ['nothing at all', identity('A1', 'x'), [], 'reader.missing'],
  ])('%s', (_, device, ports, code) => {
    expect(pathOfDevice(device, 'a', ports)).toMatchObject({ ok: false, error: { code } });
  });

  test('is opened where it is now', async () => {
    const opened: string[] = [];
    const system = {
      list: async () => [at('/dev/ttyUSB7', 'A1', 'x')],
      placeOf: async () => null,
      create: (path: string) => {
        opened.push(path);
        return refusing('Error: Permission denied, cannot open ' + path);
      },
    };
    const transport = serialTransport('/dev/ttyUSB0', 'auto', { device: identity('A1', null), system });
    expect(await transport.open()).toMatchObject({ error: { code: 'reader.not-permitted' } });
    expect(opened).toEqual(['/dev/ttyUSB7']);
  });

  test('that is another one is never opened', async () => {
    const system = {
      list: async () => [at('/dev/ttyUSB0', 'B2', 'x')],
      placeOf: async () => null,
      create: (): SerialStream => {
        throw new Error('opened');
      },
    };
    const transport = serialTransport('/dev/ttyUSB0', 9600, { device: identity('A1', null), system });
    expect(await transport.open()).toMatchObject({ error: { code: 'reader.other-device' } });
  });
});

test.each([
  ['Error: Permission denied, cannot open /dev/x', 'reader.not-permitted'],
  ['Error Resource temporarily unavailable Cannot lock port', 'reader.port-busy'],
  ['Error: Device or resource busy, cannot open /dev/x', 'reader.port-busy'],
  ['Error: No such file or directory, cannot open /dev/x', 'reader.missing'],
  ['Opening COM9: File not found', 'reader.missing'],
  ['Error: Input/output error', 'reader.missing'],
])('a port that does not open with "%s"', async (message, code) => {
  const system = { list: async () => [], placeOf: async () => null, create: () => refusing(message) };
  expect(await serialTransport('x', 115_200, { system }).open()).toMatchObject({ ok: false, error: { code } });
});

function refusing(message: string): SerialStream {
  return {
    isOpen: false,
    open: (done) => done(new Error(message)),
    write: () => undefined,
    update: () => undefined,
    close: () => undefined,
    on: () => undefined,
  };
}
