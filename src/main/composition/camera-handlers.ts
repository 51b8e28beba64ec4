import type { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import type { CameraTrust, OpenedCamera } from '../../shared/domain/camera-identity.ts';
import type { ADMIN_CAMERA_CHANNELS, AdminCameraAnswers, CameraIdentityStatus } from '../../shared/ipc/admin-camera.ts';
import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CALIBRATION_RUNS, validityOf } from '../camera/calibration-session.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { CameraService } from './camera-service.ts';

type CameraChannel = keyof typeof ADMIN_CAMERA_CHANNELS;

export type CameraHandlers = {
  readonly [C in CameraChannel]: (
    request: z.output<(typeof ADMIN_CAMERA_CHANNELS)[C]>,
  ) => Result<AdminCameraAnswers[C], Failure> | Promise<Result<AdminCameraAnswers[C], Failure>>;
};

export interface CameraHandlerParts {
  readonly settings: SettingsStore;
  readonly camera: CameraService;
  readonly clock: Clock;
  /** The simulated camera of a demonstration; null elsewhere. */
  readonly simulated: () => CameraSource | null;
  /** A certification is running, so the camera can't be taken away from it. */
  readonly busy: () => boolean;
  readonly onSettings: () => void;
}

/** What the device page may ask about the camera: its identity and the terminal's calibration. */
export function createCameraHandlers(parts: CameraHandlerParts): CameraHandlers {
  return { ...identityHandlers(parts), ...calibrationHandlers(parts) };
}

type Handlers<Channels extends CameraChannel> = Pick<CameraHandlers, Channels>;

function identityHandlers(parts: CameraHandlerParts): Handlers<'admin:camera-identity' | 'admin:save-camera-trust'> {
  const { settings, camera, clock } = parts;
  const statusOf = async (opened: OpenedCamera | null): Promise<Result<CameraIdentityStatus, Failure>> => {
    const trust = settings.read('camera-trust');
    if (!trust.ok) return trust;
    if (opened === null) return ok({ ...trust.value, camera: null });
    const found = await camera.examine(opened);
    return found.ok ? ok({ ...trust.value, camera: found.value }) : found;
  };
  const pinOf = async (opened: OpenedCamera | null): Promise<Result<CameraTrust['pin'], Failure>> => {
    if (opened === null) return err(failure('request.invalid', 'pin: no camera is open'));
    const found = await camera.examine(opened);
    if (!found.ok) return found;
    const { identity, signs } = found.value;
    if (identity === null) return err(failure('camera.virtual', `can not be pinned: ${signs.join(', ')}`));
    return ok({ identity, label: opened.label, pinnedAtMs: Math.floor(clock.wallMs()) });
  };
  return {
    'admin:camera-identity': ({ opened }) => statusOf(opened),
    'admin:save-camera-trust': async ({ policy, pin, opened }) => {
      const before = settings.read('camera-trust');
      if (!before.ok) return before;
      const next = pin === 'pin-opened' ? await pinOf(opened) : ok(pin === 'keep' ? before.value.pin : null);
      if (!next.ok) return next;
      const written = settings.write('camera-trust', { policy, pin: next.value });
      if (!written.ok) return written;
      parts.onSettings();
      return statusOf(opened);
    },
  };
}

function calibrationHandlers(
  parts: CameraHandlerParts,
): Handlers<'admin:calibration' | 'admin:calibration-run' | 'admin:calibration-frame' | 'admin:calibration-played'> {
  const { settings, camera } = parts;
  /** A simulated camera has no device behind it; its calibration is for it alone, by its label. */
  const identityOf = async (opened: OpenedCamera | null): Promise<string | null> => {
    if (opened === null || parts.simulated() !== null) return null;
    const found = await camera.examine(opened);
    return found.ok ? found.value.identity : null;
  };
  const sourceOf = (): Result<CameraSource, Failure> => {
    const simulated = parts.simulated();
    if (simulated !== null) return ok(simulated);
    const chosen = settings.read('camera');
    return chosen.ok ? ok({ kind: 'device', deviceId: chosen.value.deviceId }) : chosen;
  };
  return {
    'admin:calibration': async ({ camera: picture, opened, screen }) => {
      const source = sourceOf();
      if (!source.ok) return source;
      const stored = settings.read('calibration');
      if (!stored.ok) return stored;
      const calibration = stored.value;
      if (calibration === null) return ok({ source: source.value, calibration, validity: 'none' });
      if (picture === null) return ok({ source: source.value, calibration, validity: 'unknown' });
      const used = { camera: { ...picture, identity: await identityOf(opened) }, screen };
      return ok({ source: source.value, calibration, validity: validityOf(calibration, used) });
    },
    'admin:calibration-run': async ({ run, camera: picture, opened, screen }) => {
      if (parts.busy()) return err(failure('request.invalid', 'a certification is running: wait until it has ended'));
      const identity = await identityOf(opened);
      const exposure = opened.fingerprint?.exposureTime;
      const devices = {
        camera: { ...picture, identity },
        screen,
        exposure: exposure ? { min: exposure.min, max: exposure.max, step: exposure.step ?? 0 } : null,
      };
      const begun = camera.calibration.begin(run, devices);
      return begun.ok ? ok({ challenge: begun.value, of: CALIBRATION_RUNS }) : begun;
    },
    'admin:calibration-frame': ({ nonce, ...frame }) => camera.calibration.addFrame(nonce, frame),
    'admin:calibration-played': ({ nonce, display }) => {
      const played = camera.calibration.played(nonce, display);
      if (!played.ok) return played;
      if (played.value.state !== 'good') return ok(played.value);
      const { calibration } = played.value;
      const written = settings.write('calibration', calibration);
      if (!written.ok) return written;
      parts.onSettings();
      return ok({ state: 'stored', calibration });
    },
  };
}
