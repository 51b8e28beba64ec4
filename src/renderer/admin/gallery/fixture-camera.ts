import type { LightChallenge, Srgb } from '../../../shared/domain/challenge.ts';
import type { CameraSign, OpenedCamera, VideoDevice } from '../../../shared/domain/camera-identity.ts';
import type { TerminalCalibration } from '../../../shared/domain/terminal-calibration.ts';
import type { AdminAnswers } from '../../../shared/ipc/admin.ts';
import type { CalibrationStatus, CameraIdentityStatus } from '../../../shared/ipc/admin-camera.ts';
import { failure } from '../../../shared/reasons.ts';
import { NOW_MS } from './fixture-records.ts';

const WEBCAM: VideoDevice = {
  name: 'HD Pro Webcam',
  bus: 'usb',
  usb: { vendorId: '046d', productId: '082d', serial: '1A2B3C4D' },
  path: '0000:00:14.0-4',
};

export const FIXTURE_CALIBRATION: TerminalCalibration = {
  version: 1,
  calibratedAtMs: NOW_MS - 12 * 86_400_000,
  camera: { label: 'HD Pro Webcam', identity: 'usb:046d:082d:1A2B3C4D', width: 640, height: 480 },
  screen: { width: 1080, height: 1920 },
  lagMs: 118,
  lagSpreadMs: 8,
  colourMatrix: [
    [0.92, 0.06, 0.02],
    [0.05, 0.9, 0.05],
    [0.01, 0.09, 0.9],
  ],
  gain: [0.31, 0.29, 0.27],
  framesPerSecond: 29.9,
  exposure: { min: 3, max: 2047, step: 1 },
};

type Case = 'normal' | 'empty' | 'troubled' | 'failing' | 'loading' | 'searching';

export function fixtureIdentity(which: Case, opened: OpenedCamera | null): CameraIdentityStatus {
  const pin =
    which === 'empty' ? null : { identity: 'usb:046d:082d:1A2B3C4D', label: 'HD Pro Webcam', pinnedAtMs: NOW_MS };
  if (opened === null) return { policy: 'require-pinned', pin, camera: null };
  const isPinned = opened.label === 'HD Pro Webcam';
  const signs: CameraSign[] = isPinned ? [] : ['no-controls', 'other-device'];
  const other: VideoDevice = { ...WEBCAM, name: 'Integrated Camera', path: '0000:00:14.0-7' };
  const camera: CameraIdentityStatus['camera'] = isPinned
    ? { identity: 'usb:046d:082d:1A2B3C4D', device: WEBCAM, pinned: 'same', signs, refusal: null }
    : {
        identity: 'usb:04f2:b6d9:@0000:00:14.0-7',
        device: { ...other, usb: { vendorId: '04f2', productId: 'b6d9', serial: null } },
        pinned: 'other',
        signs,
        refusal: failure('camera.changed', 'another device'),
      };
  return { policy: 'require-pinned', pin, camera };
}

export function fixtureCalibration(which: Case, opened: OpenedCamera | null): CalibrationStatus {
  const source = { kind: 'device', deviceId: 'camera-a' } as const;
  if (which === 'empty') return { source, calibration: null, validity: 'none' };
  const validity = opened === null ? 'unknown' : opened.label === 'HD Pro Webcam' ? 'valid' : 'camera-changed';
  return { source, calibration: FIXTURE_CALIBRATION, validity };
}

const COLOURS: readonly Srgb[] = [
  [255, 137, 97],
  [0, 255, 0],
  [0, 0, 255],
  [0, 255, 255],
];
const NONCE = '5a'.repeat(16);

export function fixtureChallenge(): AdminAnswers['admin:calibration-run'] {
  const colours = COLOURS.map((rgb, i) => ({ rgb, startMs: 250 + 250 * i, durationMs: 250 }));
  const challenge: LightChallenge = { kind: 'light', nonce: NONCE, colours, leadInMs: 250, tailMs: 200 };
  return { challenge, of: 3 };
}
