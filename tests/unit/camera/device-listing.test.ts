import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listVideoDevices } from '../../../src/main/camera/device-listing.ts';
import { listLinuxDevices } from '../../../src/main/camera/linux-devices.ts';
import { parseMacDevices } from '../../../src/main/camera/mac-devices.ts';
import { parseWindowsDevices, WINDOWS_LIST_COMMAND } from '../../../src/main/camera/windows-devices.ts';
import { identityOf } from '../../../src/shared/domain/camera-identity.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

let sys = '';
beforeEach(() => {
  sys = mkdtempSync(join(tmpdir(), 'countersign-sys-'));
  mkdirSync(join(sys, 'class'), { recursive: true });
});
afterEach(() => rmSync(sys, { recursive: true, force: true }));

/** A video node below `parent` (relative to the root), linked from the class as the kernel does. */
function addNode(node: string, name: string, parent: string): void {
  const folder = join(sys, parent, 'video4linux', node);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'name'), `${name}\n`);
  const links = join(sys, 'class/video4linux');
  mkdirSync(links, { recursive: true });
  symlinkSync(relative(links, folder), join(links, node));
}

function addUsb(device: string, ids: { vendor: string; product: string; serial?: string; devpath: string }): void {
  const folder = join(sys, device);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'idVendor'), `${ids.vendor}\n`);
  writeFileSync(join(folder, 'idProduct'), `${ids.product}\n`);
  writeFileSync(join(folder, 'devpath'), `${ids.devpath}\n`);
  if (ids.serial !== undefined) writeFileSync(join(folder, 'serial'), `${ids.serial}\n`);
}

const USB = 'devices/pci0000:00/0000:00:14.0/usb1/1-4';

describe('video devices of Linux', () => {
  it('are found with their USB ids, serial number and place, every node of them', () => {
    addUsb(USB, { vendor: '046d', product: '082D', serial: '1A2B3C4D', devpath: '4' });
    addNode('video0', 'HD Pro Webcam C920', `${USB}/1-4:1.0`);
    addNode('video1', 'HD Pro Webcam C920', `${USB}/1-4:1.0`);
    const device = {
      name: 'HD Pro Webcam C920',
      bus: 'usb',
      usb: { vendorId: '046d', productId: '082d', serial: '1A2B3C4D' },
      path: '0000:00:14.0-4',
    };
    const listed = listLinuxDevices(sys);
    expect(listed).toEqual(ok([device, device]));
    expect(listed.ok && listed.value.map(identityOf)).toEqual(Array(2).fill('usb:046d:082d:1A2B3C4D'));
  });

  it('without a serial number are told by where they are plugged in, behind hubs too', () => {
    addUsb('devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2.3', { vendor: '0c45', product: '6366', devpath: '2.3' });
    addNode('video2', 'USB Camera', 'devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2.3/1-2.3:1.0');
    const listed = listLinuxDevices(sys);
    expect(listed.ok && listed.value.map(identityOf)).toEqual(['usb:0c45:6366:@0000:00:14.0-2.3']);
  });

  it('are virtual when they hang on nothing, on a test driver or on a controller in memory', () => {
    addNode('video10', 'HD Pro Webcam C920 (046d:082d)', 'devices/virtual');
    addNode('video11', 'vivid-000-vid-cap', 'devices/platform/vivid.0');
    const gadget = 'devices/platform/dummy_hcd.0/usb3/3-1';
    addUsb(gadget, { vendor: '046d', product: '082d', serial: '1A2B3C4D', devpath: '1' });
    addNode('video12', 'HD Pro Webcam C920', `${gadget}/3-1:1.0`);
    const remote = 'devices/platform/vhci_hcd.0/usb5/5-1';
    addUsb(remote, { vendor: '046d', product: '082d', serial: '1A2B3C4D', devpath: '1' });
    addNode('video13', 'HD Pro Webcam C920', `${remote}/5-1:1.0`);
    const listed = listLinuxDevices(sys);
    expect(listed.ok && listed.value.map(({ bus, usb }) => [bus, usb])).toEqual(Array(4).fill(['virtual', null]));
    expect(listed.ok && listed.value.map(identityOf)).toEqual(Array(4).fill(null));
  });

  it('may be built in without USB', () => {
    addNode('video0', 'ov5647', 'devices/platform/soc/fe801000.csi');
    const listed = listLinuxDevices(sys);
    expect(listed.ok && listed.value.map(identityOf)).toEqual(['platform:ov5647@fe801000.csi']);
  });

  it('are none on a machine without the class, and a failure where nothing can be read', () => {
    expect(listLinuxDevices(sys)).toEqual(ok([]));
    expect(listLinuxDevices(join(sys, 'gone'))).toEqual(
      err(failure('camera.missing', "the video devices can't be listed: ENOENT")),
    );
  });
});

const WINDOWS = JSON.stringify([
  {
    name: 'HD Pro Webcam C920',
    instanceId: 'USB\\VID_046D&PID_082D&MI_00\\6&2F9A1B0C&0&0000',
    parent: 'USB\\VID_046D&PID_082D\\1A2B3C4D',
    place: 'PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(4)#USBMI(0)',
  },
  {
    name: 'USB Camera',
    instanceId: 'USB\\VID_0C45&PID_6366&MI_00\\7&1F&0&0000',
    parent: 'USB\\VID_0C45&PID_6366\\6&2C1D&0&3',
    place: 'PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(3)#USBMI(0)',
  },
  {
    name: 'Surface Camera Front',
    instanceId: 'ACPI\\INT3480\\0',
    parent: 'ACPI\\PNP0A08\\0',
    place: 'PCIROOT(0)#ACPI(CAMF)',
  },
  { name: 'Software Camera', instanceId: 'ROOT\\CAMERA\\0000', parent: 'HTREE\\ROOT\\0', place: null },
]);

describe('video devices of Windows', () => {
  it('are read from the device tree', () => {
    const listed = parseWindowsDevices(`\uFEFF${WINDOWS}`);
    expect(listed.ok && listed.value.map((device) => [device.bus, identityOf(device)])).toEqual([
      ['usb', 'usb:046d:082d:1A2B3C4D'],
      ['usb', 'usb:0c45:6366:@PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(3)'],
      ['platform', 'platform:Surface Camera Front@PCIROOT(0)#ACPI(CAMF)'],
      ['virtual', null],
    ]);
    expect(parseWindowsDevices('[]')).toEqual(ok([]));
  });

  it.each(['', 'Get-PnpDevice : error', '{"name":1}', '[{"name":"x"}]', 'null'])('are unknown from %j', (text) => {
    expect(parseWindowsDevices(text)).toMatchObject({ ok: false, error: { code: 'camera.missing' } });
  });

  it('are asked for by a command without anything from outside', () => {
    expect(WINDOWS_LIST_COMMAND.slice(0, 4)).toEqual(['powershell.exe', '-NoProfile', '-NonInteractive', '-Command']);
    expect(WINDOWS_LIST_COMMAND).toHaveLength(5);
  });
});

const MAC = JSON.stringify({
  SPCameraDataType: [
    {
      _name: 'FaceTime HD Camera',
      'spcamera_model-id': 'FaceTime HD Camera',
      'spcamera_unique-id': '47B4B64B-7067-4B9C-AD2B-AE273A71F4B5',
    },
    {
      _name: 'HD Pro Webcam C920',
      'spcamera_model-id': 'UVC Camera VendorID_1133 ProductID_2093',
      'spcamera_unique-id': '0x14100000046d082d',
    },
    {
      _name: 'OBS Virtual Camera',
      'spcamera_model-id': 'OBS Camera Extension',
      'spcamera_unique-id': '7626645E-4425-469E-9D8B-97E0FA59AC75',
    },
  ],
});

describe('video devices of macOS', () => {
  it('are read from the system report; software is not told from hardware there', () => {
    const listed = parseMacDevices(MAC);
    expect(listed.ok && listed.value.map((device) => [device.bus, identityOf(device)])).toEqual([
      ['platform', 'platform:FaceTime HD Camera@47B4B64B-7067-4B9C-AD2B-AE273A71F4B5'],
      ['usb', 'usb:046d:082d:@14100000'],
      ['unknown', 'unknown:OBS Virtual Camera@7626645E-4425-469E-9D8B-97E0FA59AC75'],
    ]);
    expect(parseMacDevices('{"SPCameraDataType":[]}')).toEqual(ok([]));
  });

  it.each(['', '{}', '[]', '{"SPCameraDataType":{}}'])('are unknown from %j', (text) => {
    expect(parseMacDevices(text)).toMatchObject({ ok: false, error: { code: 'camera.missing' } });
  });
});

describe('the list of video devices', () => {
  it('comes from the platform that runs, and a command that fails is a failure', async () => {
    const failed = err(failure('camera.missing', 'ended with 1'));
    const ask = (platform: string, text: string | null) =>
      listVideoDevices({ platform, sysRoot: sys, run: async () => (text === null ? failed : ok(text)) });
    expect(await ask('win32', WINDOWS)).toMatchObject({ ok: true });
    expect(await ask('darwin', MAC)).toMatchObject({ ok: true });
    expect(await ask('linux', null)).toEqual(ok([]));
    expect(await ask('win32', null)).toEqual(failed);
    expect(await ask('openbsd', null)).toMatchObject({ ok: false });
  });
});
