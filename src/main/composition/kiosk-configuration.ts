import type { DocumentDevices } from '../../shared/domain/document-devices.ts';
import { findScheme } from '../../shared/domain/scheme-presets.ts';
import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { KioskConfiguration } from '../certification/service-contract.ts';
import type { SceneBook } from '../settings/scene-book.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { DemoHand } from './demo-hand.ts';

/**
 * What the kiosk is set to. A setting that can't be read is a failure and never a default: the kiosk then shows its
 * maintenance screen.
 */
export function readConfiguration(
  { settings, scenes }: { readonly settings: SettingsStore; readonly scenes: SceneBook },
  demo: DemoHand | null,
  digits: KioskConfiguration['digits'],
): Result<KioskConfiguration, Failure> {
  const all = scenes.scenes();
  if (!all.ok) return all;
  const composed = scenes.schemes();
  if (!composed.ok) return composed;
  const recipient = recipientOf(settings);
  if (!recipient.ok) return recipient;
  const site = settings.read('site');
  if (!site.ok) return site;
  const camera = settings.read('camera');
  if (!camera.ok) return camera;
  const documents = settings.read('documents');
  if (!documents.ok) return documents;
  const reader = settings.read('reader');
  if (!reader.ok) return reader;
  const peripherals = settings.read('peripherals');
  if (!peripherals.ok) return peripherals;
  // A look that can't be read is no reason to close the kiosk: it then has the product's own.
  const brand = settings.read('brand');
  const source: CameraSource = demo?.camera() ?? { kind: 'device', deviceId: camera.value.deviceId };
  return ok({
    scene: all.value[0],
    findScene: (sceneId) => all.value.find(({ id }) => id === sceneId),
    findScheme: (schemeId) => findScheme(schemeId, composed.value),
    recipient: recipient.value,
    site: site.value,
    camera: source,
    documentCamera: documentCameraOf(documents.value, source),
    readsCards: reader.value !== null || demo !== null,
    readsChips: documents.value.chipReader !== null,
    readsSwipes: documents.value.zoneReader !== null,
    cameraGeometry: source.kind === 'device' ? camera.value.geometry : null,
    demo: demo?.choice() ?? null,
    peripherals: peripherals.value,
    ...(brand.ok ? { brand: brand.value } : {}),
    digits,
  });
}

/**
 * What the kiosk is set to, read anew each time. Where it can't be read later on, what was read last goes on holding.
 *
 * @returns the failure of a setting that can't be read now.
 */
export function followConfiguration(
  stores: { readonly settings: SettingsStore; readonly scenes: SceneBook },
  demo: DemoHand | null,
  digits: KioskConfiguration['digits'],
  log: (event: string, failure: Failure) => void,
): Result<() => KioskConfiguration, Failure> {
  const first = readConfiguration(stores, demo, digits);
  if (!first.ok) return first;
  let last = first.value;
  return ok(() => {
    const read = readConfiguration(stores, demo, digits);
    if (read.ok) last = read.value;
    else log('settings', read.error);
    return last;
  });
}

/** A simulated person holds their document before the same simulated camera. */
function documentCameraOf({ camera }: DocumentDevices, face: CameraSource): CameraSource | null {
  return camera === null || face.kind === 'simulated' ? null : { kind: 'device', deviceId: camera.deviceId };
}

/** Whom the notice names: the vendor that is asked from here, else our verifier by its address. */
function recipientOf(settings: SettingsStore): Result<string | null, Failure> {
  const direct = settings.read('direct-verifier');
  if (!direct.ok) return direct;
  if (direct.value !== null) return ok(VENDOR_NAMES[direct.value.vendor]);
  const verifier = settings.read('verifier');
  if (!verifier.ok) return verifier;
  const { address, enrolment } = verifier.value;
  return ok(address === null || enrolment === null ? null : new URL(address).host);
}

const VENDOR_NAMES = { tencent: '腾讯云 Tencent Cloud', aliyun: '阿里云 Alibaba Cloud', uni: 'uniCloud' } as const;
