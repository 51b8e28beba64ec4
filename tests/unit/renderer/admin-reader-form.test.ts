import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOnly } from '../../../src/renderer/admin/changes.ts';
import {
  deviceAtPort,
  deviceFields,
  deviceOf,
  foundDevices,
} from '../../../src/renderer/admin/reader/device-choice.ts';
import {
  BAUD_CHOICES,
  otherDialect,
  otherKind,
  otherPort,
  parseReader,
  READER_KINDS,
  readerDraft,
  SERVICE_DIALECTS,
  type ReaderDraft,
} from '../../../src/renderer/admin/reader/reader-form.ts';
import type { DetectedReader } from '../../../src/shared/domain/reader-diagnosis.ts';
import {
  HTTP_SERVICE_DIALECTS,
  readerTransportSchema,
  WEB_SOCKET_SERVICE_DIALECTS,
  type DeviceIdentity,
  type ReaderTransport,
} from '../../../src/shared/domain/reader-transport.ts';
import { USUAL_SERVICE_ADDRESSES } from '../../../src/shared/domain/service-address.ts';

const DEVICE: DeviceIdentity = { vendorId: '0403', productId: '6001', serialNumber: 'A50285BI', place: null };
const OTHER: DeviceIdentity = { vendorId: '0400', productId: 'c35a', serialNumber: null, place: '1-4' };
const PINNED: ReaderTransport = { kind: 'serial', path: '/dev/ttyUSB0', baud: 'auto', device: DEVICE };

const draftOf = (change: Partial<ReaderDraft>): ReaderDraft => ({ ...readerDraft(null), ...change });

describe('the reader form', () => {
  it('shows every saved transport as it is', () => {
    const saved: (ReaderTransport | null)[] = [
      null,
      { kind: 'auto' },
      { kind: 'simulated' },
      { kind: 'tcp', host: '192.0.2.7', port: 4001 },
      PINNED,
      { kind: 'usb', device: OTHER },
      { kind: 'hid', device: DEVICE },
      ...BAUD_CHOICES.map((baud) => ({ kind: 'serial' as const, path: 'COM3', baud })),
      ...HTTP_SERVICE_DIALECTS.map((dialect) => ({
        kind: 'vendor-http' as const,
        dialect,
        address: USUAL_SERVICE_ADDRESSES[dialect],
      })),
      ...WEB_SOCKET_SERVICE_DIALECTS.map((dialect) => ({
        kind: 'vendor-ws' as const,
        dialect,
        address: USUAL_SERVICE_ADDRESSES[dialect],
      })),
    ];
    expect(saved.map((transport) => parseReader(readerDraft(transport)))).toEqual(
      saved.map((value) => ({ ok: true, value })),
    );
  });

  it.each([
    ['path', { kind: 'serial', path: '  ' }, { path: { key: 'reader.problem.path' } }],
    [
      'host and port',
      { kind: 'tcp', host: '', port: '0' },
      { host: { key: 'reader.problem.host' }, port: { key: 'reader.problem.port' } },
    ],
    ['device', { kind: 'usb' }, { vendorId: { key: 'reader.problem.device' } }],
    ['product id', { kind: 'hid', vendorId: '0400', productId: 'c3' }, { productId: { key: 'reader.problem.usbId' } }],
    [
      'address on another machine',
      { kind: 'service', address: 'http://192.0.2.7:19196' },
      { address: { key: 'reader.problem.address' } },
    ],
    [
      'address of another scheme',
      { kind: 'service', dialect: 'est', address: 'http://127.0.0.1:33666' },
      { address: { key: 'reader.problem.address' } },
    ],
  ] as const)('names the field that is wrong: %s', (_, change, problems) => {
    expect(parseReader(draftOf(change))).toEqual({ ok: false, problems });
  });

  it.each(['', '0', '65536', '80 ', '8o', '-1', '1e3'])('refuses port %j', (port) => {
    const draft = draftOf({ kind: 'tcp', host: 'reader.example', port });
    expect(parseReader(draft)).toMatchObject({ ok: false, problems: { port: {} } });
  });

  it('lets nothing through that main would refuse', () => {
    const hex = fc.oneof(fc.constantFrom('0403', 'C35A', ''), fc.string());
    const anyDraft = fc.record({
      kind: fc.constantFrom(...READER_KINDS),
      byHand: fc.boolean(),
      path: fc.string(),
      baud: fc.oneof(fc.constantFrom('auto', '115200', '9600'), fc.string()),
      pinned: fc.boolean(),
      vendorId: hex,
      productId: hex,
      serialNumber: fc.string(),
      place: fc.string(),
      host: fc.string(),
      port: fc.oneof(fc.integer().map(String), fc.string()),
      dialect: fc.constantFrom(...SERVICE_DIALECTS),
      address: fc.oneof(fc.webUrl(), fc.constantFrom('http://localhost:1', 'ws://[::1]:2', 'nonsense'), fc.string()),
    });
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const result = parseReader(draft);
        if (!result.ok) return Object.keys(result.problems).length > 0;
        return readerTransportSchema.nullable().safeParse(result.value).success;
      }),
    );
  });

  it('pins a port only while that is wanted, and takes upper-case ids', () => {
    const pinned = { ...readerDraft(PINNED) };
    expect(parseReader({ ...pinned, pinned: false })).toEqual({
      ok: true,
      value: { kind: 'serial', path: '/dev/ttyUSB0', baud: 'auto' },
    });
    expect(parseReader(draftOf({ kind: 'usb', vendorId: '0400', productId: 'C35A' }))).toEqual({
      ok: true,
      value: { kind: 'usb', device: { ...OTHER, place: null } },
    });
  });

  it('forgets a device with its kind of connection, and going back brings the saved one', () => {
    const saved = readerDraft(PINNED);
    const toUsb = { ...saved, ...otherKind(saved, 'usb') };
    expect(parseReader(toUsb)).toMatchObject({ ok: false });
    expect(changesOnly(saved, { ...toUsb, ...otherKind(saved, 'serial') })).toEqual({});
  });

  it('fills in the usual address of every service, and every one is accepted', () => {
    for (const dialect of SERVICE_DIALECTS) {
      const result = parseReader(draftOf({ kind: 'service', ...otherDialect(dialect) }));
      expect(result).toMatchObject({ ok: true, value: { dialect, address: USUAL_SERVICE_ADDRESSES[dialect] } });
    }
  });
});

describe('the device at a port', () => {
  const found: readonly DetectedReader[] = [
    { transport: PINNED, label: 'A', device: DEVICE, known: false, identity: null, failure: null },
    {
      transport: { kind: 'usb', device: OTHER },
      label: 'B',
      device: OTHER,
      known: true,
      identity: null,
      failure: null,
    },
  ];

  it('comes from the list, a search or the saved setting, and is none where nothing knows it', () => {
    const port = { path: '/dev/ttyUSB0', label: '' };
    expect([
      deviceAtPort(port.path, [{ ...port, device: OTHER }], found, null),
      deviceAtPort(port.path, [port], found, null),
      deviceAtPort(port.path, [port], [], PINNED),
      deviceAtPort(port.path, [port], [], null),
      deviceAtPort('/dev/ttyS0', [port], found, PINNED),
    ]).toEqual([OTHER, DEVICE, DEVICE, null, null]);
  });

  it('is written into the form as it is, and read back', () => {
    expect([deviceOf(deviceFields(DEVICE)), deviceOf(deviceFields(OTHER)), deviceOf(deviceFields(null))]).toEqual([
      DEVICE,
      OTHER,
      null,
    ]);
    expect(otherPort('/dev/ttyS0', null)).toMatchObject({ path: '/dev/ttyS0', pinned: false, vendorId: '' });
  });

  it('is offered for its own kind of connection only', () => {
    expect(foundDevices(found, 'usb')).toEqual([{ device: OTHER, label: 'B' }]);
    expect(foundDevices(found, 'hid')).toEqual([]);
  });
});
