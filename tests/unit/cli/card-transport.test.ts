import { describe, expect, test } from 'vitest';
import { chosenReader, readerChoice, type TransportOptions } from '../../../src/cli/card-transport.ts';
import { USUAL_SERVICE_ADDRESSES } from '../../../src/shared/domain/service-address.ts';
import type { ReaderCandidate } from '../../../src/shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../src/shared/domain/reader-transport.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { ok } from '../../../src/shared/result.ts';

const named = (options: TransportOptions): unknown => {
  const choice = readerChoice(options);
  return choice.ok ? choice.value : choice.error.message;
};

describe('a reader on the command line', () => {
  test.each<readonly [TransportOptions, ReaderTransport]>([
    [{}, { kind: 'auto' }],
    [{ port: '/dev/ttyUSB0' }, { kind: 'serial', path: '/dev/ttyUSB0', baud: 'auto' }],
    [
      { transport: 'serial', port: 'COM3', baud: '9600' },
      { kind: 'serial', path: 'COM3', baud: 9600 },
    ],
    [
      { transport: 'tcp', port: '10.0.0.7:9000' },
      { kind: 'tcp', host: '10.0.0.7', port: 9000 },
    ],
    [
      { transport: 'tcp', port: '9000' },
      { kind: 'tcp', host: '127.0.0.1', port: 9000 },
    ],
    [
      { transport: 'usb', device: '0400:C35A' },
      { kind: 'usb', device: { vendorId: '0400', productId: 'c35a', serialNumber: null, place: null } },
    ],
    [
      { transport: 'hid', device: '2b8b:2721:A:1' },
      { kind: 'hid', device: { vendorId: '2b8b', productId: '2721', serialNumber: 'A:1', place: null } },
    ],
    [{ transport: 'cvr' }, { kind: 'vendor-http', dialect: 'cvr', address: USUAL_SERVICE_ADDRESSES.cvr }],
    [
      { transport: 'certctl', address: 'http://localhost:18888' },
      { kind: 'vendor-http', dialect: 'certctl', address: 'http://localhost:18888' },
    ],
    [{ transport: 'est' }, { kind: 'vendor-ws', dialect: 'est', address: USUAL_SERVICE_ADDRESSES.est }],
  ])('%j', (options, transport) => {
    expect(named(options)).toEqual({ named: transport });
  });

  test.each<readonly [TransportOptions, string]>([
    [{ transport: 'pigeon' }, 'unknown transport pigeon'],
    [{ port: 'COM3', baud: '12345' }, '--baud is not a line speed'],
    [{ transport: 'tcp' }, '--port can not be used'],
    [{ transport: 'tcp', port: 'host:99999' }, '--port can not be used'],
    [{ transport: 'usb', device: 'card reader' }, '--device can not be used'],
    [{ transport: 'hid', device: '0400' }, '--device can not be used'],
    [{ transport: 'cvr', address: 'http://192.0.2.7:19196' }, '--address can not be used'],
    [{ transport: 'est', address: 'http://127.0.0.1:33666' }, '--address can not be used'],
  ])('%j is refused', (options, message) => {
    expect(named(options)).toBe(message);
  });
});

describe('a reader that was not named', () => {
  const candidate = (path: string, known = false): ReaderCandidate => ({
    transport: { kind: 'serial', path, baud: 'auto' },
    label: path,
    device: null,
    known,
  });
  const choose = (...candidates: readonly ReaderCandidate[]) =>
    chosenReader({ only: 'serial' }, async () => ({ candidates, unlisted: [] }));

  test('is the only one of its kind', async () => {
    expect(await choose(candidate('COM3'))).toEqual(ok({ kind: 'serial', path: 'COM3', baud: 'auto' }));
  });

  test('is the only known one among several', async () => {
    expect(await choose(candidate('COM1'), candidate('COM3', true))).toMatchObject({ value: { path: 'COM3' } });
  });

  test('is none when there is none, or none that can be told from the others', async () => {
    expect(await choose()).toMatchObject({ error: { code: 'reader.missing' } });
    expect(await choose(candidate('COM1'), candidate('COM3'))).toMatchObject({
      error: { code: 'reader.several', detail: 'COM1, COM3; name one with --port' },
    });
    const unlisted = [{ kind: 'usb', failure: failure('reader.driver-missing', 'no udev') } as const];
    expect(await chosenReader({ only: 'usb' }, async () => ({ candidates: [], unlisted }))).toMatchObject({
      error: { detail: 'no udev' },
    });
  });
});
