import { v7 as uuid } from 'uuid';
import type { Clock } from '../../shared/clock.ts';
import {
  digitLivenessOffer,
  type DigitLivenessOffer,
  type SpokenLanguage,
} from '../../shared/domain/digit-liveness.ts';
import { numberAgreesWith } from '../../shared/domain/number-agreement.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { identificationPolicyOf } from '../../shared/domain/scene.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ListingPlatform } from '../camera/device-listing.ts';
import type { DeviceContract } from '../card-reader/contract.ts';
import type { CertificationService, KioskConfiguration } from '../certification/service-contract.ts';
import { createCertificationService } from '../certification/service.ts';
import { sweepClipFolders } from '../clip/clip-folders.ts';
import { findFfmpeg, type ClipProgram } from '../clip/ffmpeg.ts';
import type { InferenceContract } from '../inference/contract.ts';
import type { VerifierPicture } from '../inference/verifier-picture.ts';
import { checkIntegrity } from '../store/database.ts';
import { localDayOf } from '../store/local-day.ts';
import { DEFAULT_CAPS } from '../sync/offline-caps.ts';
import type { StartWorker } from '../worker-process/endpoint.ts';
import { superviseWorker } from '../worker-process/supervisor.ts';
import { createAdminHandlers, type AdminHandlers } from './admin-handlers.ts';
import { createDocumentReading } from './document-reading.ts';
import { createTravelDocumentService } from './travel-document-service.ts';
import { createEvidenceKeeper } from './evidence-keeper.ts';
import { createCameraGate, rememberSigns } from './camera-gate.ts';
import { createCameraService } from './camera-service.ts';
import { createChallengeIssuer } from './challenge-issuer.ts';
import { clipTargetOf } from './clip-offers.ts';
import { createDirectVerifierDesk } from './direct-verifier.ts';
import { createDemoHand, type DemoHand } from './demo-hand.ts';
import { createConfirmationDesk } from './confirmation-desk.ts';
import { createFaceInference, type PreparedInference } from './face-inference.ts';
import { strongRandomBytes, type Installation } from './installation.ts';
import { readConfiguration } from './kiosk-configuration.ts';
import { takeProvisioning } from './provisioning.ts';
import { createReaderService } from './reader-service.ts';
import { readerSetup } from './reader-setup.ts';
import { watchReader } from './reader-watch.ts';
import { createPictureInference } from './picture-inference.ts';
import type { RequestServices } from './request-services.ts';
import { keepingResults } from './result-keeper.ts';
import { createSchemeServices } from './scheme-services.ts';
import { createSpeechService } from './speech-service.ts';
import { createSyncService } from './sync-service.ts';

export interface ApplicationParts {
  readonly installation: Installation;
  readonly dataFolder: string;
  readonly modelsFolder: string;
  /** Folder of the simulated persons and cards; null outside of a demonstration. */
  readonly demoFolder: string | null;
  readonly startWorker: StartWorker;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly log: (event: string, failure?: Failure) => void;
  /** How the machine's cameras are listed; absent: as its system does. */
  readonly cameraListing?: ListingPlatform;
}

/** The application without its windows: flow, devices, models, store and sync, wired. */
export interface Application {
  readonly service: CertificationService;
  readonly adminHandlers: AdminHandlers;
  readonly demo: DemoHand | null;
  readonly requests: RequestServices;
  hasScene(sceneId: string): boolean;
  /** Local calendar day, `YYYY-MM-DD`. */
  today(): string;
  /** A travel document is asked for, and the reader for its lower edge types like a keyboard. */
  readsSwipedKeys(): boolean;
  /** Loads the models, opens the reader, takes over provisioning and starts to sync. */
  start(): Promise<void>;
  /** Settles when nothing is under way any more and the database is closed. */
  stop(): Promise<void>;
}

/** Cores that the inference process may use; one leaves the other to the preview (measured on two cores). */
const INFERENCE_THREADS = 1;

/** @returns the failure of a setting that can't be read. */
export function createApplication(parts: ApplicationParts): Result<Application, Failure> {
  const { installation, clock, startWorker, log } = parts;
  const inDemo = parts.demoFolder !== null;

  const device = superviseWorker<DeviceContract>(
    'device',
    startWorker,
    { crashed: 'reader.crashed', late: 'reader.no-answer' },
    clock,
    { onRestart: () => void configureReader(), onExhausted: () => service.outOfService('reader.crashed') },
  );
  let readerChanged = (): void => undefined;
  const reader = createReaderService(device.caller, () => {
    log(`reader ${reader.status().state}`);
    readerChanged();
  });
  const worker = superviseWorker<InferenceContract>(
    'inference',
    startWorker,
    { crashed: 'inference.crashed', late: 'inference.unavailable' },
    clock,
    { onRestart: () => void loadModels(), onExhausted: () => service.outOfService('inference.crashed') },
  );
  const speech = createSpeechService({ dataFolder: parts.dataFolder, startWorker, clock });
  const inference = createFaceInference(
    worker.caller,
    { modelsFolder: parts.modelsFolder, threads: INFERENCE_THREADS },
    speech,
  );
  const documents = createDocumentReading(worker.caller, inference);
  const travelDocuments = createTravelDocumentService(device.caller, (swiped) => service.zoneSwiped(swiped));
  const digits = (language: SpokenLanguage): DigitLivenessOffer =>
    digitLivenessOffer({
      recogniser: speech.state(),
      // No verifier that this program talks to recognises speech before the verdict is due.
      verifierRecognisesSpeech: false,
      // While the models load nobody knows yet; a challenge that can't be judged then falls back by name.
      voiceDetector: inference.state() === 'loading' || inference.hearsVoices(),
      language,
    });
  const demo =
    parts.demoFolder === null
      ? null
      : createDemoHand(
          parts.demoFolder,
          (card) => void reader.simulate(card),
          () => service.refresh(),
        );
  const { settings, secrets } = installation;
  const direct = createDirectVerifierDesk({ settings, secrets, clock });
  const sync = createSyncService({
    installation,
    clock,
    appVersion: parts.appVersion,
    direct,
    attended: () => service.view().certifyId !== null,
    log,
  });

  const first = readConfiguration(installation, demo, digits);
  if (!first.ok) {
    device.stop();
    worker.stop();
    return first;
  }
  let last = first.value;
  const configuration = (): KioskConfiguration => {
    const read = readConfiguration(installation, demo, digits);
    if (read.ok) last = read.value;
    else log('settings', read.error);
    return last;
  };

  const cameras = createCameraService({
    settings: installation.settings,
    clock,
    ...(parts.cameraListing ? { platform: parts.cameraListing } : {}),
  });
  let clipProgram: ClipProgram | null = null;
  const evidence = createEvidenceKeeper({
    vault: installation.vault,
    source: inference,
    clipProgram: () => clipProgram,
    clock,
    retentionDaysOf: (sceneId) => {
      const scene = installation.scenes.scene(sceneId);
      return scene.ok ? scene.value.retentionDays : null;
    },
    log,
  });
  const sweeping = setInterval(() => void evidence.sweep(false), SWEEP_EVERY_MS);
  sweeping.unref();

  const confirmation = createConfirmationDesk({
    bestPicture: (certifyId) => bestPicture(inference, certifyId),
    portraitPicture: (portrait) => inference.verifierPicture(portrait, false),
    clipProgram: () => clipProgram,
    clipTarget: (check) => clipTargetOf({ sync, direct }, check),
    keep: (certifyId, materials) =>
      installation.materials.keep(certifyId, materials, clock.wallMs() + MATERIALS_KEPT_MS),
    discard: (certifyId) => installation.materials.destroy(certifyId, 'erased'),
    refusal: () => sync.refusal(),
    newSessionId: () => uuid({ msecs: clock.wallMs() }),
    log,
  });

  const { gate, signs } = rememberSigns(createCameraGate(cameras, strongRandomBytes));
  const schemes = createSchemeServices({
    installation,
    dataFolder: parts.dataFolder,
    clock,
    sync,
    direct,
    inference,
    pictures: createPictureInference(worker.caller, inference),
    documents,
    confirmation,
    cameraSigns: signs,
    bestPicture: (certifyId) => bestPicture(inference, certifyId),
    language: () => service.view().language,
    startTimer,
    appVersion: parts.appVersion,
    demo: inDemo,
    log,
  });

  const service: CertificationService = createCertificationService({
    clock,
    startTimer,
    newCertifyId: (msecs) => uuid({ msecs }),
    today: () => localDayOf(clock.wallMs()),
    isNumberValid: ({ kind, fields }) => numberAgreesWith(kind, fields, localDayOf(clock.wallMs())).ok,
    cardReader: reader,
    inference,
    documents,
    chips: travelDocuments,
    challenges: createChallengeIssuer({
      clock,
      randomBytes: strongRandomBytes,
      seeds: { take: (certifyId) => sync.takeSeed(certifyId) },
    }),
    store: {
      commit: (record, also) => installation.records.commit(record, also),
      subjectKey: (number) => installation.identity.subjectKeyOf(number),
    },
    verifier: sync,
    evidence: keepingResults({
      evidence,
      results: schemes.requests.results,
      source: inference,
      clipProgram: () => clipProgram,
      outputsOf: (schemeId) => configuration().findScheme(schemeId)?.outputs ?? [],
      log,
    }),
    confirmation,
    ...schemes.desks,
    camera: gate,
    configuration,
    appVersion: parts.appVersion,
  });
  sync.onConfirmed((certifyId) => service.confirmed(certifyId));
  sync.onDecided((certifyId, outcome) => service.decided(certifyId, outcome));
  service.onRecord((record) => {
    sync.ask(record.certifyId);
    schemes.recordCommitted(record);
  });
  if (demo) service.onView((view) => demo.follow(view));
  watchStore(service, installation);
  readerChanged = watchReader({
    startTimer,
    status: () => reader.status(),
    view: () => service.view(),
    isNeeded: () => {
      const {
        manualEntry,
        photographedCard = false,
        travelDocument = false,
      } = identificationPolicyOf(configuration().scene);
      return !manualEntry && !photographedCard && !travelDocument;
    },
    outOfService: (reason) => service.outOfService(reason),
    backInService: () => service.backInService('reader'),
  });
  service.onView(() => readerChanged());

  async function configureReader(): Promise<void> {
    const setting = installation.settings.read('reader');
    if (!setting.ok) return log('reader setting', setting.error);
    const setup = readerSetup(installation.settings, setting.value ?? (inDemo ? { kind: 'simulated' } : null), inDemo);
    if (!setup.ok) return log('reader setting', setup.error);
    await reader.configure(setup.value);
    await configureDocuments();
  }

  async function configureDocuments(): Promise<void> {
    const setting = installation.settings.read('documents');
    if (!setting.ok) return log('documents setting', setting.error);
    const configured = await travelDocuments.configure(setting.value);
    if (!configured.ok) log('documents setting', configured.error);
  }

  async function loadModels(): Promise<void> {
    const prepared = await inference.prepare();
    if (prepared.ok) {
      log(`models ready in ${Math.round(prepared.value.loadMs)} ms`);
      return service.backInService('inference');
    }
    log('models', prepared.error);
    // A crash is followed by a restart; models that were refused stay refused.
    if (prepared.error.code === 'inference.model-refused') service.outOfService('inference.model-refused');
  }

  async function loadSpeech(): Promise<void> {
    const loaded = await speech.start();
    if (speech.installed && loaded.state === 'off') log('speech', loaded.why);
  }

  async function findClipProgram(): Promise<void> {
    clipProgram = await findFfmpeg();
  }

  const adminHandlers = createAdminHandlers({
    installation,
    schemes,
    reader,
    inference,
    digits: () => digits(PUBLIC_LANGUAGE),
    sync,
    direct,
    clock,
    appVersion: parts.appVersion,
    demo: inDemo,
    documents,
    travelDocuments,
    camera: cameras,
    simulatedCamera: () => demo?.camera() ?? null,
    encodesClips: () => clipProgram !== null,
    busy: () => service.view().certifyId !== null,
    onSettings: () => service.refresh(),
  });
  return ok({
    service,
    adminHandlers,
    demo,
    requests: schemes.requests,
    today: () => localDayOf(clock.wallMs()),
    readsSwipedKeys: () => {
      const view = service.view();
      if (view.screen !== 'document-capture' || view.page !== 'travel-document') return false;
      const devices = installation.settings.read('documents');
      return devices.ok && devices.value.zoneReader?.kind === 'keyboard';
    },
    hasScene: (sceneId) => configuration().findScene(sceneId) !== undefined,
    start: async () => {
      const intact = checkIntegrity(installation.database);
      if (!intact.ok) {
        log('database', intact.error);
        service.outOfService(intact.error.code);
      }
      await sweepClipFolders();
      await evidence.sweep(true);
      await schemes.start();
      const orphans = await installation.materials.sweepOrphans();
      if (!orphans.ok) log('materials', orphans.error);
      const loading = Promise.all([loadModels(), loadSpeech(), findClipProgram()]);
      const provisioned = await takeProvisioning(parts.dataFolder, installation, (address, code) =>
        sync.enrol(address, code),
      );
      if (!provisioned.ok) log('provisioning', provisioned.error);
      else if (provisioned.value) service.refresh();
      await configureReader();
      sync.start();
      await loading;
    },
    stop: async () => {
      service.close();
      clearInterval(sweeping);
      device.stop();
      worker.stop();
      speech.stop();
      await schemes.stop();
      await sync.stop();
      installation.close();
    },
  });
}

function startTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Materials of a question are destroyed after this, answered or not: the longest that anything waits offline. */
const MATERIALS_KEPT_MS = DEFAULT_CAPS.maxAgeMs;

/** The best picture of a capture, cut as verifiers take it. */
async function bestPicture(inference: PreparedInference, certifyId: string): Promise<Result<VerifierPicture, Failure>> {
  const best = await inference.bestFrames(certifyId, 1);
  if (!best.ok) return best;
  const [frame] = best.value.frames;
  return frame
    ? inference.verifierPicture(frame.jpeg, true)
    : err(failure('capture.too-few-frames', 'nothing to send'));
}

/** What visitors are greeted in, and what most of them read digits in. */
const PUBLIC_LANGUAGE = 'zh-CN';

/** Evidence lives for days; an hour late is in time. */
const SWEEP_EVERY_MS = 3_600_000;

/** How often a store that refused a record is tried again. */
const STORE_PROBE_MS = 5000;

/** Brings the kiosk back once the store takes entries again; a damaged store stays out of service. */
function watchStore(service: CertificationService, { audit }: Installation): void {
  let probing = false;
  const probe = (): void => {
    const appended = audit.append('store.works-again', {});
    probing = !appended.ok;
    if (appended.ok) service.backInService('store');
    else startTimer(probe, STORE_PROBE_MS);
  };
  service.onView((view) => {
    const recoverable = view.screen === 'maintenance' && ['store.full', 'store.unavailable'].includes(view.reason);
    if (!recoverable || probing) return;
    probing = true;
    startTimer(probe, STORE_PROBE_MS);
  });
}
