import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application } from '../../../src/main/composition/application-contract.ts';
import { createApplication } from '../../../src/main/composition/application.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { keyFile, KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import { enrolDevice } from '../../../src/main/verifiers/countersign/enrolment.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import type { DirectVerifierSetting } from '../../../src/shared/domain/direct-verifier.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import { ok, type Result } from '../../../src/shared/result.ts';
import { signInAsAdministrator } from '../staff-sign-in.ts';
import { usualScene, type SceneBeforeCamera } from './scene-before-camera.ts';
import { TIME_LAPSE } from './time-lapse.ts';
import { scriptedWorkers } from './scripted-workers.ts';

/** Who answers this terminal's questions. */
export type TerminalVerifier =
  | { readonly kind: 'none' }
  | { readonly kind: 'kv1'; readonly address: string; readonly enrolmentCode: string }
  | {
      readonly kind: 'direct';
      readonly setting: DirectVerifierSetting;
      readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
    };

export interface Terminal {
  readonly application: Application;
  readonly installation: Installation;
  readonly dataFolder: string;
  /** What stands before it; changes take effect at once. */
  readonly before: SceneBeforeCamera;
  /** The scene of whoever walks up. */
  setScene(changes: Partial<Scene>): void;
  /** Failures that were logged. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/**
 * The whole application without its windows, with a real database, real settings and the real cloud side, whose worker
 * processes say what a test has put before the camera and on the reader.
 */
export async function startTerminal(verifier: TerminalVerifier = { kind: 'none' }): Promise<Terminal> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'terminal-'));
  const clock: Clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() * TIME_LAPSE };
  const installation = unwrap(
    openInstallation(dataFolder, keyFile(join(dataFolder, KEY_FILE_NAME), randomBytes), clock),
  );
  // Makes the recogniser installed; what it is made of is the scripted worker's business.
  mkdirSync(join(dataFolder, 'speech'));
  writeFileSync(join(dataFolder, 'speech', 'speech.json'), '{}');
  unwrap(installation.settings.write('reader', { kind: 'serial', path: '/dev/scripted', baud: 'auto' }));
  unwrap(installation.settings.write('camera-trust', { policy: 'warn', pin: null }));
  await setVerifier(installation, verifier);
  const before = usualScene();
  const workers = await scriptedWorkers(before);
  const logged: string[] = [];
  const application = unwrap(
    createApplication({
      installation,
      dataFolder,
      modelsFolder: dataFolder,
      demoFolder: null,
      startWorker: workers.start,
      clock,
      appVersion: '0.0.0',
      cameraListing: { platform: 'linux', sysRoot: plugCamera(join(dataFolder, 'sys')), run: async () => ok('') },
      log: (event, failure) => logged.push(failure ? `${event}: ${failure.code} ${failure.detail ?? ''}` : event),
    }),
  );
  await application.start();
  await signInAsAdministrator(application.adminHandlers);
  return {
    application,
    installation,
    dataFolder,
    before,
    logged,
    setScene: (changes) => void unwrap(installation.settings.write('scene', { ...DEFAULT_SCENE, ...changes })),
    close: async () => {
      await application.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function setVerifier({ settings, secrets, identity }: Installation, verifier: TerminalVerifier): Promise<void> {
  if (verifier.kind === 'none') return;
  if (verifier.kind === 'direct') {
    unwrap(settings.write('direct-verifier', verifier.setting));
    unwrap(secrets.replace('direct-verifier-keys', Buffer.from(JSON.stringify(verifier.keys), 'utf8')));
    return;
  }
  const enrolled = unwrap(
    await enrolDevice(verifier.address, verifier.enrolmentCode, {
      publicKeyJwk: identity.publicKeyJwk,
      sign: (text) => identity.sign(text),
      model: 'test',
      appVersion: '0.0.0',
    }),
  );
  unwrap(settings.write('verifier', { address: enrolled.address, enrolment: enrolled.enrolment }));
}

/** One USB camera as Linux shows it below `/sys`. */
function plugCamera(sys: string): string {
  const device = join(sys, 'devices/pci0000:00/0000:00:14.0/usb1/1-2');
  const folder = join(device, '1-2:1.0/video4linux/video0');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(device, 'idVendor'), '0c45\n');
  writeFileSync(join(device, 'idProduct'), '6366\n');
  writeFileSync(join(device, 'devpath'), '2\n');
  writeFileSync(join(folder, 'name'), 'USB Camera\n');
  mkdirSync(join(sys, 'class/video4linux'), { recursive: true });
  symlinkSync(folder, join(sys, 'class/video4linux/video0'));
  return sys;
}

export function unwrap<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
