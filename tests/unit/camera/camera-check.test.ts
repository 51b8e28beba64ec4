import { describe, expect, it } from 'vitest';
import { examineCamera } from '../../../src/main/camera/camera-check.ts';
import type { CameraTrust, OpenedCamera, VideoDevice } from '../../../src/shared/domain/camera-identity.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

const WEBCAM: VideoDevice = {
  name: 'HD Pro Webcam C920',
  bus: 'usb',
  usb: { vendorId: '046d', productId: '082d', serial: '1A2B3C4D' },
  path: '0000:00:14.0-4',
};
const SECOND: VideoDevice = { ...WEBCAM, usb: { ...WEBCAM.usb!, serial: '9Z' }, path: '0000:00:14.0-5' };
const LABEL = 'HD Pro Webcam C920 (046d:082d)';
const LOOPBACK: VideoDevice = { name: LABEL, bus: 'virtual', usb: null, path: null };
const CONVERTER: VideoDevice = {
  name: 'USB Video',
  bus: 'usb',
  usb: { vendorId: '534d', productId: '2109', serial: null },
  path: '0000:00:14.0-6',
};

const FINGERPRINT = {
  width: { min: 1, max: 1920, step: null },
  height: { min: 1, max: 1080, step: null },
  framesPerSecond: { min: 1, max: 30, step: null },
  exposureTime: { min: 3, max: 2047, step: 1 },
  colourTemperature: { min: 2000, max: 6500, step: 1 },
  controls: ['exposureMode', 'exposureTime'],
  settings: { width: 1280, height: 720, framesPerSecond: 30 },
} as const;

const NO_PIN: CameraTrust = { policy: 'require-pinned', pin: null };
const PINNED: CameraTrust = {
  policy: 'require-pinned',
  pin: { identity: 'usb:046d:082d:1A2B3C4D', label: LABEL, pinnedAtMs: 1 },
};
const opened = (label = LABEL, more: Partial<OpenedCamera> = {}): OpenedCamera => ({
  label,
  labels: [label],
  fingerprint: FINGERPRINT,
  ...more,
});
const examine = (devices: readonly VideoDevice[] | null, camera: OpenedCamera, trust: CameraTrust) => {
  const listing = devices === null ? err(failure('camera.missing', 'EACCES')) : ok(devices);
  const { pinned, signs, refusal } = examineCamera({ opened: camera, listing, trust });
  return { pinned, signs, refused: refusal?.code ?? null };
};

describe('a camera in use', () => {
  it('is accepted when it is hardware, pinned or not', () => {
    expect(examine([WEBCAM, WEBCAM], opened(), NO_PIN)).toEqual({ pinned: 'none', signs: [], refused: null });
    expect(examine([WEBCAM, WEBCAM], opened(), PINNED)).toEqual({ pinned: 'same', signs: [], refused: null });
  });

  it('is refused when another one is pinned, unless the policy only warns', () => {
    const changed = { pinned: 'other', signs: ['other-device'], refused: 'camera.changed' };
    expect(examine([SECOND], opened(), PINNED)).toEqual(changed);
    expect(examine([SECOND], opened(), { ...PINNED, policy: 'warn' })).toEqual({ ...changed, refused: null });
  });

  it('is refused without hardware behind it, whatever its name and whatever is plugged in beside it', () => {
    const virtual = { pinned: 'none', signs: ['no-hardware'], refused: 'camera.virtual' };
    expect(examine([], opened(), NO_PIN)).toEqual(virtual);
    expect(examine([LOOPBACK], opened(), NO_PIN)).toEqual(virtual);
    expect(examine([WEBCAM, LOOPBACK], opened(), NO_PIN)).toEqual(virtual);
    // The same name without ids is not that USB camera.
    expect(examine([WEBCAM], opened('HD Pro Webcam C920'), NO_PIN)).toEqual(virtual);
    expect(examine([LOOPBACK], opened(), { ...PINNED, policy: 'warn' })).toMatchObject({ refused: 'camera.virtual' });
  });

  it('is refused when the page sees more cameras of its name than there are', () => {
    const twice = opened(LABEL, { labels: [LABEL, LABEL] });
    expect(examine([WEBCAM], twice, PINNED)).toEqual({
      pinned: 'same',
      signs: ['same-label-twice'],
      refused: 'camera.virtual',
    });
    expect(examine([WEBCAM, WEBCAM], twice, PINNED)).toMatchObject({ refused: null });
  });

  it('is not confirmed when two of its model are plugged in', () => {
    const two = { pinned: 'unconfirmed', signs: ['not-confirmed'], refused: 'camera.changed' };
    expect(examine([WEBCAM, SECOND], opened(), PINNED)).toEqual(two);
    expect(examine([WEBCAM, SECOND], opened(), NO_PIN)).toEqual({ ...two, pinned: 'none', refused: null });
  });

  it('is neither virtual nor confirmed when the devices could not be listed', () => {
    expect(examine(null, opened(), NO_PIN)).toEqual({ pinned: 'none', signs: ['not-confirmed'], refused: null });
    expect(examine(null, opened(), PINNED)).toMatchObject({ pinned: 'unconfirmed', refused: 'camera.changed' });
    expect(examine(null, opened(), { ...PINNED, policy: 'warn' })).toMatchObject({ refused: null });
  });

  it('is refused by the name of virtual software even where nothing can be listed', () => {
    expect(examine(null, opened('OBS Virtual Camera'), NO_PIN)).toMatchObject({ refused: 'camera.virtual' });
  });

  it('that converts any video signal is refused until it is pinned itself', () => {
    const label = 'USB Video (534d:2109)';
    expect(examine([CONVERTER], opened(label), NO_PIN)).toEqual({
      pinned: 'none',
      signs: ['capture-device'],
      refused: 'camera.virtual',
    });
    const pin = { identity: 'usb:534d:2109:@0000:00:14.0-6', label, pinnedAtMs: 1 };
    expect(examine([CONVERTER], opened(label), { policy: 'require-pinned', pin })).toMatchObject({ refused: null });
  });

  it('shows soft signs without being refused: no controls, sizes that no sensor has', () => {
    const bare = { ...FINGERPRINT, controls: [], settings: { width: 641, height: 480, framesPerSecond: 1_000 } };
    expect(examine([WEBCAM], opened(LABEL, { fingerprint: bare }), PINNED)).toEqual({
      pinned: 'same',
      signs: ['impossible-format', 'no-controls'],
      refused: null,
    });
  });
});
