import type { CameraSource } from '../../shared/ipc/kiosk.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { KioskConfiguration } from '../certification/service-contract.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { DemoHand } from './demo-hand.ts';

/**
 * What the kiosk is set to. A setting that can't be read is a failure and never a default: the kiosk then shows its
 * maintenance screen.
 */
export function readConfiguration(
  settings: SettingsStore,
  demo: DemoHand | null,
  digits: KioskConfiguration['digits'],
): Result<KioskConfiguration, Failure> {
  const scene = settings.read('scene');
  if (!scene.ok) return scene;
  const site = settings.read('site');
  if (!site.ok) return site;
  const camera = settings.read('camera');
  if (!camera.ok) return camera;
  const source: CameraSource = demo?.camera() ?? { kind: 'device', deviceId: camera.value.deviceId };
  return ok({
    scene: scene.value,
    site: site.value,
    camera: source,
    cameraGeometry: source.kind === 'device' ? camera.value.geometry : null,
    demo: demo?.choice() ?? null,
    digits,
  });
}
