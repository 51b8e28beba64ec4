import { v7 as uuid } from 'uuid';
import type { Clock } from '../../shared/clock.ts';
import { numberAgreesWith } from '../../shared/domain/number-agreement.ts';
import { identificationPolicyOf, type Scene } from '../../shared/domain/scene.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { CameraGate } from '../certification/ports/camera-gate.ts';
import type { CertificationService, KioskConfiguration } from '../certification/service-contract.ts';
import { createCertificationService } from '../certification/service.ts';
import { localDayOf } from '../store/local-day.ts';
import type { CaptureKeeping } from './capture-keeping.ts';
import { createChallengeIssuer } from './challenge-issuer.ts';
import type { DemoHand } from './demo-hand.ts';
import { strongRandomBytes, type Installation } from './installation.ts';
import type { ReaderDevices } from './reader-devices.ts';
import { watchReader } from './reader-watch.ts';
import type { Recognition } from './recognition.ts';
import { keepingResults } from './result-keeper.ts';
import type { SchemeServices } from './scheme-services.ts';
import type { StaffCalls } from './staff-calls.ts';
import { watchStore } from './store-watch.ts';
import type { SyncService } from './sync-port.ts';
import { startTimer } from './timers.ts';

export interface CertificationWiringParts {
  readonly installation: Installation;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly devices: Pick<ReaderDevices, 'reader' | 'travelDocuments'>;
  readonly recognition: Pick<Recognition, 'inference' | 'documents'>;
  readonly sync: SyncService;
  readonly keeping: CaptureKeeping;
  readonly schemes: SchemeServices;
  readonly camera: CameraGate;
  readonly staffCalls: Pick<StaffCalls, 'state'>;
  readonly configuration: () => KioskConfiguration;
  /** Null outside of a demonstration. */
  readonly demo: Pick<DemoHand, 'follow'> | null;
  readonly log: (event: string, failure?: Failure) => void;
}

/** The certification service with its ports plugged in. `readerChanged`: to be called when the reader's state has. */
export function wireCertification(parts: CertificationWiringParts): {
  readonly service: CertificationService;
  readonly readerChanged: () => void;
} {
  const { sync, schemes, demo } = parts;
  const service = certificationService(parts);
  sync.onConfirmed((certifyId) => service.confirmed(certifyId));
  sync.onDecided((certifyId, outcome) => service.decided(certifyId, outcome));
  service.onRecord((record) => {
    sync.ask(record.certifyId);
    schemes.recordCommitted(record);
  });
  if (demo) service.onView((view) => demo.follow(view));
  watchStore(service, parts.installation);
  const readerChanged = watchReader({
    startTimer,
    status: () => parts.devices.reader.status(),
    view: () => service.view(),
    isNeeded: () => needsReader(parts.configuration().scene),
    outOfService: (reason) => service.outOfService(reason),
    backInService: () => service.backInService('reader'),
  });
  service.onView(() => readerChanged());
  return { service, readerChanged };
}

function certificationService(parts: CertificationWiringParts): CertificationService {
  const { installation, clock, devices, recognition, sync, keeping, schemes, staffCalls, configuration, log } = parts;
  return createCertificationService({
    clock,
    startTimer,
    newCertifyId: (msecs) => uuid({ msecs }),
    today: () => localDayOf(clock.wallMs()),
    isNumberValid: ({ kind, fields }) => numberAgreesWith(kind, fields, localDayOf(clock.wallMs())).ok,
    cardReader: devices.reader,
    inference: recognition.inference,
    documents: recognition.documents,
    chips: devices.travelDocuments,
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
      evidence: keeping.evidence,
      results: schemes.requests.results,
      source: recognition.inference,
      clipProgram: () => keeping.clipProgram(),
      outputsOf: (schemeId) => configuration().findScheme(schemeId)?.outputs ?? [],
      log,
    }),
    confirmation: keeping.confirmation,
    ...schemes.desks,
    camera: parts.camera,
    staffCall: () => staffCalls.state(),
    configuration,
    appVersion: parts.appVersion,
  });
}

/** Whether nobody can be identified here without the card reader. */
function needsReader(scene: Scene): boolean {
  const { manualEntry, photographedCard = false, travelDocument = false } = identificationPolicyOf(scene);
  return !manualEntry && !photographedCard && !travelDocument;
}
