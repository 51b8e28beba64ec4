import type { DocumentDevices } from '../../shared/domain/document-devices.ts';
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
  const documents = settings.read('documents');
  if (!documents.ok) return documents;
  const source: CameraSource = demo?.camera() ?? { kind: 'device', deviceId: camera.value.deviceId };
  return ok({
    scene: scene.value,
    site: site.value,
    camera: source,
    documentCamera: documentCameraOf(documents.value, source),
    readsChips: documents.value.chipReader !== null,
    readsSwipes: documents.value.zoneReader !== null,
    cameraGeometry: source.kind === 'device' ? camera.value.geometry : null,
    demo: demo?.choice() ?? null,
    digits,
  });
}

/** A simulated person holds their document before the same simulated camera. */
function documentCameraOf({ camera }: DocumentDevices, face: CameraSource): CameraSource | null {
  return camera === null || face.kind === 'simulated' ? null : { kind: 'device', deviceId: camera.deviceId };
}
