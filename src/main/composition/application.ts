import { v7 as uuid } from 'uuid';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { localDayOf } from '../store/local-day.ts';
import type { Application, ApplicationParts } from './application-contract.ts';
import { startApplication, stopApplication } from './application-lifetime.ts';
import { createAdminHandlers } from './admin-handlers.ts';
import { createCaptureKeeping } from './capture-keeping.ts';
import { createCameraGate, rememberSigns } from './camera-gate.ts';
import { wireCertification } from './certification-wiring.ts';
import { createCameraService } from './camera-service.ts';
import { createClerkHandlers } from './clerk-handlers.ts';
import { createDirectVerifierDesk } from './direct-verifier.ts';
import { createDemoHand } from './demo-hand.ts';
import { strongRandomBytes } from './installation.ts';
import { followConfiguration } from './kiosk-configuration.ts';
import { createMicrophoneTest } from './microphone-test.ts';
import { createQualityPreview } from './quality-preview.ts';
import { createReaderDevices } from './reader-devices.ts';
import { createRecognition } from './recognition.ts';
import { createReceiptPrinter, NO_PRINTERS } from './receipt-printer.ts';
import { createReportServices } from './report-services.ts';
import { createSchemeServices } from './scheme-services.ts';
import { createSetupTest } from './setup-test.ts';
import { createStaffCalls } from './staff-calls.ts';
import { createSettingsServing } from './settings-serving.ts';
import { readsSwipedKeys } from './swiped-keys.ts';
import type { SyncService } from './sync-port.ts';
import { createSyncService } from './sync-service.ts';
import { startTimer } from './timers.ts';
import { createInstalledClock, createUpkeepServices } from './upkeep-services.ts';

/** @returns the failure of a setting that can't be read. */
export function createApplication(parts: ApplicationParts): Result<Application, Failure> {
  const { installation, clock, startWorker, log } = parts;
  const inDemo = parts.demoFolder !== null;

  let readerChanged = (): void => undefined;
  const devices = createReaderDevices({
    startWorker,
    clock,
    settings: installation.settings,
    demo: inDemo,
    onChange: () => readerChanged(),
    onSwiped: (swiped) => service.zoneSwiped(swiped),
    outOfService: (reason) => service.outOfService(reason),
    log,
  });
  const { reader, travelDocuments } = devices;
  const recognition = createRecognition({
    ...parts,
    backInService: () => service.backInService('inference'),
    outOfService: (reason) => service.outOfService(reason),
  });
  const { inference, documents } = recognition;
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
  const machineClock = createInstalledClock({ installation, clock, startTimer, sync: () => sync, log });
  const sync: SyncService = createSyncService({
    mayErase: () => machineClock.mayErase(),
    installation,
    clock,
    appVersion: parts.appVersion,
    direct,
    attended: () => service.view().certifyId !== null,
    log,
  });

  const followed = followConfiguration(installation, demo, (language) => recognition.digits(language), log);
  if (!followed.ok) {
    devices.stop();
    recognition.stop();
    return followed;
  }
  const configuration = followed.value;

  const cameras = createCameraService({
    settings: installation.settings,
    clock,
    ...(parts.cameraListing ? { platform: parts.cameraListing } : {}),
  });
  const keeping = createCaptureKeeping({
    installation,
    inference,
    sync,
    direct,
    clock,
    mayErase: () => machineClock.mayErase(),
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
    pictures: recognition.pictures,
    documents,
    confirmation: keeping.confirmation,
    cameraSigns: signs,
    bestPicture: (certifyId) => keeping.bestPicture(certifyId),
    language: () => service.view().language,
    mayErase: () => machineClock.mayErase(),
    startTimer,
    appVersion: parts.appVersion,
    demo: inDemo,
    log,
  });

  const staffCalls = createStaffCalls({
    clock,
    startTimer,
    newCallId: () => uuid({ msecs: clock.wallMs() }),
    audit: installation.audit,
  });
  staffCalls.onChange(() => service.refresh());

  const certification = wireCertification({
    installation,
    clock,
    appVersion: parts.appVersion,
    devices,
    recognition,
    sync,
    keeping,
    schemes,
    camera: gate,
    staffCalls,
    configuration,
    demo,
    log,
  });
  const { service } = certification;
  readerChanged = certification.readerChanged;

  const receiptPrinter = createReceiptPrinter({
    installation,
    pages: parts.pagePrinter ?? NO_PRINTERS,
    wallMs: () => clock.wallMs(),
  });
  const microphoneTest = createMicrophoneTest(clock);

  const reports = createReportServices({ installation, clock, startTimer, reader, inference, sync, log });
  // eslint-disable-next-line @typescript-eslint/unbound-method -- made of closures
  const { upkeep, attachHost } = createUpkeepServices({
    ...parts,
    service,
    machineClock,
    reconfigureDevices: () => devices.configure(),
  });
  let openClerk = (): void => undefined;
  const adminHandlers = createAdminHandlers({
    upkeep,
    setupTest: createSetupTest(service, clock),
    qualityPreview: createQualityPreview(inference, () => configuration().scene.qualityLimits ?? {}),
    receiptPrinter,
    microphoneTest,
    staffCalls,
    installation,
    schemes,
    reader: demo ? { ...reader, test: (timeoutMs) => demo.during(() => reader.test(timeoutMs)) } : reader,
    inference,
    digits: () => recognition.digits(PUBLIC_LANGUAGE),
    sync,
    direct,
    clock,
    appVersion: parts.appVersion,
    demo: inDemo,
    documents,
    travelDocuments,
    camera: cameras,
    simulatedCamera: () => demo?.camera() ?? null,
    encodesClips: () => keeping.clipProgram() !== null,
    busy: () => service.view().certifyId !== null,
    chooseFile: parts.chooseFile ?? (() => Promise.resolve(null)),
    adminPaper: parts.adminPaper ?? (() => Promise.resolve(err(failure('request.invalid', 'no window is open')))),
    openClerk: () => openClerk(),
    onSettings: () => service.refresh(),
  });
  const clerkListeners: (() => void)[] = [];
  const clerkChanged = (): void => {
    for (const listener of clerkListeners) listener();
  };
  service.onView(clerkChanged);
  sync.onDecided(clerkChanged);
  const clerkHandlers = createClerkHandlers({
    installation,
    service,
    requests: schemes.requests,
    staffCalls,
    source: inference,
    clock,
    newOrderId: () => `desk-${uuid({ msecs: clock.wallMs() })}`,
    printer: receiptPrinter,
    onDecided: () => {
      sync.decisionQueued();
      clerkChanged();
    },
  });
  const lifetime = { ...parts, service, machineClock, keeping, schemes, recognition, devices, sync, reports };
  return ok({
    service: reports.hearing(service),
    adminHandlers,
    clerkHandlers,
    onClerkChange: (listener) => void clerkListeners.push(listener),
    onOpenClerk: (open) => {
      openClerk = open;
    },
    demo,
    requests: schemes.requests,
    staffCalls,
    attachHost,
    resumed: () => {
      machineClock.resumed();
      schemes.risk.resumed();
    },
    serveSettings: createSettingsServing(installation),
    today: () => localDayOf(clock.wallMs()),
    readsSwipedKeys: () => readsSwipedKeys(service.view(), settings),
    receiptPrinter,
    testsMicrophone: () => microphoneTest.runs(),
    hasScene: (sceneId) => configuration().findScene(sceneId) !== undefined,
    start: () => startApplication(lifetime),
    stop: () => stopApplication(lifetime),
  });
}

/** What visitors are greeted in, and what most of them read digits in. */
const PUBLIC_LANGUAGE = 'zh-CN';
