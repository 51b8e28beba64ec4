import type { DocumentGuidance, DocumentPage } from '../../../shared/domain/document-reading.ts';
import { fixtureChip, fixtureChipReaders, fixtureDevices, fixtureReadDocument } from './fixture-documents.ts';
import { DEFAULT_CAMERA_GEOMETRY } from '../../../shared/domain/camera-geometry.ts';
import type { AdminBridge } from '../../../preload/bridge.ts';
import { assertNever } from '../../../shared/assert-never.ts';
import {
  ADMIN_CHANNELS,
  type AdminAnswers,
  type AdminChannel,
  type ReaderStatus,
  type VerifierStatus,
} from '../../../shared/ipc/admin.ts';
import type { DirectVerifierView } from '../../../shared/ipc/admin-outbox.ts';
import type { OpenedCamera } from '../../../shared/domain/camera-identity.ts';
import { changedMeanwhile } from '../../../shared/changed-meanwhile.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import { FIXTURE_CALIBRATION, fixtureCalibration, fixtureChallenge, fixtureIdentity } from './fixture-camera.ts';
import {
  FIXTURE_READER,
  fixtureDiagnosis,
  fixtureFound,
  fixturePorts,
  fixtureReader,
  fixtureReading,
  fixtureTestRead,
} from './fixture-readers.ts';
import { fixtureConfirmations, fixtureDirectVerifier, fixtureOutbox } from './fixture-outbox.ts';
import { FixtureSchemes, isSchemeChannel, type SchemeChannel } from './fixture-schemes.ts';
import { NOW_MS } from './fixture-records.ts';
import { answerArea, isAreaChannel, type AreaChannel } from './area-fixtures.ts';
import type { GalleryCase } from './gallery-case.ts';

export { GALLERY_CASES, type GalleryCase } from './gallery-case.ts';

const VERIFIER: VerifierStatus = {
  address: 'https://verifier.example',
  enrolled: true,
  deviceId: 'dev-7Q4K2',
  serverKeyFingerprint: '7d9c2b41f0a35e86c4419b0d22f7e8a1',
  unsent: 3,
  lastSyncAtMs: NOW_MS - 95_000,
  lastFailure: null,
};

type State = { -readonly [C in AdminChannel]?: AdminAnswers[C] };

function freshState(which: GalleryCase): State {
  const troubled = which === 'troubled';
  const empty = which === 'empty';
  return {
    'admin:system': {
      appVersion: '0.1.0',
      databaseKey: troubled ? 'key-file' : 'vault',
      models: troubled ? failure('inference.model-refused', 'feature.onnx') : 'ready',
      audit: troubled
        ? { entries: 4127, ok: false, firstBadEntry: 3981 }
        : empty
          ? null
          : { entries: 4127, ok: true, firstBadEntry: null },
      demo: troubled,
    },
    'admin:reader': fixtureReader(which),
    'admin:list-ports': fixturePorts(which),
    'admin:card-reading': fixtureReading(which),
    'admin:camera': {
      ...(empty ? { deviceId: null, label: null } : { deviceId: 'camera-a', label: 'HD Pro Webcam' }),
      geometry: DEFAULT_CAMERA_GEOMETRY,
    },
    'admin:verifier': troubled
      ? { ...VERIFIER, unsent: 214, lastFailure: failure('verifier.unreachable', 'connection refused') }
      : empty
        ? {
            ...VERIFIER,
            address: null,
            enrolled: false,
            deviceId: null,
            serverKeyFingerprint: null,
            unsent: 0,
            lastSyncAtMs: null,
          }
        : VERIFIER,
    'admin:outbox': fixtureOutbox(which),
    'admin:site': {
      siteName: '人民路支行',
      siteNameEnglish: 'Renmin Road branch',
      purpose: '办理柜台业务时核验身份',
      purposeEnglish: '',
    },
  };
}

/** A card that is a little askew and still too far away. */
const FIXTURE_GUIDANCE: DocumentGuidance = {
  outline: [
    [0.22, 0.3],
    [0.74, 0.27],
    [0.76, 0.7],
    [0.24, 0.72],
  ],
  hint: 'closer',
  progress: 0,
  take: false,
};

/** A terminal made of fixtures that checks requests as main does and remembers what was saved. */
export class FixtureTerminal {
  readonly #state: State;
  readonly #which: GalleryCase;
  readonly #schemes: FixtureSchemes;
  #runsLeft = 3;
  /** Somebody else was faster, once. */
  #beaten = false;

  constructor(which: GalleryCase) {
    this.#which = which;
    this.#schemes = new FixtureSchemes(which);
    this.#state = freshState(which);
  }

  readonly bridge: AdminBridge = {
    invoke: async (channel, request) => {
      if (!ADMIN_CHANNELS[channel].safeParse(request).success) return err(failure('request.invalid', channel));
      if (channel !== 'admin:gate' && this.#which === 'loading') return new Promise(() => undefined);
      if (channel === 'admin:detect-readers' && this.#which === 'searching') return new Promise(() => undefined);
      if (channel === 'admin:try-photo-decoder' && this.#which === 'troubled')
        return err(failure('decoder.wrong-bitness', 'libwlt.so is for another processor'));
      if (channel !== 'admin:gate' && this.#which === 'failing')
        return err(failure('store.unavailable', 'disk I/O error'));
      if (channel === 'admin:save-site' && this.#which === 'troubled' && !this.#beaten) {
        this.#beaten = true;
        return err(changedMeanwhile({ setting: 'site', by: '林主管', atMs: NOW_MS - 60_000 }));
      }
      if (isSchemeChannel(channel)) return this.#schemes.answer(channel, request) as never;
      if (isAreaChannel(channel)) return (await answerArea(channel, request, this.#which)) as never;
      return ok((await this.#answer(channel, request)) as never);
    },
  };

  #answer(channel: Exclude<AdminChannel, SchemeChannel | AreaChannel>, request: unknown): unknown {
    const asked = (request ?? {}) as Record<string, unknown>;
    switch (channel) {
      case 'admin:save-reader':
        return (this.#state['admin:reader'] = {
          ...FIXTURE_READER,
          transport: asked['transport'] as ReaderStatus['transport'],
        });
      case 'admin:save-camera':
        return (this.#state['admin:camera'] = request as AdminAnswers['admin:camera']);
      case 'admin:camera-identity':
        return fixtureIdentity(this.#which, asked['opened'] as OpenedCamera | null);
      case 'admin:save-camera-trust':
        return {
          ...fixtureIdentity(this.#which, asked['opened'] as OpenedCamera | null),
          policy: asked['policy'],
          ...(asked['pin'] === 'remove' ? { pin: null } : {}),
        };
      case 'admin:calibration':
        return fixtureCalibration(this.#which, asked['opened'] as OpenedCamera | null);
      case 'admin:calibration-run':
        this.#runsLeft = asked['run'] === 0 ? 3 : this.#runsLeft;
        return fixtureChallenge();
      case 'admin:open-clerk':
      case 'admin:calibration-frame':
        return null;
      case 'admin:calibration-played':
        this.#runsLeft -= 1;
        return this.#runsLeft > 0
          ? { state: 'more', runsLeft: this.#runsLeft }
          : { state: 'stored', calibration: FIXTURE_CALIBRATION };
      case 'admin:save-site':
        return (this.#state['admin:site'] = request as AdminAnswers['admin:site']);
      case 'admin:enrol':
        return (this.#state['admin:verifier'] = {
          ...VERIFIER,
          address: String(asked['address']),
          unsent: 0,
          lastSyncAtMs: null,
        });
      case 'admin:sync-now':
        return (this.#state['admin:verifier'] = { ...VERIFIER, unsent: 0, lastSyncAtMs: NOW_MS });
      case 'admin:outbox':
      case 'admin:outbox-send':
        return this.#state['admin:outbox'];
      case 'admin:outbox-pause':
        return (this.#state['admin:outbox'] = { ...fixtureOutbox(this.#which), paused: asked['paused'] === true });
      case 'admin:outbox-resolve': {
        const view = fixtureOutbox(this.#which);
        const items = view.items.filter(({ certifyId }) => certifyId !== asked['certifyId']);
        return (this.#state['admin:outbox'] = { ...view, items });
      }
      case 'admin:direct-verifier':
        return this.#state[channel] ?? fixtureDirectVerifier(this.#which);
      case 'admin:save-direct-verifier':
        return (this.#state['admin:direct-verifier'] = fixtureDirectVerifier(
          this.#which,
          request as Pick<DirectVerifierView, 'setting'>,
        ));
      case 'admin:confirmations':
        return fixtureConfirmations(this.#which);
      case 'admin:test-reader':
        return fixtureTestRead(this.#which);
      case 'admin:system':
      case 'admin:reader':
      case 'admin:list-ports':
      case 'admin:camera':
      case 'admin:verifier':
      case 'admin:site':
      case 'admin:card-reading':
        return this.#state[channel];
      case 'admin:save-card-reading':
        return (this.#state['admin:card-reading'] = request as AdminAnswers['admin:card-reading']);
      case 'admin:detect-readers':
        return fixtureFound(this.#which);
      case 'admin:diagnose-reader':
        return fixtureDiagnosis(this.#which, (asked['transport'] ?? null) as ReaderStatus['transport']);
      case 'admin:try-photo-decoder':
        return { name: 'libwlt.so', tookMs: 12 };
      case 'admin:document-devices':
        return fixtureDevices(this.#which);
      case 'admin:save-document-devices':
        return request;
      case 'admin:chip-readers':
        return fixtureChipReaders(this.#which);
      case 'admin:chip-progress':
        return { progress: null, zone: null };
      case 'admin:drop-document':
        return null;
      case 'admin:document-frame':
        return FIXTURE_GUIDANCE;
      case 'admin:confirm-document':
        return { corrections: [] };
      case 'admin:read-document':
        return fixtureReadDocument(this.#which, asked['page'] as DocumentPage).then((reading) => ({
          readingId: '3f8e1c1a-6f3b-4c39-9a50-0d3f4a6e2b11',
          reading,
        }));
      case 'admin:read-chip':
        return fixtureChip();
      default:
        return assertNever(channel);
    }
  }
}
