import { execFile } from 'node:child_process';
import { examineCamera, type CameraFinding } from '../camera/camera-check.ts';
import { createCalibrationSession, validityOf, type CalibrationSession } from '../camera/calibration-session.ts';
import { listVideoDevices, type ListingPlatform, type RunCommand } from '../camera/device-listing.ts';
import { calibrate } from '../liveness/calibration.ts';
import { DEFAULT_LIGHT_SLOTS, issueLightChallenge } from '../liveness/light-challenge.ts';
import type { Clock } from '../../shared/clock.ts';
import type { OpenedCamera } from '../../shared/domain/camera-identity.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import type { CameraPicture, ScreenSize } from '../../shared/ipc/admin-camera.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { strongRandomBytes } from './installation.ts';

/** The terminal's camera: which device it is, whether it may be used, and what was learned about it. */
export interface CameraService {
  /** Looks the opened camera up among the machine's devices. A setting that can't be read is a failure. */
  examine(opened: OpenedCamera): Promise<Result<CameraFinding, Failure>>;
  /**
   * The calibration, if it holds for exactly this camera, picture and screen; null otherwise.
   *
   * @param identity of the camera as `examine` found it; null for one that has none.
   */
  calibrationFor(camera: CameraPicture & { identity: string | null }, screen: ScreenSize): TerminalCalibration | null;
  readonly calibration: CalibrationSession;
}

export interface CameraServiceParts {
  readonly settings: SettingsStore;
  readonly clock: Clock;
  /** The machine's; another one in tests. */
  readonly platform?: ListingPlatform;
}

/** PowerShell takes its time to start. */
const LISTING_TIMEOUT_MS = 15_000;
const LISTING_BYTES = 1_000_000;

const runCommand: RunCommand = ([file = '', ...args]) =>
  new Promise((resolve) => {
    const limits = { timeout: LISTING_TIMEOUT_MS, maxBuffer: LISTING_BYTES, windowsHide: true };
    execFile(file, args, limits, (error, written) => {
      const detail = error ? `${String(error.code ?? error.signal ?? 'unknown')}` : '';
      resolve(error ? err(failure('camera.missing', `the video devices can't be listed: ${detail}`)) : ok(written));
    });
  });

const THIS_MACHINE: ListingPlatform = { platform: process.platform, sysRoot: '/sys', run: runCommand };

/** The machine's video devices as its system lists them. */
export function listMachineCameras(platform: ListingPlatform = THIS_MACHINE): ReturnType<typeof listVideoDevices> {
  return listVideoDevices(platform);
}

/** Settings are read anew each time. A calibration that can't be read counts as none. */
export function createCameraService(parts: CameraServiceParts): CameraService {
  const { settings, clock, platform = THIS_MACHINE } = parts;
  return {
    examine: async (opened) => {
      const trust = settings.read('camera-trust');
      if (!trust.ok) return trust;
      return ok(examineCamera({ opened, listing: await listVideoDevices(platform), trust: trust.value }));
    },
    calibrationFor: (camera, screen) => {
      const stored = settings.read('calibration');
      if (!stored.ok || stored.value === null) return null;
      return validityOf(stored.value, { camera, screen }) === 'valid' ? stored.value : null;
    },
    calibration: createCalibrationSession({
      issue: () =>
        issueLightChallenge({ randomBytes: strongRandomBytes, palette: 'vivid', slots: DEFAULT_LIGHT_SLOTS }),
      measure: calibrate,
      wallMs: () => clock.wallMs(),
    }),
  };
}
