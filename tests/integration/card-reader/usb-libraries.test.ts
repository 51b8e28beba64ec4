import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { listHidDevices, systemHidPlaceOf } from '../../../src/main/card-reader/transports/hid-devices.ts';
import { loadHid, loadHidFrom } from '../../../src/main/card-reader/transports/hid-library.ts';
import { hidTransport } from '../../../src/main/card-reader/transports/hid-transport.ts';
import { listUsbDevices } from '../../../src/main/card-reader/transports/usb-devices.ts';
import { loadUsb, loadUsbFrom } from '../../../src/main/card-reader/transports/usb-library.ts';
import { usbTransport } from '../../../src/main/card-reader/transports/usb-transport.ts';
import { systemTiming as timing } from '../../../src/main/card-reader/timing.ts';
import type { DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err } from '../../../src/shared/result.ts';

/** Ids that no maker has, so that the test doesn't open a device of the machine it runs on. */
const NOBODYS: DeviceIdentity = { vendorId: 'ffff', productId: 'ffff', serialNumber: null, place: null };

describe('the real libraries', () => {
  test('load, and a bus without the device gives `reader.missing`', async () => {
    expect((await loadUsb()).ok).toBe(true);
    expect((await loadHid()).ok).toBe(true);
    for (const transport of [usbTransport(NOBODYS, { timing }), hidTransport(NOBODYS, { timing })]) {
      expect(await transport.open()).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
      expect(await transport.write(new Uint8Array(10))).toMatchObject({ error: { code: 'reader.missing' } });
      await transport.close();
    }
  });

  test('list the machine, or say that it has no bus', async () => {
    const usb = await loadUsb();
    const hid = await loadHid();
    if (!usb.ok || !hid.ok) throw new Error('the libraries do not load');
    const onBus = await listUsbDevices(usb.value, () => false);
    if (!onBus.ok) expect(onBus.error.code).toBe('reader.missing');
    else for (const { identity } of onBus.value) expect(identity.vendorId).toMatch(/^[0-9a-f]{4}$/);
    expect((await listHidDevices(hid.value, systemHidPlaceOf)).ok).toBe(true);
  });

  test('a machine where they can not be loaded has no driver', async () => {
    const missing = () => Promise.reject(new Error("Cannot find native binding. Cannot find module 'usb-linux'"));
    expect(await loadUsbFrom(missing)).toMatchObject({ ok: false, error: { code: 'reader.driver-missing' } });
    expect(await loadHidFrom(missing)).toMatchObject({ ok: false, error: { code: 'reader.driver-missing' } });
    const library = async () => err(failure('reader.driver-missing'));
    expect(await usbTransport(NOBODYS, { timing, library }).open()).toEqual(err(failure('reader.driver-missing')));
    expect(await hidTransport(NOBODYS, { timing, library }).open()).toEqual(err(failure('reader.driver-missing')));
  });

  test('node-hid whose native part is missing has no driver, though the package is there', async () => {
    const noPrebuild = () => {
      throw new Error('No prebuild or local build of node-hid found');
    };
    const unused = () => Promise.reject(new Error('not reached'));
    const packaged = { devicesAsync: unused, HIDAsync: { open: unused }, getHidapiVersion: noPrebuild };
    expect(await loadHidFrom(async () => packaged)).toMatchObject({ error: { code: 'reader.driver-missing' } });
  });

  test('are not loaded before a USB or HID reader is opened', async () => {
    const script = `
      const at = new URL('src/main/card-reader/', 'file://' + process.cwd() + '/');
      const { usbTransport } = await import(new URL('transports/usb-transport.ts', at));
      const { hidTransport } = await import(new URL('transports/hid-transport.ts', at));
      const wanted = ${JSON.stringify(NOBODYS)};
      for (const make of [usbTransport, hidTransport]) await make(wanted, { timing: {} }).close;
      const loaded = process.report.getReport().sharedObjects.filter((path) => /usb|HID/.test(path));
      process.stdout.write(JSON.stringify(loaded));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe('[]');
  });
});
