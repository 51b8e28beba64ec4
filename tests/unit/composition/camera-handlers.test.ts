import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCameraHandlers } from '../../../src/main/composition/camera-handlers.ts';
import { createCameraService } from '../../../src/main/composition/camera-service.ts';
import { createSettingsStore, type SettingsStore } from '../../../src/main/settings/settings.ts';
import type { OpenedCamera } from '../../../src/shared/domain/camera-identity.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { manualClock } from '../../support/manual-clock.ts';

const LABEL = 'USB Camera (0c45:6366)';
const OPENED: OpenedCamera = { label: LABEL, labels: [LABEL], fingerprint: null };
const PICTURE = { label: LABEL, width: 640, height: 480 };
const SCREEN = { width: 1080, height: 1920 };

let sys = '';
let rows: Map<string, string>;
let settings: SettingsStore;
let changes = 0;
beforeEach(() => {
  sys = mkdtempSync(join(tmpdir(), 'countersign-sys-'));
  rows = new Map();
  changes = 0;
  settings = createSettingsStore({
    read: (name) => ok(rows.get(name) ?? null),
    write: (name, json) => {
      rows.set(name, json);
      return ok(null);
    },
  });
  plugIn('1-2', '2');
});
afterEach(() => rmSync(sys, { recursive: true, force: true }));

/** A camera without a serial number at a port, the only one of the machine. */
function plugIn(port: string, devpath: string): void {
  rmSync(sys, { recursive: true, force: true });
  const device = join(sys, 'devices/pci0000:00/0000:00:14.0/usb1', port);
  const folder = join(device, `${port}:1.0/video4linux/video0`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(device, 'idVendor'), '0c45\n');
  writeFileSync(join(device, 'idProduct'), '6366\n');
  writeFileSync(join(device, 'devpath'), `${devpath}\n`);
  writeFileSync(join(folder, 'name'), 'USB Camera\n');
  mkdirSync(join(sys, 'class/video4linux'), { recursive: true });
  symlinkSync(folder, join(sys, 'class/video4linux/video0'));
}

function handlers(busy = false) {
  const clock = manualClock(1_700_000_000_000);
  const platform = { platform: 'linux', sysRoot: sys, run: async () => ok('') };
  return createCameraHandlers({
    settings,
    camera: createCameraService({ settings, clock, platform }),
    clock,
    simulated: () => null,
    busy: () => busy,
    onSettings: () => void (changes += 1),
  });
}

const PIN_IT = { policy: 'require-pinned', pin: 'pin-opened', opened: OPENED } as const;

describe('the pin of a camera', () => {
  it('is set by an administrator and refuses the camera at another port from then on', async () => {
    expect(await handlers()['admin:camera-identity']({ opened: OPENED })).toMatchObject({
      value: { pin: null, camera: { identity: 'usb:0c45:6366:@0000:00:14.0-2', pinned: 'none', refusal: null } },
    });
    const pinned = await handlers()['admin:save-camera-trust'](PIN_IT);
    expect(pinned).toMatchObject({ value: { camera: { pinned: 'same', refusal: null } } });
    expect(changes).toBe(1);
    plugIn('1-3', '3');
    expect(await handlers()['admin:camera-identity']({ opened: OPENED })).toMatchObject({
      value: { camera: { pinned: 'other', refusal: { code: 'camera.changed' } } },
    });
    const lenient = { policy: 'warn', pin: 'keep', opened: OPENED } as const;
    expect(await handlers()['admin:save-camera-trust'](lenient)).toMatchObject({
      value: { policy: 'warn', camera: { pinned: 'other', refusal: null } },
    });
    const removed = { ...lenient, pin: 'remove' } as const;
    expect(await handlers()['admin:save-camera-trust'](removed)).toMatchObject({ value: { pin: null } });
  });

  it('is never set on something that is not a known device', async () => {
    const ghost = { ...PIN_IT, opened: { label: 'OBS', labels: ['OBS'], fingerprint: null } } as const;
    expect(await handlers()['admin:save-camera-trust'](ghost)).toMatchObject({ error: { code: 'camera.virtual' } });
    expect(await handlers()['admin:save-camera-trust']({ ...PIN_IT, opened: null })).toMatchObject({ ok: false });
    expect(rows.size).toBe(0);
  });

  it('that can not be read is a failure and not "no pin"', async () => {
    rows.set('camera-trust', '{"policy":"none"}');
    expect(await handlers()['admin:camera-identity']({ opened: OPENED })).toEqual(
      err(failure('store.corrupt', 'setting camera-trust does not parse')),
    );
  });
});

describe('the calibration of the device page', () => {
  const ask = { camera: PICTURE, opened: OPENED, screen: SCREEN };
  const stored = {
    version: 1,
    calibratedAtMs: 1,
    camera: { ...PICTURE, identity: 'usb:0c45:6366:@0000:00:14.0-2' },
    screen: SCREEN,
    lagMs: 118,
    lagSpreadMs: 6,
    colourMatrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    gain: [0.3, 0.3, 0.3],
    framesPerSecond: 30,
    exposure: null,
  } as const;

  it('is valid for the very device it was made with, and for the flow too', async () => {
    expect(await handlers()['admin:calibration'](ask)).toMatchObject({ value: { validity: 'none' } });
    expect(settings.write('calibration', stored).ok).toBe(true);
    expect(await handlers()['admin:calibration'](ask)).toMatchObject({ value: { validity: 'valid' } });
    expect(await handlers()['admin:calibration']({ ...ask, camera: null, opened: null })).toMatchObject({
      value: { validity: 'unknown' },
    });
    const platform = { platform: 'linux', sysRoot: sys, run: async () => ok('') };
    const service = createCameraService({ settings, clock: manualClock(1), platform });
    expect(service.calibrationFor(stored.camera, SCREEN)).toEqual(stored);
    expect(service.calibrationFor({ ...stored.camera, identity: null }, SCREEN)).toBeNull();
    plugIn('1-3', '3');
    expect(await handlers()['admin:calibration'](ask)).toMatchObject({ value: { validity: 'camera-changed' } });
  });

  it('does not begin while somebody is being certified', async () => {
    const run = { run: 0, camera: PICTURE, opened: OPENED, screen: SCREEN };
    expect(await handlers(true)['admin:calibration-run'](run)).toMatchObject({ ok: false });
    expect(await handlers()['admin:calibration-run'](run)).toMatchObject({ value: { of: 3 } });
  });
});
